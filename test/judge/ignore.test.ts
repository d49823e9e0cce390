import { describe, expect, test } from 'vitest';
import type { Finding, Verdict } from '../../src/judge/finding.ts';
import { fixedWith } from '../support/fix.ts';
import { allRules, lint } from '../support/lint.ts';

const INSTANCE = (above: string, password = 'auth_pass blue4271', priority = 150) => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int 1
${above}    authentication {
        auth_type PASS
        ${password}
    }
    virtual_ipaddress {
        192.0.2.10/24
    }
}
`;
const IGNORE = '    # lvsdoctor ignore security/plaintext-auth: nobody else is on the link\n';

const rulesOf = ({ findings }: Verdict) => findings.map(({ rule }) => rule);
const ignoredBy = ({ ignored }: Verdict) =>
  ignored.map(({ finding, by, reason }) => [finding.rule, by, reason]);
const flat = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ rule, also }) => [rule, ...flat(also)]);
const lb1 = (text: string) => lint({ 'lb1/keepalived.conf': text });

test('what a comment answers for is not reported, and kept with its reason', async () => {
  expect(rulesOf(await lb1(INSTANCE('')))).toContain('security/plaintext-auth');
  const verdict = await lb1(INSTANCE(IGNORE));
  expect(rulesOf(verdict)).not.toContain('security/plaintext-auth');
  expect(ignoredBy(verdict)).toEqual([['security/plaintext-auth', 'comment', 'nobody else is on the link']]);
  const [{ at } = {}] = verdict.ignored;
  expect(at?.source.text.slice(at.range.start, at.range.end)).toBe(IGNORE.trim());
});

test.each([
  ['behind the line', INSTANCE('', `auth_pass blue4271 ${IGNORE.trim()}`)],
  ['at the head of the block', INSTANCE('').replace('{', `{\n${IGNORE}`)],
  ['above the block', `${IGNORE}${INSTANCE('')}`],
  ['in the way that ! begins a comment', INSTANCE(IGNORE.replace('#', '!'))],
])('a comment %s answers', async (_, text) => {
  const verdict = await lb1(text);
  expect(rulesOf(verdict).filter((rule) => /plaintext|^ignore/.test(rule))).toEqual([]);
  expect(verdict.ignored.length).toBe(1);
});

test.each([
  ['in a quoted password', INSTANCE('', 'auth_pass "a # lvsdoctor ignore security/plaintext-auth: x"')],
  ['glued to a password', INSTANCE('', 'auth_pass a#lvsdoctor ignore security/plaintext-auth: x')],
  ['without a reason', INSTANCE('    # lvsdoctor ignore security/plaintext-auth\n')],
  ['of another block', `${INSTANCE('')}${IGNORE}global_defs {\n}\n`],
])('a comment %s does not answer', async (_, text) => {
  const verdict = await lb1(text);
  expect(flat(verdict.findings)).toContain('security/plaintext-auth');
  expect(verdict.ignored).toEqual([]);
});

test('an included file answers for itself', async () => {
  const verdict = await lint({
    'lb1/keepalived.conf': 'include part.conf\n',
    'lb1/part.conf': INSTANCE(IGNORE),
  });
  expect(ignoredBy(verdict).length).toBe(1);
  expect(rulesOf(verdict).filter((rule) => rule.startsWith('ignore/'))).toEqual([]);
});

test('sysctl files, scripts and saved tables have comments as well', async () => {
  const verdict = await lint({
    'rs1/rs.sh':
      '#!/bin/sh\n# lvsdoctor ignore arp/vip-not-host-mask: the switch wants it\nip addr add 192.0.2.10/24 dev lo\n',
    'lb1/sysctl.d/90-lvs.conf':
      '; lvsdoctor ignore kernel/obsolete-key: an old kernel\nnet.ipv4.tcp_tw_recycle = 0\n',
    'lb1/ipvsadm.rules': '# lvsdoctor ignore syntax/refused-command: known\n-A -t 192.0.2.100:80 -s wrr -o\n',
  });
  expect(
    ignoredBy(verdict)
      .map(([rule]) => rule)
      .sort(),
  ).toEqual(['arp/vip-not-host-mask', 'kernel/obsolete-key', 'syntax/refused-command']);
});

test('several rules in one comment', async () => {
  const both = IGNORE.replace('auth:', 'auth, vrrp/auth-pass-too-long:');
  const verdict = await lb1(INSTANCE(both, 'auth_pass blue4271x'));
  expect(
    ignoredBy(verdict)
      .map(([rule]) => rule)
      .sort(),
  ).toEqual(['security/plaintext-auth', 'vrrp/auth-pass-too-long']);
});

test('of what one text repeats, the rest is still told', async () => {
  const foo = '    foo 1\n';
  const note = '    # lvsdoctor ignore syntax/unknown-keyword: a patched build\n';
  const said = async (...lines: string[]) => {
    const { findings, ignored } = await lb1(INSTANCE(lines.join('')));
    const own = findings.filter(({ rule }) => /unknown-keyword|^ignore/.test(rule));
    return [own.map(({ rule }) => rule), ignored.length];
  };
  expect(await said(note, foo, note, foo)).toEqual([[], 1]);
  expect(await said(note, foo, foo)).toEqual([['syntax/unknown-keyword'], 0]);
});

test('what peers share is told of the one that nobody answers for', async () => {
  const { findings, ignored } = await lint({
    'lb1/keepalived.conf': INSTANCE(IGNORE),
    'lb2/keepalived.conf': INSTANCE('', undefined, 100),
  });
  const own = findings.filter(({ rule }) => rule === 'security/plaintext-auth');
  expect(own.map(({ host, related }) => [host, related.length])).toEqual([['lb2', 0]]);
  expect(ignored.map(({ finding }) => finding.host)).toEqual(['lb1']);
});

test('what follows from an ignored cause is told by itself', async () => {
  const pair = (note: string) => ({
    'lb1/keepalived.conf': INSTANCE('').replace('192.0.2.10/24', '192.0.2.10/24\n        192.0.2.11/24'),
    'lb2/keepalived.conf': INSTANCE('', undefined, 100).replace(
      '    virtual_router_id 51',
      `${note}    virtual_router_id 52`,
    ),
  });
  const before = await lint(pair(''));
  const cause = before.findings.find(({ also }) => also.length > 0);
  if (cause === undefined) throw new Error('nothing is folded here');
  const after = await lint(pair(`    # lvsdoctor ignore ${cause.rule}: the pair is being split\n`));
  expect(after.ignored.map(({ finding }) => finding.rule)).toEqual([cause.rule]);
  for (const { rule } of cause.also) expect(rulesOf(after)).toContain(rule);
  expect([...flat(after.findings), cause.rule].sort()).toEqual(flat(before.findings).sort());
});

