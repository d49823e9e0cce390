/**
 * Words that the commands of `verify` are made of, in POSIX sh: what shuts a host up, what starts and stops keepalived is
 * told by values. Everything they put into a packet filter or a queue bears a name of its own, and goes as it came.
 */
export const WORDS = `LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
unset CDPATH IFS
way= ignored=

# keepalived_pids: of this host; of one machine several network namespaces may be hosts.
keepalived_pids() {
  own=$(readlink /proc/self/ns/net)
  for dir in /proc/[0-9]*; do
    { read -r stat <"$dir/stat"; } 2>/dev/null || continue
    case $stat in *' (keepalived'*') Z '*) continue ;; *' (keepalived'*) ;; *) continue ;; esac
    net=$(readlink "$dir/ns/net" 2>/dev/null)
    [ -n "$net" ] && [ "$net" != "$own" ] || printf '%s\\n' "\${dir#/proc/}"
  done
}
alive() { [ -n "$(keepalived_pids)" ]; }
# ends PID SECONDS: asks a process to end and waits until keepalived is gone.
ends() {
  kill -s TERM "$1"
  left=$(($2 * 10))
  while alive && [ $left -gt 0 ]; do left=$((left - 1)); sleep 0.1 2>/dev/null || sleep 1; done
}
# jobs: how far the jobs of verify on this host are.
jobs_of_verify() { grep -a -z -s -h '^LVSDOCTOR_VERIFY=' /proc/[0-9]*/environ | tr '\\000' '\\n' | sed -n 's/^LVSDOCTOR_VERIFY=//p'; }

# Ways to shut a host up: tc drops before a packet leaves and as it comes, and needs a device without rules of its own.
# devices FIRST: all but lo, these first.
devices() {
  printf '%s\\n' $1
  for dir in /sys/class/net/*; do
    device=\${dir##*/}
    case " lo $1 " in *" $device "*) ;; *) [ ! -e "$dir/ifindex" ] || printf '%s\\n' "$device" ;; esac
  done
}
has_tc() {
  command -v tc >/dev/null 2>&1 || return 1
  for device in $1; do ! tc qdisc show dev "$device" | grep -q -E 'clsact|ingress' || return 1; done
  tc qdisc add dev lo clsact 2>/dev/null || return 1
  tc filter add dev lo egress pref 1 protocol all matchall action pass 2>/dev/null &&
    tc filter add dev lo egress pref 2 protocol ip u32 match ip protocol 112 0xff action pass 2>/dev/null
  code=$?
  tc qdisc del dev lo clsact
  return $code
}
has_iptables() { command -v iptables >/dev/null 2>&1 && iptables -w -S INPUT >/dev/null 2>&1; }
both_iptables() {
  [ ! -d /proc/sys/net/ipv6 ] || ! command -v ip6tables >/dev/null 2>&1 || ip6tables -w "$@"
  iptables -w "$@"
}
has_chain() { iptables -w -S lvsdoctor-verify >/dev/null 2>&1; }
# choose DEVICES: how they are to be cut off.
choose() {
  if has_tc "$1"; then way=tc
  elif has_iptables && ! has_chain; then way=iptables ignored=$(sysctl -n net.ipv4.conf.all.arp_ignore)
  else return 1; fi
}
# is_cut DEVICES
is_cut() {
  if [ "$way" != tc ]; then has_chain; return; fi
  for device in $1; do ! tc qdisc show dev "$device" 2>/dev/null | grep -q clsact || return 0; done
  return 1
}

# Each way in a single process, the devices in their order: what is cut is cut at one moment.
# cut_all DEVICES: nothing leaves this host and nothing comes in, as if it had no power.
cut_all() {
  if [ "$way" = tc ]; then
    for device in $1; do
      echo "qdisc add dev $device clsact"
      for side in egress ingress; do echo "filter add dev $device $side pref 1 protocol all matchall action drop"; done
    done | tc -force -batch -
  else
    both_iptables -N lvsdoctor-verify
    both_iptables -A lvsdoctor-verify -j DROP
    sysctl -q -w net.ipv4.conf.all.arp_ignore=8
    both_iptables -I OUTPUT ! -o lo -j lvsdoctor-verify
    both_iptables -I INPUT ! -i lo -j lvsdoctor-verify
    both_iptables -I FORWARD -j lvsdoctor-verify
  fi
}
# cut_vrrp DEVICES: no advert leaves or comes in (IP protocol 112, and 51 for those of type AH).
cut_vrrp() {
  if [ "$way" = tc ]; then
    for device in $1; do
      echo "qdisc add dev $device clsact"
      for side in egress ingress; do
        for number in 112 51; do
          echo "filter add dev $device $side pref 1 protocol ip u32 match ip protocol $number 0xff action drop"
          echo "filter add dev $device $side pref 2 protocol ipv6 u32 match ip6 protocol $number 0xff action drop"
        done
      done
    done | tc -force -batch -
  else
    both_iptables -N lvsdoctor-verify
    both_iptables -A lvsdoctor-verify -p 112 -j DROP
    both_iptables -A lvsdoctor-verify -p 51 -j DROP
    for device in $1; do
      both_iptables -I OUTPUT -o "$device" -j lvsdoctor-verify
      both_iptables -I INPUT -i "$device" -j lvsdoctor-verify
    done
  fi
}
# uncut DEVICES: takes all of it away again.
uncut() {
  if [ "$way" = tc ]; then for device in $1; do tc qdisc del dev "$device" clsact; done; return; fi
  iptables -w -S | sed -n -e '/ -j lvsdoctor-verify$/{s/^-A/-D/;p;}' | while read -r rule; do iptables -w $rule; done
  [ ! -d /proc/sys/net/ipv6 ] || ip6tables -w -S | sed -n -e '/ -j lvsdoctor-verify$/{s/^-A/-D/;p;}' | while read -r rule; do ip6tables -w $rule; done
  [ -z "$ignored" ] || sysctl -q -w "net.ipv4.conf.all.arp_ignore=$ignored"
  both_iptables -F lvsdoctor-verify
  both_iptables -X lvsdoctor-verify
}
`;

/** A value as one word of sh. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
