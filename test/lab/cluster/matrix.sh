# Builds the clusters that the file designs names, one after the other; looks at each, and for each of its faults (the
# file DESIGN-faults): injects it, looks at all hosts, and heals it.
# Answers go to looks/DESIGN/CASE/HOST.out, the faults come from faults.sh: inject_DESIGN_CASE and
# heal_DESIGN_CASE.
. ./hosts.sh
. ./words.sh
. ./designs-dr.sh
. ./designs-nat.sh
. ./faults.sh

# One host after the other: a look has a time limit, and this kernel has one processor.
look() { # DESIGN CASE
  echo "$(date +%T) $1 $2"
  mkdir -p "looks/$1/$2"
  for name in $hosts; do on "$name" sh -s <probe.sh >"looks/$1/$2/$name.out"; done
}

while read -r design; do
  echo "$(date +%T) $design"
  build_"$design"
  look "$design" sound
  while read -r case; do
    inject_"${design}_$case" || exit 1
    look "$design" "$case"
    heal_"${design}_$case" || exit 1
    until_true serves
  done <"$design-faults"
  [ ! -s "$design-faults" ] || look "$design" healed
  end_hosts
done <designs
