/*
 * Vocabulary of the file's top level and of global_defs, one keyword a line; keywords.ts explains the notation.
 * From keepalived.conf(5) and the parsers of keepalived 2.2.7 and 2.4.3 (core/global_parser.c, core/main.c).
 */

export const GLOBAL_BLOCKS = {
  root: `
global_defs {} *
vrrp_instance name {} * !
vrrp_sync_group name {} * !
vrrp_script name {} * !
vrrp_track_process name {} * ! @2.0.11
track_file name {} * ! @2.1.0
vrrp_track_file name {track_file} * ! /track_file >track_file:2.1.0 @2.0.0
track_group name {} * @2.0.3
garp_group {} * @1.2.21
bfd_instance name {} * ! @2.0.0 +bfd
virtual_server (service) {} * !
virtual_server_group name [group-entries] * !
SSL {}
static_ipaddress [static-addresses] *
static_routes [static-routes] *
static_rules [static-rules] * @1.2.20
linkbeat_interfaces [linkbeat] * @2.0.13 +linkbeat
interface_up_down_delays [delays] * @2.2.3
net_namespace word ^ @1.2.24
net_namespace_ipvs word? ^ @2.1.0
namespace_with_ipsets @1.3.0
use_pid_dir @1.2.24
instance word ^ @1.2.24
child_wait_time u32 =5 @2.0.0
linkbeat_use_polling +linkbeat`,

  SSL: `
password word ~
ca word ~
certificate word ~
key word ~`,

  global_defs: `
router_id word ~ #
lvs_id word ~ >router_id -1.1.8
plugin_dir word ~ -1.2.20
notification_email [emails] * #
notification_email_from word ~
smtp_server host port? #
smtp_helo_name word? @1.2.20
smtp_connect_timeout int:1<..4294 =30
smtp_alert bool @2.0.0
smtp_alert_vrrp bool @2.0.0
smtp_alert_checker bool @2.0.0
no_email_faults @2.0.0
no_checker_emails bool @2.0.0
rs_init_notifies bool @2.0.0
checker_log_all_failures bool @2.0.11
script_user user group? ~ # @1.3.0
enable_script_security # @1.3.0
startup_script cmd user? group? ~ ^ @2.1.0
startup_script_timeout int:1..1000 ~ =10 @2.1.0
shutdown_script cmd user? group? ~ ^ @2.1.0
shutdown_script_timeout int:1..1000 ~ =10 @2.1.0
use_symlink_paths bool @2.3.0
set_supplementary_groups bool @2.4.4
dynamic_interfaces one:allow_if_changes? # @2.0.0
default_interface word ~ =eth0 # @1.2.24
disable_local_igmp @2.2.0
lvs_flush # @1.2.23
lvs_flush_on_stop one:VS? @2.2.0
lvs_flush_onstop one:VS? >lvs_flush_on_stop:2.2.0 @2.0.15
lvs_timeouts (lvs_timeouts) # @1.2.24
lvs_sync_daemon (lvs_sync_daemon) ^ # @1.2.20
vrrp_version int:2..3 =2 # @1.2.20
vrrp_strict flag:2.2.8 # @1.2.20
vrrp_mcast_group4 group4 =224.0.0.18 # @1.2.10
vrrp_mcast_group6 group6 =ff02::12 # @1.2.10
vrrp_garp_master_delay int:0..4294 =5 @1.2.20
vrrp_garp_master_repeat int:1<..4294967295 =5 @1.2.20
vrrp_garp_master_refresh u32 =0 @1.2.20
vrrp_garp_master_refresh_repeat int:1<..4294967295 =1 @1.2.20
vrrp_garp_lower_prio_delay int:0..4294 @1.2.20
vrrp_garp_lower_prio_repeat int:0..2147483647 @1.2.20
vrrp_garp_interval sec:0.000001..4294.967295 =0 @1.2.21
vrrp_gna_interval sec:0.000001..4294.967295 =0 @1.2.21
vrrp_garp_extra_if (extra_if):1 @2.2.3 +vmac
vrrp_vmac_garp_intvl (extra_if):1 >vrrp_garp_extra_if:2.2.3 @2.2.0 +vmac
vrrp_min_garp bool @2.0.12
vrrp_down_timer_adverts int:1..100 =3 @2.2.3
vrrp_lower_prio_no_advert bool @1.2.20
vrrp_higher_prio_send_advert bool @1.3.5
vrrp_owner_ignore_adverts bool @2.3.3
vrrp_check_unicast_src @1.2.20
vrrp_skip_check_adv_addr flag:2.2.8 @1.2.20
vrrp_notify_priority_changes bool @2.0.16
vrrp_startup_delay sec:0.001..4294.967295 @2.0.14
vrrp_delay_after_boot sec:0.001..4294.967295 @2.4.0
v3_checksum_as_v2 @2.2.8
log_unknown_vrids @2.0.16
vmac_prefix word =vrrp ^ @2.2.0 +vmac
vmac_addr_prefix word ^ @2.2.0 +vmac
vrrp_iptables word? word? ^ @1.2.20
vrrp_ipsets word?* @1.2.20 +ipset
nftables word? ^ @2.0.11 +nftables
nftables_priority i32 =-1 @2.0.11 +nftables
nftables_ifindex @2.0.11 +nftables
nftables_counters @2.0.11 +nftables
nftables_ipvs word? ^ @2.2.2 +nftables
nftables_ipvs_priority i32 @2.2.2 +nftables
nftables_ipvs_start_fwmark n32 =1000 @2.2.2 +nftables
notify_fifo word user? group? ~ ^ @1.3.6
notify_fifo_script cmd user? group? ~ ^ @1.3.6
vrrp_notify_fifo word user? group? ~ ^ @1.3.6
vrrp_notify_fifo_script cmd user? group? ~ ^ @1.3.6
lvs_notify_fifo word user? group? ~ ^ @1.3.6
lvs_notify_fifo_script cmd user? group? ~ ^ @1.3.6
fifo_write_vrrp_states_on_reload @2.2.5
process_names @2.0.16
process_name word:15 @2.0.16
vrrp_process_name word:15 @2.0.16
checker_process_name word:15 @2.2.0
lvs_process_name word:15 >checker_process_name:2.2.0 @2.0.16
bfd_process_name word:15 @2.0.16 +bfd
max_auto_priority int:-1..99? =0 @2.1.0
min_auto_priority_delay int:1..10000000 ~ =1000000 @2.1.0
vrrp_priority int:-20..19 ~ @1.2.20
vrrp_no_swap @1.2.20
vrrp_rt_priority int:1<..<99 ~ @2.0.0
vrrp_cpu_affinity int:0..65535* ~ @2.0.17
vrrp_rlimit_rttime n32 =10000 @2.1.0
vrrp_rlimit_rtime n32 >vrrp_rlimit_rttime:2.1.0 @2.0.0
checker_priority int:-20..19 ~ @1.2.20
checker_no_swap @1.2.20
checker_rt_priority int:1<..<99 ~ @2.0.0
checker_cpu_affinity int:0..65535* ~ @2.0.17
checker_rlimit_rttime n32 =10000 @2.1.0
checker_rlimit_rtime n32 >checker_rlimit_rttime:2.1.0 @2.0.0
bfd_priority int:-20..19 ~ @2.0.0 +bfd
bfd_no_swap @2.0.0 +bfd
bfd_rt_priority int:1<..<99 ~ @2.0.0 +bfd
bfd_cpu_affinity int:0..65535* ~ @2.0.17 +bfd
bfd_rlimit_rttime n32 =10000 @2.1.0 +bfd
bfd_rlimit_rtime n32 >bfd_rlimit_rttime:2.1.0 @2.0.0 +bfd
snmp_socket word ~ $ ^ @1.2.20 +snmp
enable_traps @1.2.5 +snmp
enable_snmp_vrrp @2.0.0 +snmp
enable_snmp_keepalived >enable_snmp_vrrp:2.0.0 @1.2.20 +snmp
enable_snmp_rfc @1.2.20 +snmp
enable_snmp_rfcv2 @1.2.20 +snmp
enable_snmp_rfcv3 @1.2.20 +snmp
enable_snmp_checker @1.2.20 +snmp
snmp_vs_stats_update_interval sec:0.001..30 =5 @2.3.0 +snmp
snmp_rs_stats_update_interval sec:0.001..30 =0 @2.3.0 +snmp
enable_dbus @1.3.0 +dbus
dbus_service_name word ~ @1.3.7 +dbus
dbus_no_interface_name word @2.3.0 +dbus
vrrp_netlink_cmd_rcv_bufs u32 ~ @2.0.0
vrrp_netlink_cmd_rcv_bufs_force bool @2.0.0
vrrp_netlink_monitor_rcv_bufs u32 ~ @2.0.0
vrrp_netlink_monitor_rcv_bufs_force bool @2.0.0
process_monitor_rcv_bufs u32 ~ @2.0.11
process_monitor_rcv_bufs_force bool @2.0.11
lvs_netlink_cmd_rcv_bufs u32 ~ @2.0.0
lvs_netlink_cmd_rcv_bufs_force bool @2.0.0
lvs_netlink_monitor_rcv_bufs u32 ~ @2.0.0
lvs_netlink_monitor_rcv_bufs_force bool @2.0.0
vrrp_rx_bufs_policy (rx_bufs_policy) @2.0.3
vrrp_rx_bufs_multiplier n32 ~ $ =3 @2.0.3
umask (umask) @2.0.9
random_seed u32 @2.0.15
reload_check_config word? @2.2.0
reload_time_file word ~ $ @2.1.0
reload_repeat @2.1.0
reload_file word? @2.2.0
include_check (include_check) @2.2.0
config_save_dir word @2.2.3
tmp_config_directory word ~ @2.2.0
data_use_instance bool @2.2.3
json_version int:1..2 =1 @2.2.8 +json
iproute_usr_dir word @2.3.2
iproute_etc_dir word @2.3.2
state_dump_file word ^ @2.3.3
stats_dump_file word ^ @2.3.3
json_dump_file word ^ @2.3.3`,
} as const;
