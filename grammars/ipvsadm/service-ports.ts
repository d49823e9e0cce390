/*
 * ipvsadm-save without -n writes names where the saving host's services file has them, and the loading host looks
 * them up in its own. These are the names of ports that are balanced in practice (IANA's registry and the aliases
 * that Debian and Red Hat ship); any other name leaves the port unknown.
 */
const TABLE =
  'ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 mail 25 time 37 domain 53 tftp 69 http 80 www 80 kerberos 88 ' +
  'pop3 110 sunrpc 111 nntp 119 ntp 123 imap 143 imap2 143 snmp 161 snmp-trap 162 snmptrap 162 ldap 389 ' +
  'https 443 microsoft-ds 445 smtps 465 ssmtp 465 submissions 465 urd 465 syslog 514 shell 514 rtsp 554 ' +
  'submission 587 ldaps 636 domain-s 853 rsync 873 ftps-data 989 ftps 990 imaps 993 pop3s 995 socks 1080 ' +
  'openvpn 1194 ms-sql-s 1433 ncube-lm 1521 radius 1812 radius-acct 1813 mqtt 1883 nfs 2049 etcd-client 2379 ' +
  'squid 3128 iscsi-target 3260 mysql 3306 ms-wbt-server 3389 diameter 3868 sip 5060 sip-tls 5061 ' +
  'xmpp-client 5222 postgresql 5432 postgres 5432 amqps 5671 amqp 5672 x11 6000 redis 6379 sun-sr-https 6443 ' +
  'syslog-tls 6514 http-alt 8080 webcache 8080 radan-http 8088 secure-mqtt 8883 pcsync-https 8443 wap-wsp 9200 ' +
  'zabbix-agent 10050 zabbix-trapper 10051 memcache 11211';

let ports: ReadonlyMap<string, number> | undefined;

/** The port that a service name stands for; undefined where only the host's own services file knows. */
export function portNamed(name: string): number | undefined {
  ports ??= new Map(
    [...TABLE.matchAll(/(\S+) (\d+)/g)].map(([, key = '', port = '']) => [key, Number(port)] as const),
  );
  return ports.get(name);
}
