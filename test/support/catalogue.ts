/**
 * The mistakes of the field, collected before the rules were written, by group. Each has a rule of the same id, but for
 * those that ELSEWHERE accounts for.
 */
const GROUPS: Readonly<Record<string, string>> = {
  syntax: `
    unknown-keyword several-keywords-on-one-line unbalanced-braces comment-and-hidden-characters
    malformed-list-or-address case-sensitive-value repeated-keyword include-or-version-gap
  `,
  vrrp: `
    required-value-missing-or-out-of-range implicit-address-owner auth-pass-too-long auth-pass-cut-by-comment
    strict-drops-vip strict-conflicts advert-int-rounded nopreempt-with-state-master
    nopreempt-with-weighted-tracking failback-without-delay interface-not-usable vip-not-assignable
    vip-without-prefix vip-also-static vrid-clash unicast-misdeclared no-tracking two-arm-without-sync-group
    sync-group-tracking-ignored track-script-not-runnable track-script-verdict-unreliable shared-fate-fault
    garp-too-weak latency-and-startup
  `,
  'vrrp-pair': `
    vrid-mismatch auth-mismatch advert-int-mismatch version-mismatch vip-list-mismatch excluded-vips-differ
    transport-mismatch unicast-peers-asymmetric priority-order weight-cannot-fail-over tracking-differs
    sync-group-order-conflict preemption-differs not-same-link dual-master no-garp-after-heal
  `,
  ipvs: `
    port-mapping-in-dr-tun weights-ignored-by-scheduler weights-all-zero weight-skew duplicate-virtual-server
    protocol-missing scheduler-or-method-defaulted mixed-forwarding-methods no-redundancy
    virtual-server-without-vip persistence-hides-distribution persistence-invalid persistence-keeps-dead-server
    fwmark-without-mark-rule udp-sticky-and-ops ftp-incomplete multi-port-session-split thresholds-invalid
    sorry-server-unreachable quorum-unreachable hash-scheduler-limits destination-hash-on-one-vip least-conn-surge
    tcp-idle-timeout rs-not-on-link local-real-server-address
  `,
  checker: `
    none wrong-target vip-path-not-tested layer4-only detection-too-slow too-nervous http-expectation
    silently-dropped misc-script start-assumes-up
  `,
  arp: `
    missing-arp-ignore missing-arp-announce only-lo-set wrong-value vip-on-arping-interface vip-not-host-mask
    vip-missing-on-real-server arptables-incomplete ipv6-vip-answers-nd suppression-on-director
  `,
  forward: `
    ip-forward-off rs-gateway-not-director rs-gateway-is-director-in-dr one-network-nat rp-filter-drops
    tun-mtu-mss tun-endpoint-missing masquerade-and-ipvs local-node-loop receive-offload
  `,
  conntrack: `
    table-size buckets-not-scaled keys-before-module invalid-drop-on-half-flows timeouts-below-ipvs
  `,
  kernel: `
    obsolete-key tw-buckets-lowered tw-reuse-misread port-range-overlap queue-values setting-for-another-role
  `,
  'ipvs-sysctl': `
    expire-nodest-conn conn-reuse-mode conn-table-bits defence-left-on differs-between-directors
  `,
  sync: `
    not-configured instance-or-syntax parameters-differ failback-before-resync
  `,
  firewall: `
    vrrp-blocked vrrp-rule-wrong-protocol vip-traffic-blocked forward-drop support-traffic-blocked
  `,
  drift: `
    table-differs-from-config directors-differ runtime-not-persisted edited-not-reloaded two-managers stale-vip
  `,
  security: `
    plaintext-auth config-readable scripts-as-root script-security-off vrrp-open-to-untrusted
    management-surface-and-version
  `,
  script: `
    vip-before-suppression runtime-only sysctl-append alias-device flush-without-guard needless-or-risky-step
  `,
  l4l7: `
    nested-vip-conflict backend-does-not-listen-on-vip client-address-and-health-depth
  `,
  fullnat: `
    not-in-upstream dpvs-local-address
  `,
  cloud: `
    multicast-not-carried vip-not-owned-by-fabric dr-on-routed-fabric
  `,
  container: `
    strict-arp ipvs-timeouts-and-termination ipvs-mode-deprecated keepalived-environment
  `,
};

export const CATALOGUE: readonly string[] = Object.entries(GROUPS).flatMap(([group, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${group}/${name}`),
);

/** Where a mistake went that has no rule of its own id: the rules that tell it, or why none can. */
export type Elsewhere = { readonly rules: readonly string[] } | { readonly why: string };

export const ELSEWHERE: ReadonlyMap<string, Elsewhere> = new Map();

/** Rules that tell a part of a mistake which is clearer by itself, with the mistake; one that stands alone has none. */
export const SPLIT: ReadonlyMap<string, string | undefined> = new Map([
  ['checker/http-on-tls-port', 'checker/http-expectation'],
  ['checker/port-zero', 'checker/wrong-target'],
  ['checker/script-for-many-servers', 'checker/misc-script'],
  ['drift/backup-would-fail', undefined],
  ['drift/daemon-not-running', undefined],
  ['drift/server-taken-out', undefined],
  ['drift/vip-on-no-host', undefined],
  ['ignore/incomplete', undefined],
  ['ignore/stale-baseline', undefined],
  ['ignore/unknown-rule', undefined],
  ['ignore/unused', undefined],
  ['ipvs/granularity-invalid', 'ipvs/persistence-invalid'],
  ['kernel/loaders-disagree', 'drift/runtime-not-persisted'],
  ['ipvs/wrr-with-equal-weights', 'ipvs/weights-ignored-by-scheduler'],
  ['syntax/refused-command', undefined],
  ['vrrp/authentication-without-effect', 'vrrp/strict-conflicts'],
  ['vrrp/unused-script', 'vrrp/no-tracking'],
]);
