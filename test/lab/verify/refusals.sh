# What nobody lets begin: each case is put in, refused, and taken out. CASE.out, and in CASE.commands what came in by ssh.
. ./pair.sh
build_pair 2 1

refused() { # NAME OPTION...
  name=$1
  shift
  for host in lb1 lb2; do on $host rm -f /run/commands; done
  verify failover "$@" >"$name.out" 2>&1
  for host in lb1 lb2; do on $host cat /run/commands 2>/dev/null | sed "s/^/$host /"; done >"$name.commands"
}

refused nobody-agrees
refused half-agreed --yes
refused dry --dry-run

on lb2 ipvsadm -C
refused empty-table --yes --allow-disruption
on lb2 sh -c 'kill -s TERM "$(cat /run/keepalived.pid)"'
until_true not runs lb2
start_keepalived lb2
until_true whole

on lb2 iptables -I INPUT -p 112 -j DROP
until_true holds lb2 $vip
refused two-masters --yes --allow-disruption
on lb2 iptables -D INPUT -p 112 -j DROP
until_true whole

on lb2 sh -c 'kill "$(cat /run/sshd.pid)"'
refused unreachable-peer --yes --allow-disruption
start_sshd lb2

# A job of an earlier run waits on the master.
on lb1 env LVSDOCTOR_VERIFY='0123 4711 1 armed' sleep 600 &
refused earlier-job --yes --allow-disruption
whole