describe('an ignore that answers for nothing', () => {
  const unused = (verdict: Verdict) => verdict.findings.filter(({ rule }) => rule === 'ignore/unused');

  test('is told, and goes with a safe fix', async () => {
    const text = INSTANCE(IGNORE, 'auth_pass blue4271').replace(/ {4}authentication \{[^}]*\}\n/, '');
    const [finding] = unused(await lb1(text));
    expect(finding?.message).toBe('security/plaintext-auth finds nothing here');
    expect(finding?.fix?.safety).toBe('safe');
    expect(fixedWith({ 'lb1/keepalived.conf': text }, [finding as Finding])['lb1/keepalived.conf']).toBe(
      text.replace(IGNORE, ''),
    );
  });

  test('loses only the names that are not needed', async () => {
    const text = INSTANCE(IGNORE.replace('ignore ', 'ignore vrrp/no-tracking, '));
    const [finding] = unused(await lb1(text));
    expect(finding?.message).toBe('vrrp/no-tracking finds nothing here');
    expect(fixedWith({ 'lb1/keepalived.conf': text }, [finding as Finding])['lb1/keepalived.conf']).toBe(
      INSTANCE(IGNORE),
    );
  });

  test('is the outer one of two', async () => {
    const [finding] = unused(await lb1(`${IGNORE}${INSTANCE(IGNORE)}`));
    expect(finding?.at.range.start).toBe(4);
  });

  test('is not told where the rule is off, or could not judge, or needs the other hosts', async () => {
    const off = { everywhere: new Map([['security/plaintext-auth', { severity: 'off' as const }]]) };
    const text = INSTANCE(IGNORE);
    expect(unused(await lint({ 'lb1/keepalived.conf': text }, { settings: off }))).toEqual([]);
    const pair = INSTANCE(IGNORE.replace('security/plaintext-auth', 'vrrp-pair/priority-order'));
    expect(unused(await lb1(pair))).toEqual([]);
    const peer = { 'lb2/keepalived.conf': INSTANCE('', undefined, 100) };
    expect(unused(await lint({ 'lb1/keepalived.conf': pair, ...peer })).length).toBe(1);
    const modes = INSTANCE(IGNORE.replace('security/plaintext-auth', 'security/config-readable'));
    expect(unused(await lb1(modes))).toEqual([]);
  });

  test('is one where a file serves two hosts and one of them needs it', async () => {
    const text = INSTANCE(IGNORE).replace('        auth_pass', '        @lb1 auth_pass');
    const verdict = await lint({ 'keepalived.conf': `@lb2 vrrp_version 2\n${text}` });
    expect(unused(verdict)).toEqual([]);
  });
});

test('an unknown name is told with the one that is meant', async () => {
  const { findings } = await lb1(INSTANCE(IGNORE.replace('plaintext', 'plaintxt')));
  expect(findings.find(({ rule }) => rule === 'ignore/unknown-rule')).toMatchObject({
    message: 'there is no rule security/plaintxt-auth: did you mean security/plaintext-auth?',
    fix: { safety: 'review' },
  });
});

test.each(allRules.filter(({ ignorable }) => ignorable === false).map(({ id }) => id))(
  'no comment answers for %s',
  async (id) => {
    const text = `# lvsdoctor ignore ${id}: why not\nvrrp_instance A {\n  # lvsdoctor ignore x/y: z\n  # lvsdoctor ignore\n`;
    const { findings, ignored } = await lb1(text);
    expect(ignored).toEqual([]);
    expect(findings.map(({ message }) => message)).toContain(`no comment can answer for ${id}`);
  },
);
