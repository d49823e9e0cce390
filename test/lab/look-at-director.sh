# A director with a real keepalived, IPVS and VRRP on an interface of its own; then the script of probes looks at it.
mkdir -p out
modprobe -d /run/root veth
ip link add eth0 type veth peer name wire0 && ip link set wire0 up && ip link set eth0 up || exit 1
ip address add 192.0.2.2/24 dev eth0 || exit 1
sysctl -qw net.ipv4.vs.expire_nodest_conn=1 || exit 1
keepalived --dont-fork --log-console --log-detail -f /run/lab/conf/keepalived.conf >keepalived.log 2>&1 &

# until COMMAND…: true soon.
until_true() {
  tries=150
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "never: $*"; cat keepalived.log; exit 1; }
    sleep 0.2
  done
}
has_vip() { ip -4 address show dev eth0 | grep -q '192\.0\.2\.10/'; }
has_table() { [ "$(ipvsadm -S -n | wc -l)" -eq 5 ]; }
until_true has_vip
until_true has_table

sh ./look.sh >out/sound || exit 1
if command -v busybox >/dev/null; then busybox sh ./look.sh >out/busybox || exit 1; fi

ipvsadm -e -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 9 || exit 1
sysctl -qw net.ipv4.vs.expire_nodest_conn=0 || exit 1
sh ./look.sh >out/changed || exit 1

# Whom nobody lets see more than others: uid 65534 is nobody's.
chroot --userspec=65534:65534 / sh -s <look.sh >out/nobody || exit 1

kill "$!"
wait
sh ./look.sh >out/stopped
