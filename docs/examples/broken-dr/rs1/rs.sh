#!/bin/sh
# Raises the VIP of the shop on this real server; started at boot by lvs-rs.service.
VIP=192.0.2.100

case "$1" in
start)
    echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore
    echo 2 > /proc/sys/net/ipv4/conf/all/arp_announce
    ip addr add "$VIP/32" dev lo label lo:shop
    ;;
stop)
    ip addr del "$VIP/32" dev lo
    ;;
*)
    echo "usage: $0 start|stop" >&2
    exit 1
    ;;
esac
