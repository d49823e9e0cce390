/**
 * What the samples of keepalived's own sources have wrong that `keepalived -t` says nothing of: each was looked at, and is
 * what the rule says. An alarm in a sample that stands on no line of keepalived's and is of no rule named here is false.
 */
export const SILENT_IN_SAMPLES: ReadonlyMap<string, string> = new Map([
  [
    'security/script-security-off',
    'keepalived says it too, with exit status 6, where the script is installed',
  ],
  ['security/plaintext-auth', 'the samples share passwords such as 1111 in clear text'],
  ['checker/detection-too-slow', 'some leave delay_loop at 60 s or write 30 s and more'],
  ['checker/http-on-tls-port', 'one asks port 80 by SSL_GET'],
  ['vrrp/auth-pass-cut-by-comment', 'two have passwords with a ! in them: k!4@lve1 is k'],
  ['vrrp/vip-also-static', 'one lists 192.168.200.18 twice'],
  ['vrrp/no-tracking', 'one keeps a VIP on eth1 and watches eth0 only'],
  ['vrrp/track-script-not-runnable', 'one reads /dev/tcp, which is a file to bash alone'],
  ['ipvs/virtual-server-without-vip', 'one moves other addresses than those of two of its services'],
  ['ipvs/local-real-server-address', 'two name the loopback address or the VIP itself as a real server'],
  ['sync/instance-or-syntax', 'one shows lvs_sync_daemon without the instance that it follows'],
]);
