/*
 * Vocabulary of virtual servers, real servers and their checks, one keyword a line; keywords.ts explains the
 * notation. From keepalived.conf(5) and check/check_parser.c, check_api.c, check_*.c of keepalived 2.2.7 and 2.4.3.
 */

export const LVS_BLOCKS = {
  virtual_server: `
delay_loop timer =60 #
lb_algo scheduler =wlc ! #
lvs_sched scheduler =wlc ! /lb_algo #
nat_mask ip -1.2.20
lb_kind (method) =NAT ! #
lvs_method (method) =NAT ! /lb_kind #
protocol any:TCP|UDP|SCTP =UDP ! #
real_server ip port0? {} * ! #
persistence_timeout int:1..2678400? #
persistence_granularity (granularity) #
persistence_engine word:15 # @1.2.20
ops # @1.2.8
hashed # @1.3.0
sh-port # @1.3.0
sh-fallback # @1.3.0
mh-port # @2.0.20
mh-fallback # @2.0.20
flag-1 # @1.3.0
flag-2 # @1.3.0
flag-3 # @1.3.0
ip_family one:inet|inet6 # @1.2.20
weight int:1..2147483647 =1 # @1.3.7
retry n32 # @1.3.7
delay_before_retry wait # @1.3.7
warmup wait @1.3.7
connect_timeout sec:0.000001..4294.967295 =5 # @2.0.13
inhibit_on_failure # @1.3.7
ha_suspend
smtp_alert bool @2.0.0
virtualhost word ~ #
snmp_name word ~ $ @2.2.3 +snmp
alpha # @1.1.16
omega # @1.1.16
quorum n32 =1 # @1.1.16
hysteresis u32 =0 # @1.1.16
quorum_up cmd user? group? ^ # @1.1.16
quorum_down cmd user? group? ^ @1.1.16
sorry_server ip port0? ! #
sorry_server_inhibit # @1.2.13
sorry_server_lvs_method (method) # @1.3.6`,

  real_server: `
weight int:0..2147483647 =1 #
lvs_method (method) ! # @1.3.6
uthreshold u32 # @1.1.13
lthreshold u32 # @1.1.13
inhibit_on_failure bool #
notify_up cmd user? group? ^
notify_down cmd user? group? ^
alpha bool @1.3.7
retry n32 # @1.3.7
delay_before_retry wait # @1.3.7
warmup wait @1.3.7
connect_timeout sec:0.000001..4294.967295 # @2.0.13
delay_loop timer # @1.3.7
smtp_alert bool @2.0.0
virtualhost word ~ @1.3.6
snmp_name word ~ $ @2.2.3 +snmp
TCP_CHECK {} * #
HTTP_GET {} * #
SSL_GET {} * #
SMTP_CHECK {} * #
MISC_CHECK {} * #
DNS_CHECK {} * # @1.3.0
UDP_CHECK {} * # @2.1.0
PING_CHECK {} * # @2.1.0
FILE_CHECK {} * # @2.1.0
BFD_CHECK {} * # @2.0.0 +bfd`,

  /* Words of every check that runs a program or opens a connection. A block's own line counts before them. */
  '&pace': `
retry u32 #
delay_before_retry wait #
warmup wait @1.2.13
delay_loop timer # @1.3.7
alpha bool @1.3.7
log_all_failures bool @2.0.11`,

  /* Words of every check that opens a connection. */
  '&connection': `
connect_ip ip # @1.2.13
connect_port port #
bindto ip
bind_port port @1.2.13
bind_if if @1.3.7
connect_timeout sec:0.000001..4294.967295 #
fwmark u32 @1.2.13`,

  TCP_CHECK: `
&connection
&pace
retry u32 # @1.2.20
delay_before_retry wait # @1.2.20`,

  PING_CHECK: `
&connection
&pace`,

  UDP_CHECK: `
&connection
&pace
payload hex* ~ @2.2.0
require_reply hexX?* @2.1.0
min_reply_length int:0..65535 =0 @2.2.0
max_reply_length int:0..65535 =255 @2.2.0`,

  SMTP_CHECK: `
&connection
&pace
helo_name word ~ ^
host {SMTP_CHECK-host} * >.:2.0.14`,

  'SMTP_CHECK-host': `
&connection
&pace
connect_ip ip #
connect_timeout sec:0.000001..4294.967295 # @1.2.13
retry u32 # @1.3.7
delay_before_retry wait # @1.3.7`,

  HTTP_GET: `
&connection
&pace
url {} * #
nb_get_retry u32 >retry:1.3.7 #
retry u32 # @1.3.7
virtualhost word ~ # @1.3.6
http_protocol one:1.0|1.1|1.0C|1.0c ~ =1.0 @2.0.17
enable_sni bool # @1.4.3
sni_name word? ^ @2.4.4
fast_recovery bool @2.0.17`,

  SSL_GET: `
&connection
&pace
url {SSL_GET-url} * #
nb_get_retry u32 >retry:1.3.7 #
retry u32 # @1.3.7
virtualhost word ~ # @1.3.6
http_protocol one:1.0|1.1|1.0C|1.0c ~ =1.0 @2.0.17
enable_sni bool # @1.4.3
sni_name word? ^ @2.4.4
fast_recovery bool @2.0.17
tls_compliant bool @2.2.8`,

  url: `
path word #
digest digest #
status_code (status_code)* #
virtualhost word ~ # @1.3.6
regex word? @2.0.7 +regex
regex_no_match @2.0.7 +regex
regex_options (regex_options) @2.0.7 +regex
regex_min_offset (offset) @2.0.7 +regex
regex_max_offset (offset) @2.0.7 +regex
regex_stack (offset) @2.0.7 +regex`,

  'SSL_GET-url': `
&url
tls_compliant bool @2.2.8`,

  DNS_CHECK: `
&connection
&pace
type any:A|NS|CNAME|SOA|MX|TXT|AAAA|RRSIG|DNSKEY =SOA
name word ^
delay_before_retry wait # @1.3.7`,

  MISC_CHECK: `
&pace
retry u32 # @1.3.7
delay_before_retry wait # @1.3.7
misc_path cmd1 ~ ! #
misc_timeout int:0..4294 #
misc_dynamic #
user user group? ~ @1.3.0`,

  FILE_CHECK: `
track_file word !
weight int:-2147483647..2147483647 one:reverse|noreverse? ~ =1`,

  BFD_CHECK: `
name word ~ ! ^ $
alpha bool`,
} as const;
