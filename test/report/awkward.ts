import type { Finding } from '../../src/judge/finding.ts';
import { findingAt, placeOf, sourceOf } from './samples.ts';

const long = sourceOf(
  'lb1',
  'lb1.conf',
  `${'x'.repeat(100_000)} priority 100 ${'y'.repeat(100_000)}
auth_pass secret1
\tauth_pass "ünï cödé#1" # c
   authentication { auth_type PASS auth_pass 1111 }
${'\t'.repeat(30)}priority 99
`,
);

const foreign = sourceOf(
  'lb2',
  '/etc/keepalived/keepalived.conf',
  [
    'vrrp_instance VI_1 {',
    '\t\tpriority\t100 # 备机上要与之一致 👍 x',
    '\t# 备机上要与之一致 e\u0301e\u0301 priority 100',
    '\tstate\u00a0MASTER \u202Eevil\u202C \x1b[31mred\x07',
    '}',
  ].join('\r\n'),
);

const saved = sourceOf(
  'lb3',
  'saved.rules',
  '-A -t 10.0.0.1:80 -s rr -p 300 -M 255.255.255.0 -A -t 10.0.0.1:80 -s rr -p 300 -M 255.255.255.0 the end\n',
  'ipvsadm-save',
);

const output = {
  ...sourceOf('lb3', 'sysctl -a', 'net.ipv4.ip_forward = 0\n', 'sysctl'),
  origin: { kind: 'command', path: 'sysctl -a' },
} as const;

const quiet = { why: 'It is so.', remedy: 'Change it.' };

/** Findings at places that are hard to print, by what is hard about them. */
export const awkward: Readonly<Record<string, Finding>> = {
  'a line of 200 KB': findingAt(placeOf(long, '100'), {
    ...quiet,
    related: [{ at: placeOf(foreign, '100'), message: 'the same here' }],
  }),
  'a password in line and message': findingAt(placeOf(long, 'secret1'), {
    ...quiet,
    severity: 'error',
    message: "auth_pass secret1 is 'secret1' on lb2 too",
  }),
  'a quoted password, part of it marked': findingAt(placeOf(long, '#1'), {
    ...quiet,
    message: 'password "ünï cödé#1" holds a #',
  }),
  'a password in a one-line block': findingAt(placeOf(long, '1111'), {
    ...quiet,
    message: 'password 1111 is known to everyone',
  }),
  'a mark behind many tabs': findingAt(placeOf(long, '99'), quiet),
  'tabs, CRLF and wide characters': findingAt(placeOf(foreign, '100', 2), quiet),
  'control characters': findingAt(placeOf(foreign, 'MASTER'), {
    ...quiet,
    message: 'the \x1b[31mred\x07 word is \u202Eevil',
    related: [
      { at: placeOf(foreign, 'evil'), message: '' },
      { at: placeOf(foreign, 'red'), message: 'red\x1b[0m' },
    ],
  }),
  'several lines': findingAt({ source: foreign, range: { start: 0, end: foreign.text.length } }, quiet),
  'the end of a file': findingAt(
    { source: saved, range: { start: saved.text.length, end: saved.text.length } },
    quiet,
  ),
  'marks that stand too far apart': findingAt(placeOf(saved, '300'), {
    ...quiet,
    related: [
      { at: placeOf(saved, '-M'), message: '' },
      { at: placeOf(saved, '300', 2), message: 'again here' },
      { at: placeOf(saved, 'end'), message: 'the end' },
    ],
  }),
  'the output of a command': findingAt(placeOf(output, '0'), { ...quiet, host: 'lb1' }),
  'more places than anybody reads': findingAt(placeOf(saved, '-s'), {
    ...quiet,
    related: Array.from({ length: 40 }, () => ({ at: placeOf(saved, 'rr'), message: 'and here' })),
    also: Array.from({ length: 20 }, (_, at) =>
      findingAt(placeOf(saved, '80'), { message: `consequence ${at + 1}` }),
    ),
  }),
};
