/** A mistake for one template: what is written in the place of what, and the rule that has to find it. */
export interface Mistake {
  readonly in: string;
  readonly write: string;
  readonly insteadOf: string;
  readonly rule: string;
}

function mistake(file: string, insteadOf: string, write: string, rule: string): Mistake {
  return { in: file, insteadOf, write, rule };
}

/** One mistake at least for each template, each in a part that no rendering changes. */
export const mistakes: readonly Mistake[] = [
  mistake('jinja/a-pair-keepalived.conf.j2', 'advert_int 1', 'advert_init 1', 'syntax/unknown-keyword'),
  mistake('jinja/services-loop-keepalived.conf.j2', 'lb_kind DR', 'lb_knd DR', 'syntax/unknown-keyword'),
  mistake(
    'jinja/services-loop-keepalived.conf.j2',
    'TCP_CHECK {\n            connect_timeout 3\n            retry 2\n            delay_before_retry 1\n        }\n',
    '',
    'checker/none',
  ),
  mistake(
    'jinja/auth-block-keepalived.conf.j2',
    'auth_type PASS',
    'auth_type PASSWD',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/both-ways-keepalived.conf.j2',
    'lb_algo wlc',
    'lb_algo wcl',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/checks-choice-keepalived.conf.j2',
    'protocol TCP',
    'protocol TPC',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/compact-keepalived.conf.j2',
    'virtual_router_id {{ id }}',
    'virtual_router_id 300',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/database-keepalived.conf.j2',
    'state BACKUP',
    'state MASTER',
    'vrrp/nopreempt-with-state-master',
  ),
  mistake(
    'jinja/dual-stack-keepalived.conf.j2',
    '{{ vip_number }}/24\n    }\n',
    '{{ vip_number }}/24\n',
    'syntax/unbalanced-braces',
  ),
  mistake(
    'jinja/extra-lines-keepalived.conf.j2',
    'virtual_router_id 61',
    'virtual_router_id 261',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/fwmark-keepalived.conf.j2',
    'persistence_timeout',
    'persistance_timeout',
    'syntax/unknown-keyword',
  ),
  mistake('jinja/group-entries-keepalived.conf.j2', 'mh-port', 'mh_port', 'syntax/unknown-keyword'),
  mistake('jinja/include-keepalived.conf.j2', 'interval 2', 'intervall 2', 'syntax/unknown-keyword'),
  mistake(
    'jinja/kubernetes-keepalived.conf.j2',
    'vrrp_script chk_api {',
    'vrrp_script check_api {',
    'vrrp/track-script-not-runnable',
  ),
  mistake('jinja/mail-notify-keepalived.conf.j2', 'notify_fault', 'notify_failure', 'syntax/unknown-keyword'),
  mistake('jinja/nested-loops-keepalived.conf.j2', 'delay_loop 10', 'delay_lop 10', 'syntax/unknown-keyword'),
  mistake(
    'jinja/own-definitions-keepalived.conf.j2',
    'dev $IFACE',
    'dev $IFCE',
    'syntax/malformed-list-or-address',
  ),
  mistake(
    'jinja/scripts-loop-keepalived.conf.j2',
    'garp_master_refresh 30',
    'garp_master_refesh 30',
    'syntax/unknown-keyword',
  ),
  mistake(
    'jinja/routes-keepalived.conf.j2',
    'virtual_routes {',
    'virtual_routes',
    'syntax/unbalanced-braces',
  ),
  mistake(
    'jinja/salt-style-keepalived.conf.jinja',
    'priority 150',
    'priority 255',
    'vrrp/implicit-address-owner',
  ),
  mistake(
    'jinja/90-director-sysctl.conf.j2',
    'net.netfilter.nf_conntrack_max',
    'net.ipv4.ip_conntrack_max',
    'kernel/obsolete-key',
  ),
];
