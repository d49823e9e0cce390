import fc from 'fast-check';
import type { Place } from '../../src/evidence/place.ts';
import type { Format, Source } from '../../src/evidence/source.ts';
import type { Finding, Verdict } from '../../src/judge/finding.ts';
import type { ReportContext } from '../../src/report/context.ts';

/** What must not reach a terminal from a text that somebody else wrote. */
export const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Any character, the troublesome lower ones more often. */
export const anyCharacter = fc
  .oneof(fc.nat(0xff), fc.integer({ min: 0x2000, max: 0x206f }), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code));

export function sourceOf(
  host: string,
  name: string,
  text: string,
  format: Format = 'keepalived.conf',
): Source {
  return { name, host, format, basis: 'written', text, origin: { kind: 'file', path: name } };
}

/** The place of a needle in a source; it has to be there. */
export function placeOf(source: Source, needle: string, nth = 1): Place {
  let start = -1;
  for (let found = 0; found < nth; found += 1) start = source.text.indexOf(needle, start + 1);
  if (start === -1) throw new Error(`${JSON.stringify(needle)} is not in ${source.name}`);
  return { source, range: { start, end: start + needle.length } };
}

export function findingAt(at: Place, given: Partial<Finding> = {}): Finding {
  return {
    rule: 'vrrp/duplicate-priority',
    severity: 'warning',
    host: at.source.host,
    message: 'lb1 also claims priority 100, so the higher address becomes master',
    at,
    related: [],
    why: 'The tie is broken by the higher address, so who becomes master is an accident of numbering.',
    remedy: 'Give the preferred master a higher priority than every backup, then reload keepalived.',
    subject: `${at.source.host}/vrrp_instance VI_1`,
    also: [],
    ...given,
  };
}

export function verdictOf(findings: readonly Finding[], given: Partial<Verdict> = {}): Verdict {
  return { findings, ignored: [], notJudged: [], judged: new Map(), gaps: [], broken: [], ...given };
}

export const plain: ReportContext = {
  colour: false,
  width: 80,
  advice: false,
  reportIgnored: false,
  version: '0.1.0',
  hosts: [
    { name: 'lb1', roles: ['director'], files: ['lb1/keepalived.conf', 'lb1/sysctl.d/90-lvs.conf'] },
    { name: 'lb2', roles: ['director'], files: ['lb2/keepalived.conf'] },
    { name: 'rs1', roles: ['real-server'], files: ['rs1/rs.sh'] },
  ],
  root: '',
  rules: () => [],
};

const director = (id: number, priority: number, vips: readonly string[]) => `global_defs {
    router_id LVS
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass Tr0ub4dor
    }
    virtual_ipaddress {
${vips.map((vip) => `        ${vip}\n`).join('')}    }
}

virtual_server 192.0.2.10 80 {
    lb_kind DR
    protocol TCP
    real_server 192.0.2.21 8080 {
        weight 1
    }
}
`;

/** Two directors and a real server's script with the mistakes that people make, as the judge hands them over. */
export function brokenCluster(): Verdict {
  const lb1 = sourceOf('lb1', 'lb1/keepalived.conf', director(51, 100, ['192.0.2.10/24', '192.0.2.11/24']));
  const lb2 = sourceOf('lb2', 'lb2/keepalived.conf', director(52, 100, ['192.0.2.10/24']));
  const script = sourceOf('rs1', 'rs1/rs.sh', '#!/bin/sh\nip addr add 192.0.2.10/24 dev lo\n', 'script');
  return {
    ignored: [],
    findings: [
      findingAt(placeOf(lb2, '52'), {
        rule: 'vrrp/virtual-router-id-differs',
        severity: 'error',
        message:
          'VI_1 on lb2 has virtual router id 52 and on lb1 51: neither hears the other, both become master',
        related: [{ at: placeOf(lb1, '51'), message: 'lb1 says 51' }],
        why: 'A director answers only adverts that carry its own id; two ids are two clusters of one director each, and both hold the addresses.',
        remedy:
          'Write the same virtual_router_id on both directors, one that no other cluster on this link uses.',
        also: [
          findingAt(placeOf(lb2, 'virtual_ipaddress'), {
            rule: 'vrrp/vip-list-differs',
            message: '192.0.2.11 is held by lb1 only',
          }),
        ],
      }),
      findingAt(placeOf(lb2, '100'), {
        related: [{ at: placeOf(lb1, '100'), message: 'claimed first here' }],
      }),
      findingAt(placeOf(lb1, '8080'), {
        rule: 'forwarding/port-differs',
        severity: 'error',
        message:
          'real server 192.0.2.21 listens on port 8080, but DR cannot change port 80 of the virtual service',
        related: [
          { at: placeOf(lb1, 'DR'), message: 'forwarding method DR' },
          {
            at: placeOf(lb1, '80', 1),
            message:
              'clients come to port 80, and with DR their packets reach the real server exactly as they were sent',
          },
        ],
        why: 'With DR and TUN the packet reaches the real server unchanged, so its port is the port that the client asked for.',
        remedy: 'Let the service on 192.0.2.21 listen on port 80, or use NAT.',
      }),
      findingAt(placeOf(script, '24'), {
        rule: 'arp/vip-prefix-on-loopback',
        message: 'rs1 raises 192.0.2.10/24 on lo, so all of 192.0.2.0/24 counts as its own',
        why: 'An address on lo with a prefix makes the kernel take every address of that network for local.',
        remedy: 'Use 192.0.2.10/32.',
      }),
      findingAt(placeOf(lb1, 'LVS'), {
        rule: 'vrrp/same-router-id',
        severity: 'info',
        message: 'lb2 has the same router_id',
      }),
    ],
    judged: new Map(),
    notJudged: [
      ...[
        'arp/arp-ignore-missing',
        'arp/arp-announce-missing',
        'kernel/strict-rp-filter',
        'arp/vip-missing',
        'kernel/a',
        'kernel/b',
      ].map((rule) => ({ rule, host: 'lb1', why: 'the files of real server 192.0.2.21 were not given' })),
      ...['lb1', 'lb2'].map((host) => ({
        rule: 'kernel/forwarding-off',
        host,
        why: 'no sysctl settings were given',
      })),
    ],
    gaps: [{ host: 'lb2', name: 'lb2/conf.d/*.conf', why: 'no file matches' }],
    broken: [{ rule: 'drift/table-differs', error: new TypeError('x is undefined') }],
  };
}
