# Clusters with DR. build_NAME leaves one that serves clients: with two directors, lb1 is master and lb2 backup; $hosts are
# those to look at, $vip is what serves() looks for, and $entries how many real servers a table has.

real_server_of_dr() { # HOST VIP...
  local name
  name=$1
  shift
  put "$name" /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
END
  {
    echo '#!/bin/sh'
    printf 'ip address add %s/32 dev lo\n' "$@"
  } | put "$name" /etc/init.d/realserver
  boot "$name"
}

build_dr() {
  hosts='lb1 lb2 rs1 rs2'
  vip=192.168.80.200 entries=2
  for at in lb1/100 lb2/101 rs1/102 rs2/103; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  for name in rs1 rs2; do
    real_server_of_dr $name $vip
    web $name
  done
  for row in lb1/MASTER/150 lb2/BACKUP/100; do
    IFS=/ read -r name state priority <<END
$row
END
    {
      globals "$name"
      instance VI_1 "$state" eth0 51 "$priority" $vip/24
      service $vip DR 192.168.80.102 192.168.80.103
    } >"/run/lab-$name.conf"
  done
  directors
  until_true serves
}

# Two VIPs in one instance, adverts to the peer alone, servers of unlike strength.
build_dr_unicast() {
  hosts='lb1 lb2 rs1 rs2'
  vip=192.168.80.200 entries=4
  for at in lb1/100 lb2/101 rs1/102 rs2/103; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  client lan 192.168.80.9/24
  for name in rs1 rs2; do
    real_server_of_dr $name $vip 192.168.80.201
    web $name 80
    web $name 8080
  done
  for row in lb1/100/101/150 lb2/101/100/100; do
    IFS=/ read -r name own peer priority <<END
$row
END
    {
      cat <<END
global_defs {
    router_id $name
    enable_script_security
    script_user nobody
    vrrp_version 3
    max_auto_priority 99
    vrrp_garp_master_refresh 60
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 61
    priority $priority
    advert_int 0.5
    preempt_delay 1
    unicast_src_ip 192.168.80.$own
    unicast_peer {
        192.168.80.$peer
    }
    virtual_ipaddress {
        192.168.80.200/24
        192.168.80.201/24
    }
}
virtual_server 192.168.80.200 80 {
    delay_loop 2
    lb_algo wrr
    lb_kind DR
    protocol TCP
    real_server 192.168.80.102 80 {
        weight 3
$(http_check 80)
    }
    real_server 192.168.80.103 80 {
        weight 1
$(http_check 80)
    }
}
virtual_server 192.168.80.201 8080 {
    delay_loop 2
    lb_algo wlc
    lb_kind DR
    persistence_timeout 600
    protocol TCP
    real_server 192.168.80.102 8080 {
        weight 1
$(http_check 8080)
    }
    real_server 192.168.80.103 8080 {
        weight 1
$(http_check 8080)
    }
}
END
    } >"/run/lab-$name.conf"
  done
  directors
  until_true serves
  until_true answers rs http://192.168.80.200/ http://192.168.80.201:8080/
}

# Two ports as one service, so that a client stays with its server on both; another server says sorry.
build_dr_mark() {
  hosts='lb1 lb2 rs1 rs2 sorry'
  vip=192.168.80.200 entries=2
  for at in lb1/100 lb2/101 rs1/102 rs2/103 sorry/104; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  client lan 192.168.80.9/24
  for name in rs1 rs2 sorry; do
    real_server_of_dr $name 192.168.80.200
    web $name 80
    web $name 443
  done
  for row in lb1/MASTER/150 lb2/BACKUP/100; do
    IFS=/ read -r name state priority <<END
$row
END
    filter "$name" <<END
*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -d 192.168.80.200/32 -p tcp --dport 80 -j MARK --set-mark 7
-A PREROUTING -d 192.168.80.200/32 -p tcp --dport 443 -j MARK --set-mark 7
COMMIT
END
    {
      globals "$name"
      instance VI_1 "$state" eth0 71 "$priority" 192.168.80.200/24
      cat <<END
virtual_server fwmark 7 {
    delay_loop 2
    lb_algo wlc
    lb_kind DR
    persistence_timeout 600
    sorry_server 192.168.80.104 0
    real_server 192.168.80.102 0 {
        weight 1
$(http_check 80)
    }
    real_server 192.168.80.103 0 {
        weight 1
$(http_check 80)
    }
}
END
    } >"/run/lab-$name.conf"
  done
  directors
  until_true serves
  until_true answers rs http://192.168.80.200/ http://192.168.80.200:443/
}
# No keepalived: the table is saved and restored, the VIP and the servers' settings come from scripts.
build_ipvsadm() {
  hosts='lb1 rs1 rs2'
  vip=192.168.80.200 entries=2
  for at in lb1/100 rs1/102 rs2/103; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  client lan 192.168.80.9/24
  for name in rs1 rs2; do
    put $name /etc/init.d/realserver <<'END'
#!/bin/sh
# Takes requests for the VIP that a director hands on, and leaves it to the director to answer ARP for it.
VIP=192.168.80.200
case $1 in
start)
    sysctl -q -w net.ipv4.conf.all.arp_ignore=1
    sysctl -q -w net.ipv4.conf.all.arp_announce=2
    ip address add $VIP/32 dev lo
    ;;
stop)
    ip address del $VIP/32 dev lo
    ;;
esac
END
    printf 'net.ipv4.conf.all.arp_ignore = 1\nnet.ipv4.conf.all.arp_announce = 2\n' | put $name /etc/sysctl.d/90-lvs.conf
    boot $name
    web $name 80
  done
  put lb1 /etc/ipvsadm.rules <<'END'
-A -t 192.168.80.200:80 -s wlc
-a -t 192.168.80.200:80 -r 192.168.80.102:80 -g -w 2
-a -t 192.168.80.200:80 -r 192.168.80.103:80 -g -w 1
END
  put lb1 /etc/init.d/lvs-director <<'END'
#!/bin/sh
VIP=192.168.80.200
case $1 in
start)
    ip address add $VIP/24 dev eth0
    ipvsadm -C
    ipvsadm-restore </etc/ipvsadm.rules
    ;;
stop)
    ipvsadm -C
    ip address del $VIP/24 dev eth0
    ;;
esac
END
  printf 'net.ipv4.conf.all.send_redirects = 0\nnet.ipv4.conf.default.send_redirects = 0\n' | put lb1 /etc/sysctl.d/90-lvs.conf
  boot lb1
  on lb1 sh /etc/init.d/lvs-director start
  until_true serves
  until_true answers rs http://192.168.80.200/
}
