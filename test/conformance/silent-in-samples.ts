/** What a rule says of samples of keepalived's own sources on lines that `keepalived -t` says nothing of. */
export interface SilentInSamples {
  readonly rule: string;
  /** The files' names begin so. */
  readonly files: readonly string[];
  /** What these samples have wrong: each was looked at. */
  readonly reason: string;
}

/** Any other alarm in a sample that stands on no line of keepalived's is false; one here that is gone is to be deleted. */
export const SILENT_IN_SAMPLES: readonly SilentInSamples[] = [
  {
    rule: 'security/script-security-off',
    files: ['019-', '020-', '030-', '034-', '036-', '056-'],
    reason: 'keepalived says it too, with exit status 6, where the script is installed',
  },
  {
    rule: 'security/plaintext-auth',
    files: ['029-', '034-', '038-', '040-', '046-', '056-'],
    reason: 'their passwords, such as 1111, are those that everybody has copied',
  },
  {
    rule: 'checker/detection-too-slow',
    files: ['005-', '011-'],
    reason: 'a delay_loop of 60 s, once with three tries of 30 s behind it',
  },
  { rule: 'checker/http-on-tls-port', files: ['028-'], reason: 'it asks port 80 by SSL_GET' },
  {
    rule: 'vrrp/auth-pass-cut-by-comment',
    files: ['040-', '044-'],
    reason: 'passwords with a ! in them: k!4@lve1 is k',
  },
  { rule: 'vrrp/vip-also-static', files: ['029-'], reason: 'it lists 192.168.200.18 twice' },
  { rule: 'vrrp/no-tracking', files: ['033-'], reason: 'it keeps a VIP on eth1 and watches eth0 only' },
  {
    rule: 'vrrp/track-script-not-runnable',
    files: ['030-'],
    reason: 'it reads /dev/tcp, which is a file to bash alone',
  },
  {
    rule: 'ipvs/virtual-server-without-vip',
    files: ['044-'],
    reason: 'it moves other addresses than those of two of its services',
  },
  {
    rule: 'ipvs/local-real-server-address',
    files: ['007-', '027-'],
    reason: 'the loopback address, and the VIP itself, as a real server',
  },
  {
    rule: 'sync/instance-or-syntax',
    files: ['055-'],
    reason: 'it shows lvs_sync_daemon without the instance that it follows',
  },
];
