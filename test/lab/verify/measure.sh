# Failovers as the program measures them, and as a capture shows them that knows nothing of it: version 2 with 1 s, then
# version 3 with 0.3 s, each by a stop and by a crash. FAULT-VERSION.json and .out, and capture.
. ./pair.sh

measured() { # NAME FAULT
  verify failover --fault "$2" --yes --allow-disruption --timeline "$1.json" >"$1.out" 2>&1
  until_true whole
}

again_with() { # VERSION INTERVAL
  for name in lb2 lb1; do
    on $name sh -c 'kill "$(cat /run/keepalived.pid)"'
    until_true not runs $name
  done
  for row in "lb1 MASTER 150" "lb2 BACKUP 100"; do
    set -- "$1" "$2" $row
    conf "$3" "$4" "$5" "$1" "$2" | put "$3" /etc/keepalived/keepalived.conf
    start_keepalived "$3"
  done
  until_true whole
}

build_pair 2 1
capture capture
measured stop-2 stop
measured crash-2 crash
again_with 3 0.3
measured stop-3 stop
measured crash-3 crash
kill "$(cat capture.pid)"
