# Two directors and two real servers on one network, with servers of ssh, and a client: this kernel's own network.
# `build_pair VERSION INTERVAL`, `settings >lvsdoctor.yaml`, `verify OPTION...`, `capture FILE`, `whole`
. ./hosts.sh

vip=192.168.80.200
client=192.168.80.50

conf() { # HOST STATE PRIORITY VERSION INTERVAL
  cat <<END
global_defs {
    router_id $1
    enable_script_security
    script_user nobody
    vrrp_garp_master_refresh 60
    lvs_sync_daemon eth0 VI_1
}
vrrp_instance VI_1 {
    state $2
    interface eth0
    virtual_router_id 51
    priority $3
    version $4
    advert_int $5
    preempt_delay 0
    virtual_ipaddress {
        $vip/24
    }
}
virtual_server $vip 80 {
    delay_loop 2
    lb_algo wrr
    lb_kind DR
    protocol TCP
$(for server in 102 103; do
    cat <<SERVER
    real_server 192.168.80.$server 80 {
        weight 1
        TCP_CHECK {
            connect_timeout 2
            retry 1
            delay_before_retry 1
        }
    }
SERVER
  done)
}
END
}

# Keeps connections open, so that some of them outlive a failover.
web() {
  on "$1" node -e '
    require("node:http")
      .createServer((_, answer) => answer.end(require("node:os").hostname() + "\n"))
      .listen(80)' >/dev/null 2>&1 &
}

sshd() {
  mkdir -p /run/ssh "/run/hosts/$1/root/run/sshd"
  [ -f /run/ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /run/ssh/id_ed25519
  ssh-keygen -q -t ed25519 -N '' -f "/run/ssh/$1"
  put "$1" /etc/ssh/lab_key <"/run/ssh/$1"
  chmod 600 "/run/hosts/$1/root/etc/ssh/lab_key"
  put "$1" /etc/ssh/lab_keys </run/ssh/id_ed25519.pub
  printf '#!/bin/sh\necho "$SSH_ORIGINAL_COMMAND" >>/run/commands\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n' | put "$1" /etc/ssh/counted
  on "$1" mkdir -p /run/sshd
  start_sshd "$1"
  mkdir -p /run/home/.ssh
  cp /run/ssh/id_ed25519 /run/home/.ssh/
  echo "$2 $(cut -d' ' -f1,2 "/run/ssh/$1.pub")" >>/run/home/.ssh/known_hosts
}

# Each command that comes in is a line of /run/commands.
start_sshd() {
  on "$1" /usr/sbin/sshd -f /dev/null -h /etc/ssh/lab_key -o AuthorizedKeysFile=/etc/ssh/lab_keys -o StrictModes=no \
    -o UsePAM=no -o UseDNS=no -o PermitRootLogin=yes -o PidFile=/run/sshd.pid -o ForceCommand='sh /etc/ssh/counted'
}

start_keepalived() {
  on "$1" sh -c 'exec keepalived -n -l -D >>/var/log/keepalived.log 2>&1' &
}

holds() { # HOST ADDRESS
  on "$1" ip -4 -br address show | grep -q " $2/"
}

servers() { # HOST NUMBER
  [ "$(on "$1" ipvsadm -S -n | grep -c '^-a')" = "$2" ]
}

not() {
  ! "$@"
}

runs() {
  on "$1" pgrep -r R,S,D -x keepalived >/dev/null
}

# As it was before: each has its part, and nothing of a test is left.
whole() {
  runs lb1 && runs lb2 && holds lb1 $vip && ! holds lb2 $vip && servers lb1 2 && servers lb2 2 && untouched lb1
}

untouched() {
  ! on "$1" sh -c 'for card in /sys/class/net/*; do tc qdisc show dev "${card##*/}"; done | grep -q clsact' &&
    ! on "$1" iptables -S lvsdoctor-verify 2>/dev/null && on "$1" ip link show eth0 | grep -q '[<,]UP[,>]' &&
    [ "$(on "$1" sysctl -n net.ipv4.conf.all.arp_ignore)" = 0 ]
}

build_pair() { # VERSION INTERVAL
  for at in lb1/100 lb2/101 rs1/102 rs2/103; do
    host "${at%/*}"
    wire "${at%/*}" eth0 lan "192.168.80.${at#*/}/24"
  done
  ip address add $client/24 dev lan
  for name in rs1 rs2; do
    put $name /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
END
    printf '#!/bin/sh\nip address add %s/32 dev lo\n' $vip | put $name /etc/init.d/realserver
    on $name sysctl -q --system >/dev/null
    on $name sh /etc/init.d/realserver
    web $name
    sshd $name "$(address_of $name)"
  done
  for name in lb1 lb2; do
    put $name /etc/sysctl.d/90-lvs.conf <<END
net.ipv4.ip_forward = 1
net.ipv4.vs.expire_nodest_conn = 1
net.ipv4.vs.sync_threshold = 3 4
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
END
    if [ $name = lb1 ]; then conf lb1 MASTER 150 "$@"; else conf lb2 BACKUP 100 "$@"; fi |
      put $name /etc/keepalived/keepalived.conf
    chmod 640 "/run/hosts/$name/root/etc/keepalived/keepalived.conf"
    on $name sysctl -q --system >/dev/null
    sshd $name "$(address_of $name)"
    start_keepalived $name
  done
  until_true whole
  settings >lvsdoctor.yaml
}

address_of() {
  case $1 in lb1) echo 192.168.80.100 ;; lb2) echo 192.168.80.101 ;; rs1) echo 192.168.80.102 ;; rs2) echo 192.168.80.103 ;; esac
}

settings() {
  echo hosts:
  for name in lb1 lb2; do echo "  $name: { ssh: root@$(address_of $name) }"; done
}

# lvsdoctor as a client of the cluster runs it; tells its exit code.
verify() {
  HOME=/run/home USER=root node "$(cat program)" verify "$@" --settings lvsdoctor.yaml --deadline 200 </dev/null
  echo "exit $?"
}

# What passes on the network, seen by nobody who takes part.
capture() {
  tcpdump -i lan -e -tt -nn -l 'ip proto 112 or arp' >"$1" 2>/dev/null &
  echo $! >capture.pid
}
