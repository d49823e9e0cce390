# Loads each table of in/ as ipvsadm-restore does, which empties the kernel's first, and writes what `ipvsadm -S -n` prints of it to out/, what it says to said/,
# its exit status to ended/, and what it lists of it to listed/.
mkdir -p out said ended listed
for table in in/*; do
  name=${table#in/}
  ipvsadm-restore <"$table" >"said/$name" 2>&1
  echo $? >"ended/$name"
  ipvsadm -S -n >"out/$name" || exit 1
  ipvsadm -L -n --tun-info >"listed/$name" || exit 1
done

# All other listings of the last table, one behind the other.
for options in '' -n --stats --rate --thresholds --persistent-conn --timeout --daemon -c '-c --persistent-conn'; do
  ipvsadm -L $options >>all-listings || exit 1
  case $options in
    --stats | --rate) ipvsadm -L -n --exact $options >>all-listings || exit 1 ;;
  esac
done
