# Clusters with NAT and TUN, as designs-dr.sh says.

build_nat() {
  hosts='lb1 lb2 rs1 rs2'
  vip=198.51.100.200 entries=2
  for at in lb1/11 lb2/12; do
    host "${at%/*}"
    wire "${at%/*}" eth0 outside "198.51.100.${at#*/}/24"
    wire "${at%/*}" eth1 inside "10.20.0.${at#*/}/24"
  done
  for at in rs1/21 rs2/22; do
    host "${at%/*}"
    wire "${at%/*}" eth0 inside "10.20.0.${at#*/}/24"
    on "${at%/*}" ip route add default via 10.20.0.1
    web "${at%/*}"
  done
  for row in lb1/MASTER/150 lb2/BACKUP/100; do
    IFS=/ read -r name state priority <<END
$row
END
    {
      globals "$name"
      printf 'vrrp_sync_group both {\n    group {\n        outside\n        inside\n    }\n}\n'
      instance outside "$state" eth0 51 "$priority" $vip/24
      instance inside "$state" eth1 52 "$priority" 10.20.0.1/24
      service $vip NAT 10.20.0.21 10.20.0.22
    } >"/run/lab-$name.conf"
  done
  directors
  until_true serves
}

# Two arms that move together, adverts that are signed, connections copied to the backup, and a packet filter that takes
# only what it knows.
build_nat_sync() {
  hosts='lb1 lb2 rs1 rs2'
  vip=198.51.100.200 entries=2
  for at in lb1/11 lb2/12; do
    host "${at%/*}"
    wire "${at%/*}" eth0 outside "198.51.100.${at#*/}/24"
    wire "${at%/*}" eth1 inside "10.20.0.${at#*/}/24"
  done
  client outside 198.51.100.9/24
  for at in rs1/21 rs2/22; do
    host "${at%/*}"
    wire "${at%/*}" eth0 inside "10.20.0.${at#*/}/24"
    on "${at%/*}" ip route add default via 10.20.0.1
    web "${at%/*}" 8080
  done
  for row in lb1/11/12/150 lb2/12/11/100; do
    IFS=/ read -r name own peer priority <<END
$row
END
    filter "$name" <<END
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT
-A INPUT -i eth0 -s 198.51.100.$peer/32 -p ah -j ACCEPT
-A INPUT -i eth1 -s 10.20.0.$peer/32 -p ah -j ACCEPT
-A INPUT -i eth1 -s 10.20.0.$peer/32 -p udp --dport 8848 -j ACCEPT
-A INPUT -i eth0 -d 198.51.100.200/32 -p tcp --dport 80 -j ACCEPT
-A FORWARD -i eth0 -o eth1 -d 10.20.0.0/24 -p tcp --dport 8080 -j ACCEPT
-A FORWARD -i eth1 -o eth0 -s 10.20.0.0/24 -p tcp --sport 8080 -j ACCEPT
COMMIT
END
    cat >"/run/lab-$name.conf" <<END
global_defs {
    router_id $name
    enable_script_security
    script_user nobody
    vrrp_garp_master_refresh 60
    lvs_sync_daemon eth1 inside id 81
}
vrrp_sync_group both {
    group {
        outside
        inside
    }
}
$(
      for arm in outside/eth0/81/198.51.100/200 inside/eth1/82/10.20.0/1; do
        IFS=/ read -r instance interface vrid net last <<END
$arm
END
        cat <<END
vrrp_instance $instance {
    state BACKUP
    nopreempt
    interface $interface
    virtual_router_id $vrid
    priority $priority
    advert_int 1
    unicast_src_ip $net.$own
    unicast_peer {
        $net.$peer
    }
    authentication {
        auth_type AH
        auth_pass q8Zr4vKd
    }
    virtual_ipaddress {
        $net.$last/24
    }
}
END
      done
    )
virtual_server 198.51.100.200 80 {
    delay_loop 2
    lb_algo mh
    mh-port
    mh-fallback
    lb_kind NAT
    protocol TCP
    real_server 10.20.0.21 8080 {
        weight 1
$(http_check 8080)
    }
    real_server 10.20.0.22 8080 {
        weight 1
$(http_check 8080)
    }
}
END
  done
  directors
  until_true serves
  until_true answers rs http://198.51.100.200/
}

# The real servers are behind a router, and answer clients by themselves.
build_tun() {
  hosts='lb1 lb2 rs1 rs2'
  vip=192.168.80.200 entries=2
  host gw
  wire gw eth0 lan 192.168.80.1/24
  wire gw eth1 far 10.30.0.1/24
  printf 'net.ipv4.ip_forward = 1\n' | put gw /etc/sysctl.d/90-router.conf
  boot gw
  for at in lb1/100 lb2/101; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
    on "${at%/*}" ip route add default via 192.168.80.1
  done
  for at in rs1/31 rs2/32; do
    name=${at%/*}
    host "$name"
    wire "$name" eth0 far "10.30.0.${at#*/}/24"
    on "$name" ip route add default via 10.30.0.1
    put "$name" /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
net.ipv4.conf.all.rp_filter = 0
net.ipv4.conf.default.rp_filter = 0
net.ipv4.conf.tunl0.rp_filter = 0
END
    printf '#!/bin/sh\nip address add %s/32 dev tunl0\nip link set tunl0 up\n' $vip | put "$name" /etc/init.d/realserver
    boot "$name"
    web "$name"
  done
  for row in lb1/MASTER/150 lb2/BACKUP/100; do
    IFS=/ read -r name state priority <<END
$row
END
    {
      globals "$name"
      instance VI_1 "$state" eth0 51 "$priority" $vip/24
      service $vip TUN 10.30.0.31 10.30.0.32
    } >"/run/lab-$name.conf"
  done
  directors
  until_true serves
}
