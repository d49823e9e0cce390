/*
 * Vocabulary of the VRRP blocks, one keyword a line; keywords.ts explains the notation.
 * From keepalived.conf(5) and vrrp/vrrp_parser.c, trackers/track_file.c and bfd/bfd_parser.c of 2.2.7 and 2.4.3.
 */

export const VRRP_BLOCKS = {
  vrrp_instance: `
state one:MASTER|BACKUP =BACKUP #
interface if ! #
virtual_router_id int:1..255 ! #
priority int:1..255 =100 #
advert_int sec:0.01..255 =1 #
version int:2..3 # @1.2.17
virtual_ipaddress [addresses] * #
virtual_ipaddress_excluded [addresses] * #
no_virtual_ipaddress @2.2.8
virtual_routes [routes] * # @1.0.1
virtual_rules [rules] * # @1.2.20
authentication {} #
auth_hmac {} @2.4.0
preempt /nopreempt #
nopreempt # @1.1.8
preempt_delay sec:0..1000 =0 # @1.1.8
accept # @1.2.17
no_accept /accept @1.3.0
strict_mode bool # @1.2.20
unicast_peer [peers] * # @1.2.8
unicast_src_ip ip # @1.2.10
mcast_src_ip ip /unicast_src_ip
mcast_dst_ip mcast # @2.2.5
unicast_ttl int:0..255 @2.1.0
unicast_fault_no_peer @2.2.5
check_unicast_src @2.1.0
old_unicast_checksum one:never? @1.3.7
track_src_ip @2.0.0
track_interface [track-interface] * # @1.0.1
track_script [track-script] * # @1.1.13
track_file [track-file] * # @2.0.0
track_process [track-process] * # @2.0.11
track_bfd [track-bfd] * # @2.0.0 +bfd
dont_track_primary @1.1.8
notify cmd user? group? ^ # @1.1.2
notify_master cmd user? group? ^ #
notify_backup cmd user? group? ^ #
notify_fault cmd user? group? ^ #
notify_stop cmd user? group? ^ # @1.1.13
notify_deleted cmd? user? group? ^ @2.1.0
notify_master_rx_lower_pri cmd user? group? ^ @2.0.6
notify_priority_changes bool @2.0.16
smtp_alert bool
use_vmac (use_vmac) # @1.2.3 +vmac
use_vmac_addr @2.2.0 +vmac
vmac_xmit_base @1.2.10 +vmac
use_ipvlan (use_ipvlan) ^ @2.0.17 +ipvlan
vrf if ^ @2.2.5 +vrf
native_ipv6 # @1.2.1
promote_secondaries @1.3.0
v3_checksum_as_v2 bool @2.2.8
skip_check_adv_addr switch @1.2.20
lower_prio_no_advert bool @1.2.20
higher_prio_send_advert bool @1.3.5
owner_ignore_adverts bool @2.3.3
down_timer_adverts int:1..100 # @2.2.3
timer_expired_backup int:1..254? @2.2.8
thread_timer_expired int:1..254? >timer_expired_backup:2.3.2 @2.3.2
garp_master_delay int:0..4294
garp_master_repeat int:1<..4294967295 @1.2.14
garp_master_refresh u32 @1.2.10
garp_master_refresh_repeat int:1<..4294967295 @1.2.14
garp_lower_prio_delay int:0..4294 @1.2.20
garp_lower_prio_repeat int:0..2147483647 @1.2.20
garp_extra_if (extra_if):0 @2.2.3 +vmac
vmac_garp_intvl (extra_if):0 >garp_extra_if:2.2.3 @2.2.0 +vmac
kernel_rx_buf_size u32 ~ $ @2.0.3
debug int:0..4
lvs_sync_daemon_interface word ^ >lvs_sync_daemon:1.2.20
linkbeat_use_polling >linkbeat_interfaces:2.0.13 @2.0.0 +linkbeat`,

  authentication: `
auth_type one:PASS|AH ! #
auth_pass secret #`,

  auth_hmac: `
key int:1..255 word *
active_key int:1..255
time_window int:1..300
anti_replay one:time|monotonic =time
mode one:enforce|permissive|receive-only =enforce`,

  vrrp_sync_group: `
group [names] ^ #
track_interface [track-interface] * # @2.0.0
track_script [track-script] * # @2.0.0
track_file [track-file] * # @2.0.0
track_process [track-process] * # @2.0.11
track_bfd [track-bfd] * # @2.0.0 +bfd
notify cmd user? group? ^ @1.1.2
notify_master cmd user? group? ^
notify_backup cmd user? group? ^
notify_fault cmd user? group? ^
notify_stop cmd user? group? ^ @2.0.0
notify_priority_changes bool @2.2.0
smtp_alert bool
sync_group_tracking_weight # @2.0.0
global_tracking >sync_group_tracking_weight:2.0.0 # @1.2.3`,

  vrrp_script: `
script cmd1 ~ ! #
interval sec:0.001<..4294 =1 fraction:2.3.2 #
timeout sec:0.001<..4294 fraction:2.3.2 # @1.2.6
weight int:-253..253 one:reverse? =0 #
rise int:1..2147483647 =1 #
fall int:1..2147483647 =1 #
user user group? # @1.3.0
init_fail # @1.3.2`,

  vrrp_track_process: `
process word word?* ^ &
param_match one:initial|partial? @2.0.16
weight int:-254..254 one:reverse? ~ =0 ^
quorum int:1..65535 =1
quorum_max int:0..65535 @2.0.16
delay sec:0.000001..3600
terminate_delay sec:0.000001..3600 @2.0.16
fork_delay sec:0.000001..3600 @2.0.16
full_command`,

  track_file: `
file word ~ ! ^ &
weight int:-254..254 one:reverse? ~ =1 ^
init_file (init_file)`,

  track_group: `
group [names] ^`,

  garp_group: `
garp_interval sec:0..2147.483647
gna_interval sec:0..2147.483647
interface word *
interfaces [interfaces] *`,

  bfd_instance: `
neighbor_ip ip ! &
neighbour_ip ip ! /neighbor_ip
source_ip ip
min_rx ms:1..4294967 =10
min_tx ms:1..4294967 =10
idle_tx ms:1000..4294967 =1000
multiplier int:1..255 =5
passive
ttl int:1..255
hoplimit int:1..255 /ttl
max_hops int:-1..255 =0
multihop bool @2.2.8
weight int:-253..253 one:reverse?
vrrp
checker`,
} as const;
