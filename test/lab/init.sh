#!/bin/sh
# The first process of the lab kernel. The machine's own files are there, read-only; what is written stays in memory,
# or goes to the folder $LAB of the machine, which is /run/lab in here.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /run
mkdir -p /run/lab /run/root/lib
mount -t hostfs -o "$LAB" lab /run/lab

# Debian keeps the modules of this kernel where no other kernel looks for its own.
ln -s /usr/lib/uml/modules /run/root/lib/modules
for module in overlay dummy veth bridge ipip nf_conntrack nf_conntrack_netlink ip_tables iptable_filter iptable_nat \
  iptable_mangle xt_MASQUERADE xt_mark xt_conntrack xt_tcpudp arp_tables arptable_filter ip_vs ip_vs_pe_sip ip_vs_rr ip_vs_wrr ip_vs_lc ip_vs_wlc ip_vs_lblc ip_vs_lblcr ip_vs_dh ip_vs_sh \
  ip_vs_sed ip_vs_nq ip_vs_fo ip_vs_ovf ip_vs_mh \
  sch_ingress cls_matchall cls_u32 act_gact ipt_REJECT; do
  modprobe -d /run/root "$module" || echo "no module $module"
done

# Without it the kernel has no table of local addresses, and takes no IPv4 address for a server's.
ip link set lo up
(sleep "$DEADLINE" && echo o >/proc/sysrq-trigger) &
cd /run/lab || exit 1
sh ./job.sh </dev/null >job.log 2>&1
echo $? >status
sync
# Switched off by the kernel itself: a small machine has no `halt`.
echo o >/proc/sysrq-trigger
sleep 60
