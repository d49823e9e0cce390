# What is left when everything that watches a fault is taken away: in each fault kind the disk of the target is full, the
# program is killed, and the target ends all logins with whatever they started, as a service manager does that is started
# again; then the link alone is cut. Writes `NAME SECONDS ANNOUNCED` to times: from the blow until the cluster is whole,
# and what the plan announced.
. ./pair.sh

begin() { # NAME FAULT: returns when the fault is there
  (
    export HOME=/run/home USER=root
    exec node "$(cat program)" verify failover --fault "$2" --yes --allow-disruption --timeline "$1.json" \
      --settings lvsdoctor.yaml --deadline 200 </dev/null
  ) >"$1.out" 2>&1 &
  tool=$!
  until grep -q -e 'is armed, process' -e 'refused' "$1.out"; do sleep 0.5; done
  until_true not whole
}

uptime_now() {
  read -r up _ </proc/uptime
  echo "${up%.*}"
}

wholly() { # NAME: waits until the cluster is whole and no job is left that may do anything
  from=$(uptime_now)
  tries=0
  until whole || [ $tries -gt 200 ]; do
    tries=$((tries + 1))
    sleep 0.5
  done
  whole || echo "$1 is not whole"
  echo "$1 $(($(uptime_now) - from)) $(sed -n 's/.* whole again \([0-9]*\) s after.*/\1/p' "$1.out")" >>times
}

fill() {
  on lb1 sh -c 'cat /dev/zero >/full 2>/dev/null; cat /dev/zero >/tmp/full 2>/dev/null; ! echo x >/more'
}

# Every process that came of a login and did not leave its session, and the server of ssh itself.
end_logins() {
  on lb1 sh -c '
    servers=$(pgrep -x sshd)
    for server in $servers; do
      for login in $(pgrep -P "$server"); do kill -s KILL $(pgrep -s "$login") 2>/dev/null; done
    done
    kill -s KILL $servers
    :'
}

# A small disk of its own for lb1, and a small /tmp.
mkdir -p /run/hosts/lb1
mount -t tmpfs -o size=8m disk /run/hosts/lb1
build_pair 2 1
on lb1 mount -o remount,size=1m /tmp
fill || exit 1

for fault in stop crash link isolate; do
  begin "alone-$fault" $fault
  kill -KILL $tool
  end_logins
  wholly "alone-$fault"
  start_sshd lb1
done

on lb1 rm -f /full /tmp/full

# Without tc, a packet filter has to do.
on lb1 chmod a-x /usr/sbin/tc
begin alone-filter crash
kill -KILL $tool
wholly alone-filter
on lb1 chmod a+x /usr/sbin/tc

begin stopped isolate
kill -TERM $tool
wholly stopped
wait $tool
echo "exit $?" >>stopped.out

begin cut stop
iptables-legacy -I OUTPUT -p tcp --dport 22 -j DROP
wholly cut
wait $tool
echo "exit $?" >>cut.out
