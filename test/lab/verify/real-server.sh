# A real server that refuses, then one that does not answer: taken out and put back by both directors, watched by the
# program. FAULT.json and FAULT.out, and in FAULT.left what of the fault is left on the server.
. ./pair.sh
build_pair 2 1
echo "  rs1: { ssh: root@$(address_of rs1) }" >>lvsdoctor.yaml

for fault in stop drop; do
  verify real-server rs1 --fault $fault --yes --allow-disruption --timeline $fault.json >$fault.out 2>&1
  until_true whole
  on rs1 iptables -S INPUT | grep -c lvsdoctor >$fault.left
done
:
