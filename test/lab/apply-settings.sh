# For each folder of in/: a network of its own, its files in the place of the machine's, `sysctl --system` as at boot,
# before addresses are set; then what the kernel shows goes to shown/.
mkdir -p said shown /run/sysctl.d
cat >interfaces <<EOF
link set lo up
link add dummy0 type dummy
link add dummy0.100 type dummy
EOF
for folder in in/*; do
  name=${folder#in/} unshare --net --mount sh -c '
    mount --bind "in/$name/etc" /etc &&
      mount --bind "in/$name/run/sysctl.d" /run/sysctl.d &&
      mount --bind "in/$name/usr/local/lib" /usr/local/lib &&
      mount --bind "in/$name/usr/lib/sysctl.d" /usr/lib/sysctl.d &&
      ip -batch interfaces || exit 1
    sysctl --system >"said/$name" 2>&1
    cd /proc/sys/net/ipv4 && grep -r "" conf ip_forward >"/run/lab/shown/$name"
  ' || exit 1
done
