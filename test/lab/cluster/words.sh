# What clusters are built of, as careful operators build them: every host has its files where a real one has them, and
# does what they say.

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

http_check() { # PORT
  cat <<END
        HTTP_GET {
            url {
                path /
                status_code 200
            }
            connect_port $1
            connect_timeout 2
            retry 2
            delay_before_retry 1
        }
END
}

# What a host does when it boots.
boot() {
  on "$1" sysctl -q --system >/dev/null
  [ ! -e "/run/hosts/$1/root/etc/init.d/realserver" ] || on "$1" sh /etc/init.d/realserver start
}

# Answers every request with the host's name.
web() { # HOST [PORT]
  on "$1" node -e '
    require("node:http")
      .createServer((_, answer) => answer.setHeader("Connection", "close").end(require("node:os").hostname() + "\n"))
      .listen(process.argv[1])' "${2:-80}" >/dev/null 2>&1 &
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

# Whether lb1 has $vip, alone, and every director has all $entries of its table.
serves() {
  holds lb1 "$vip" && servers lb1 "$entries" || return 1
  [ ! -e /run/hosts/lb2 ] || { ! holds lb2 "$vip" && servers lb2 "$entries"; }
}

# A client beside the hosts: this kernel itself, on a bridge.
client() { # BRIDGE ADDRESS/LENGTH
  ip address add "$2" dev "$1"
}

# URL...: every one is answered by a host of this name.
answers() { # NAME URL...
  node -e '
    const [name, ...urls] = process.argv.slice(1);
    const bodies = urls.map(async (url) => (await fetch(url, { signal: AbortSignal.timeout(2000) })).text());
    Promise.all(bodies).then((texts) => process.exit(texts.every((text) => text.startsWith(name)) ? 0 : 1));
  ' "$@"
}

# HOST: takes its packet filter from standard input now, and at every boot.
filter() {
  put "$1" /etc/iptables/rules.v4
  on "$1" sh -c 'iptables-restore </etc/iptables/rules.v4'
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

tracks() { # HOST LEAST
  [ "$(on "$1" sysctl -n net.netfilter.nf_conntrack_count)" -ge "$2" ]
}
