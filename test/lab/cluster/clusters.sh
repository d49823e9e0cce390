# Clusters as careful operators build them: every host has its files where a real one has them, and does what they say.
# build_dr, build_nat and build_tun leave one that serves: lb1 is master, lb2 backup, rs1 and rs2 are in both tables.

globals() { # HOST
  cat <<END
global_defs {
    router_id $1
    enable_script_security
    script_user nobody
    vrrp_garp_master_refresh 60
}
END
}

instance() { # NAME STATE INTERFACE VRID PRIORITY VIP/LENGTH
  cat <<END
vrrp_instance $1 {
    state $2
    interface $3
    virtual_router_id $4
    priority $5
    advert_int 1
    preempt_delay 0
    virtual_ipaddress {
        $6
    }
}
END
}

service() { # VIP METHOD SERVER...
  cat <<END
virtual_server $1 80 {
    delay_loop 2
    lb_algo wrr
    lb_kind $2
    protocol TCP
END
  shift 2
  for server in "$@"; do
    cat <<END
    real_server $server 80 {
        weight 1
        TCP_CHECK {
            connect_timeout 2
            retry 1
            delay_before_retry 1
        }
    }
END
  done
  echo '}'
}

# What a host does when it boots.
boot() {
  on "$1" sysctl -q --system >/dev/null
  [ ! -e "/run/hosts/$1/root/etc/init.d/realserver" ] || on "$1" sh /etc/init.d/realserver
}

# Answers every request with the host's name.
web() {
  on "$1" node -e '
    require("node:http")
      .createServer((_, answer) => answer.setHeader("Connection", "close").end(require("node:os").hostname() + "\n"))
      .listen(80)' >/dev/null 2>&1 &
}

start_keepalived() {
  on "$1" sh -c 'exec keepalived -n -l -D >>/var/log/keepalived.log 2>&1' &
}

# HOST SIGNAL: to the parent of keepalived's processes, which tells its children.
signal_keepalived() {
  on "$1" sh -c 'kill -s "$1" "$(cat /run/keepalived.pid)"' sh "$2"
}

directors() { # the configuration's own part stands in /run/lab-NAME.conf
  for name in lb1 lb2; do
    put $name /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.ip_forward = 1
net.ipv4.vs.expire_nodest_conn = 1
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
END
    put $name /etc/keepalived/keepalived.conf <"/run/lab-$name.conf"
    chmod 640 "/run/hosts/$name/root/etc/keepalived/keepalived.conf"
    boot $name
    start_keepalived $name
  done
}

holds() { # HOST ADDRESS
  on "$1" ip -4 -br address show | grep -q " $2/"
}

servers() { # HOST NUMBER
  [ "$(on "$1" ipvsadm -S -n | grep -c '^-a')" = "$2" ]
}

serves() {
  holds lb1 "$vip" && ! holds lb2 "$vip" && servers lb1 2 && servers lb2 2
}

build_dr() {
  vip=192.168.80.200
  for at in lb1/100 lb2/101 rs1/102 rs2/103; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  for name in rs1 rs2; do
    put $name /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
END
    printf '#!/bin/sh\nip address add %s/32 dev lo\n' $vip | put $name /etc/init.d/realserver
    boot $name
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

build_nat() {
  vip=198.51.100.200
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

# The real servers are behind a router, and answer clients by themselves.
build_tun() {
  vip=192.168.80.200
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

# edit HOST EXPRESSION...: changes keepalived.conf by sed, and has it read.
edit() {
  local name expression
  name=$1
  shift
  for expression in "$@"; do sed -i "$expression" "/run/hosts/$name/root/etc/keepalived/keepalived.conf"; done
  reload "$name"
}

restore() {
  put "$1" /etc/keepalived/keepalived.conf <"/run/lab-$1.conf"
  reload "$1"
}

loads() {
  on "$1" grep -c 'Configuration file' /var/log/keepalived.log
}

loaded_more_than() {
  [ "$(loads "$1")" -gt "$2" ]
}

reload() {
  local before
  before=$(loads "$1")
  signal_keepalived "$1" HUP
  until_true loaded_more_than "$1" "$before"
}

# Ends keepalived of a host at once. Its children go first: they give the VIP back when they see their parent end.
crash() {
  on "$1" sh -c 'kill -s KILL $(pgrep -x keepalived | sort -rn)'
  until_true is_gone "$1"
}

# Ends it as a service manager does.
stop() {
  signal_keepalived "$1" TERM
  until_true is_gone "$1"
}

# Nobody asks a process that was killed how it ended: it stays, as a zombie, and its number is taken.
is_gone() {
  ! on "$1" pgrep -r R,S,D -x keepalived
}

not() {
  ! "$@"
}

both_hold() {
  holds lb1 "$1" && holds lb2 "$1"
}
