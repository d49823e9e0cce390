#!/bin/sh
# Raises the VIP of the shop on this real server.
VIP=192.0.2.100

ifconfig lo:0 $VIP netmask 255.255.255.0 up
echo 1 > /proc/sys/net/ipv4/conf/lo/arp_ignore
echo 2 > /proc/sys/net/ipv4/conf/lo/arp_announce
