net.ipv4.ip_forward = 1
net.ipv4.vs.expire_nodest_conn = ${EXPIRE_NODEST}
net.ipv4.conf.${OUTER_IF}.rp_filter = 2
net.netfilter.nf_conntrack_max = ${CONNTRACK_MAX}
