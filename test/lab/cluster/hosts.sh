# Hosts of a lab, each with its own files, processes, name and network, on bridges of the lab kernel.
# `host NAME`, `wire NAME INTERFACE BRIDGE ADDRESS/LENGTH`, `on NAME COMMAND...`, `put NAME PATH`, `until_true COMMAND...`

# Its files are the machine's until it writes them; what it writes is its own and stays in memory.
host() {
  local own program name
  own=/run/hosts/$1
  mkdir -p "$own/upper" "$own/work" "$own/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$own/upper,workdir=$own/work" "$own/root" || return 1
  unshare --net --mount --pid --uts --fork --kill-child sh -c '
    mount --make-rprivate /
    cd "$1/root" || exit 1
    mount -t proc proc proc && mount -t sysfs sys sys && mount -t tmpfs run run && mount -t tmpfs tmp tmp
    mount --rbind /dev dev
    hostname "$2"
    ip link set lo up
    exec 3>"$1/up"
    exec chroot . sh -c "echo up >&3; exec 3>&-; exec sleep infinity"' sh "$own" "$1" </dev/null &
  echo $! >"$own/unshare"
  until_true test -s "$own/up"
  pgrep -P "$(cat "$own/unshare")" >"$own/pid"
  # This kernel has no nftables.
  for program in iptables arptables; do
    for name in $program $program-save $program-restore; do
      ln -sf "/usr/sbin/$program-legacy${name#"$program"}" "$own/root/usr/sbin/$name"
    done
  done
}

on() {
  local pid
  read -r pid <"/run/hosts/$1/pid"
  shift
  nsenter -t "$pid" --net --mount --pid --uts --root --wdns=/ -- "$@"
}

wire() {
  ip link show "$3" >/dev/null 2>&1 || { ip link add "$3" type bridge && ip link set "$3" up; }
  ip link add "$1.$2" type veth peer name "$2" netns "$(cat "/run/hosts/$1/pid")"
  ip link set "$1.$2" master "$3" up
  on "$1" ip address add "$4" dev "$2"
  on "$1" ip link set "$2" up
}

# Takes all hosts and bridges away.
end_hosts() {
  local own bridge
  for own in /run/hosts/*; do
    kill -s KILL "$(cat "$own/pid")"
    until_true umount "$own/root"
    rm -rf "$own"
  done
  for bridge in /sys/class/net/*/bridge; do
    bridge=${bridge%/bridge}
    ip link delete "${bridge##*/}"
  done
}

# Standard input becomes a file of the host.
put() {
  local file
  file=/run/hosts/$1/root$2
  mkdir -p "${file%/*}"
  cat >"$file"
}

# Waits for a condition; at its deadline the job fails, and says what it waited for.
until_true() {
  local tries
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ]; then
      echo "waited in vain for: $*"
      exit 1
    fi
    sleep 0.1
  done
}
