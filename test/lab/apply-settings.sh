# For each folder of in/ and each of both programs: a network of its own, the folder's files in the place of the machine's,
# the program as at boot, before addresses are set; then what the kernel shows goes to shown/. For an interface that comes
# up behind systemd-sysctl, udev runs it again (99-systemd.rules of systemd).
mkdir -p said shown /run/sysctl.d
cat >interfaces <<'EOF'
link set lo up
link add dummy0 type dummy
link add dummy0.100 type dummy
EOF
cat >both <<'EOF'
for place in etc run/sysctl.d usr/local/lib usr/lib/sysctl.d; do
  echo "/run/lab/in/$name/$place /$place none bind"
done >mounts
mount --all --fstab mounts || exit 1
[ ! -e "in/$name/linked" ] || ln -s ../sysctl.conf /etc/sysctl.d/99-sysctl.conf || exit 1
exec >"said/$name" 2>&1
ip -batch interfaces && sysctl --system
by=sysctl; . ./show
exec unshare --net sh ./systemd
EOF
cat >systemd <<'EOF'
ip -batch interfaces && /usr/lib/systemd/systemd-sysctl
ip link add dummy1 type dummy && /usr/lib/systemd/systemd-sysctl --prefix=/net/ipv4/conf/dummy1
by=systemd-sysctl; . ./show
EOF
cat >show <<'EOF'
shown=/run/lab/shown/$name.$by
cd /proc/sys/net && grep -r "" ipv4/conf $plain >"$shown" && cd /run/lab || exit 1
EOF
read -r plain <plain
export plain
for folder in in/*; do
  name=${folder#in/} unshare --net --mount sh ./both || exit 1
done
