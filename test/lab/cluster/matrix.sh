# Builds one cluster, looks at it, and for each fault: injects it, looks at all hosts, and heals it.
# Answers go to looks/CASE/HOST.out, the faults come from faults.sh: inject_CASE and heal_CASE.
. ./hosts.sh
. ./clusters.sh
. ./faults.sh

# One host after the other: a look has a time limit, and this kernel has one processor.
look() {
  mkdir -p "looks/$1"
  for name in lb1 lb2 rs1 rs2; do on $name sh -s <probe.sh >"looks/$1/$name.out"; done
}

build_"$(cat cluster)"
look sound
while read -r case; do
  echo "$(date +%T) $case"
  inject_"$case" || exit 1
  look "$case"
  heal_"$case" || exit 1
  until_true serves
done <cases
look healed
