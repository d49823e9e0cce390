# Runs verify distribution against clusters with DR, NAT and TUN, sound and with faults that were put in by hand. The file
# program names the program. What each run printed goes to NAME.out and NAME.err, its timeline to NAME.json, its exit code
# to NAME.code. The client is this kernel itself, on a bridge.
. ./hosts.sh
. ./words.sh
. ./designs-dr.sh
. ./designs-nat.sh
export HOME=/run/home

# HOST ADDRESS: root may log in with the client's key.
login() {
  local own
  own=/run/hosts/$1/root
  mkdir -p $HOME/.ssh "$own/root/.ssh"
  [ -e $HOME/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f $HOME/.ssh/id_ed25519
  rm -f "$own/root/host-key"
  ssh-keygen -q -t ed25519 -N '' -f "$own/root/host-key"
  cp $HOME/.ssh/id_ed25519.pub "$own/root/keys"
  echo "$2 $(cut -d ' ' -f 1,2 "$own/root/host-key.pub")" >>$HOME/.ssh/known_hosts
  on "$1" mkdir -p /run/sshd
  on "$1" /usr/sbin/sshd -f /dev/null -h /root/host-key -o AuthorizedKeysFile=/root/keys -o StrictModes=no -o UsePAM=no \
    -o UseDNS=no -o PermitRootLogin=yes
}

# NAME DIRECTOR ARGUMENT...
run() {
  local name director
  name=$1 director=$2
  shift 2
  echo "$(date +%T) $name"
  node "$(cat program)" verify distribution --no-settings --host "root@$director" --deadline 300 --identify body \
    --request http --timeline "$name.json" "$@" >"$name.out" 2>"$name.err"
  echo $? >"$name.code"
}

# HOST PORT...: one process that answers on all of them with the host's name.
webs() {
  on "$1" node -e '
    const name = require("node:os").hostname() + "\n";
    const { createServer } = require("node:http");
    for (const port of process.argv.slice(2))
      createServer((_, answer) => answer.setHeader("Connection", "close").end(name)).listen(port);
  ' "$@" >/dev/null 2>&1 &
}

# HOST PORT OTHER: a host that lets another one answer.
handing_on() {
  on "$1" node -e '
    const { get, createServer } = require("node:http");
    const [, port, host] = process.argv.slice(1);
    createServer((_, answer) => {
      answer.setHeader("Connection", "close");
      get({ host, port, agent: false }, (theirs) => theirs.pipe(answer));
    }).listen(port);
  ' "$@" >/dev/null 2>&1 &
}

# PORT METHOD SERVERS WEIGHTS OPTION...: a service beside those of keepalived, on lb1.
beside() {
  local port method servers weights server
  port=$1 method=$2 servers=$3 weights=$4
  shift 4
  on lb1 ipvsadm -A -t "$vip:$port" "$@"
  for server in $servers; do
    on lb1 ipvsadm -a -t "$vip:$port" -r "$server:$port" "$method" -w "${weights%% *}"
    weights=${weights#* }
  done
}

answers_all() { # URL...
  node -e 'Promise.all(process.argv.slice(1).map((url) => fetch(url))).catch(() => process.exit(1))' "$@"
}

hostname client
build_dr
ip address add 192.168.80.9/24 dev lan
for n in $(seq 130 192); do ip address add 192.168.80.$n/24 dev lan; done
login lb1 192.168.80.100
webs rs1 81 82 83 84 85 86 87 88 89
webs rs2 81 82 83 84 85 86 87 88 89 90
handing_on rs1 90 192.168.80.103
both='192.168.80.102 192.168.80.103'
beside 81 -g "$both" '1 1' -s rr
beside 82 -g "$both" '3 1' -s wrr
beside 83 -g "$both" '2 1' -s wlc
beside 84 -g "$both" '1 1' -s lc
beside 85 -g "$both" '1 1' -s sh
beside 86 -g "$both" '3 1' -s mh
beside 87 -g "$both" '1 1' -s rr -p 60
beside 88 -g "$both" '1 1' -s sed
until_true answers_all http://192.168.80.102:89/ http://192.168.80.103:90/ http://192.168.80.102:90/
run dr 192.168.80.100

# Both real servers of port 80 are down, and the sorry server stands in; the weights of port 89 were changed by hand, by a
# tenth; on port 90 a real server hands its connections to the other one.
host rs3
wire rs3 eth0 lan 192.168.80.104/24
real_server_of_dr rs3 $vip
web rs3
service $vip DR $both | sed 's/ 80 {/ 89 {/' >>/run/hosts/lb1/root/etc/keepalived/keepalived.conf
edit lb1 '0,/^    protocol TCP$/s//&\n    sorry_server 192.168.80.104 80/'
beside 90 -g "$both" '1 1' -s rr
for name in rs1 rs2; do on $name iptables -I INPUT -p tcp --dport 80 -j DROP; done
lists() { on lb1 ipvsadm -L -n -t "$vip:$1" | grep -q "$2"; }
until_true lists 80 192.168.80.104
until_true not lists 80 192.168.80.103
until_true lists 89 192.168.80.102
until_true lists 89 192.168.80.103
on lb1 ipvsadm -e -t $vip:89 -r 192.168.80.102:89 -g -w 11
on lb1 ipvsadm -e -t $vip:89 -r 192.168.80.103:89 -g -w 9
run dr-faults 192.168.80.100 $vip:80 $vip:89 $vip:90

# A real server that answers ARP for the VIP, and has just told everybody.
on rs1 sysctl -q net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.eth0.arp_ignore=0
on rs1 sh -c "while :; do arping -q -A -c 1 -I eth0 -s $vip $vip; sleep 1; done" &
run dr-leak 192.168.80.100 $vip:81
end_hosts

build_nat
login lb1 198.51.100.11
ip address add 198.51.100.9/24 dev outside
host cl
wire cl eth0 outside 198.51.100.10/24
login cl 198.51.100.10
for name in rs1 rs2; do webs $name 82 87; done
beside 82 -m '10.20.0.21 10.20.0.22' '3 1' -s wrr
beside 87 -m '10.20.0.21 10.20.0.22' '3 1' -s wrr -p 60
run nat 198.51.100.11 --client root@198.51.100.10
end_hosts

build_tun
ip address add 192.168.80.9/24 dev lan
login lb1 192.168.80.100
for name in rs1 rs2; do webs $name 82; done
beside 82 -i '10.30.0.31 10.30.0.32' '3 1' -s wrr
run tun 192.168.80.100
