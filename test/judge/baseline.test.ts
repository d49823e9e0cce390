import { expect, test } from 'vitest';
import { entriesIn, shown } from '../../src/cli/baseline-file.ts';
import { type BaselineEntry, baselineSieve, entriesOf } from '../../src/judge/baseline.ts';
import type { Finding } from '../../src/judge/finding.ts';
import { judge } from '../../src/judge/judge.ts';
import { allRules, clusterOf, TODAY } from '../support/lint.ts';

type Files = Readonly<Record<string, string>>;

/** What is left to report behind a baseline of `old` files, which `edit` may have changed. */
async function behind(
  old: Files,
  now: Files,
  {
    edit = (entry) => entry,
    isWhole = true,
    rules = allRules,
  }: { edit?: (entry: BaselineEntry) => BaselineEntry; isWhole?: boolean; rules?: typeof allRules } = {},
) {
  const text = JSON.stringify({ schemaVersion: 1, findings: (await baselineOf(old)).map(edit) }, null, 2);
  const cluster = await clusterOf(now);
  const baseline = { entries: entriesIn('baseline.json', text), today: TODAY, isWhole };
  const sieves = [baselineSieve(baseline, shown)];
  return judge(cluster, rules, [], { sieves, rethrow: true });
}

async function baselineOf(files: Files, older: readonly BaselineEntry[] = []) {
  let found: readonly Finding[] = [];
  judge(await clusterOf(files), allRules, [], {
    sieves: [
      (findings) => {
        found = findings;
        return { left: findings };
      },
    ],
  });
  return entriesOf(found, shown, older);
}

const LB1 = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass blue4271
    }
    virtual_ipaddress {
        192.0.2.10/24
    }
    foo 1
}
`;
const lb1 = (text = LB1) => ({ 'lb1/keepalived.conf': text });
const told = ({ findings }: { findings: readonly Finding[] }) =>
  findings.map(({ rule, message }) => `${rule}: ${message}`);

test('what is in the baseline is not reported', async () => {
  const { findings, ignored } = await behind(lb1(), lb1());
  expect(findings).toEqual([]);
  expect(new Set(ignored.map(({ by }) => by))).toEqual(new Set(['baseline']));
  expect(ignored.length).toBe((await baselineOf(lb1())).length);
});

test('ten lines inserted above change nothing', async () => {
  const { findings } = await behind(lb1(), lb1(`${'# a line\n'.repeat(10)}${LB1}`));
  expect(findings).toEqual([]);
});

test('one finding that takes the place of another of its rule in its file is reported, and so is the stale entry', async () => {
  const { findings } = await behind(lb1(), lb1(LB1.replace('foo 1', 'quux 1')));
  expect(findings.map(({ rule }) => rule).sort()).toEqual([
    'ignore/stale-baseline',
    'syntax/unknown-keyword',
  ]);
  expect(findings.find(({ rule }) => rule === 'syntax/unknown-keyword')?.message).toContain('quux');
});

test('even where both say the same of the same', async () => {
  const script = (one: string, other: string) => ({
    'lb1/keepalived.conf': LB1.replace(
      '    foo 1\n',
      `    notify_master ${one}\n    notify_backup ${other}\n`,
    ),
  });
  const { findings } = await behind(script('"/x.sh', '/y.sh'), script('/x.sh', '"/y.sh'));
  expect(told({ findings }).filter((text) => text.includes('quote')).length).toBe(1);
  expect(findings.map(({ rule }) => rule)).toContain('ignore/stale-baseline');
});

test('the same mistake on the peer is a new one', async () => {
  const lb2 = { 'lb2/keepalived.conf': LB1.replace('priority 150', 'priority 100') };
  const { findings } = await behind(lb1(), { ...lb1(), ...lb2 });
  const own = findings.filter(({ rule }) => rule === 'syntax/unknown-keyword');
  expect(own.map(({ host, related }) => [host, related.length])).toEqual([['lb2', 0]]);
});

test('what follows from a cause in the baseline is told by itself', async () => {
  const lb2 = (id: number, priority: number) => ({
    'lb2/keepalived.conf': LB1.replace('router_id 51', `router_id ${id}`).replace('150', String(priority)),
  });
  const { findings } = await behind({ ...lb1(), ...lb2(52, 100) }, { ...lb1(), ...lb2(52, 150) });
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.map(({ rule }) => rule)).not.toContain('vrrp-pair/vrid-mismatch');
});

test('an entry comes back after its last day', async () => {
  const dated = (expires: string) => ({ edit: (entry: BaselineEntry) => ({ ...entry, expires }) });
  expect((await behind(lb1(), lb1(), dated(TODAY))).findings).toEqual([]);
  const { findings, ignored } = await behind(lb1(), lb1(), dated('2026-11-19'));
  expect(ignored).toEqual([]);
  expect(findings.map(({ rule }) => rule)).toContain('syntax/unknown-keyword');
  const [keyword] = findings.filter(({ rule }) => rule === 'syntax/unknown-keyword');
  expect(keyword?.related.at(-1)).toMatchObject({
    message: 'let through up to 2026-11-19',
    at: { source: { name: 'baseline.json' } },
  });
});

test('an entry is stale only where its rule could have found it', async () => {
  const stale = (findings: readonly Finding[]) =>
    findings.filter(({ rule }) => rule === 'ignore/stale-baseline').map(({ message }) => message);
  const both = { ...lb1(), 'lb2/keepalived.conf': LB1.replace('51', '52') };
  const gone = (await behind(both, lb1())).findings;
  expect(stale(gone).length).toBe(1);
  expect(stale(gone)[0]).toContain('lb2 no longer has');
  expect(stale((await behind(both, lb1(), { isWhole: false })).findings)).toEqual([]);
});

test('written again, it forgets what is gone and keeps what was said of the rest', async () => {
  const first = await baselineOf(lb1());
  const said = first.map((entry) => ({
    ...entry,
    reason: `because of ${entry.rule}`,
    expires: '2031-01-01',
  }));
  const again = await baselineOf(lb1(LB1.replace('    foo 1\n', '')), said);
  expect(again).toEqual(said.filter(({ rule }) => rule !== 'syntax/unknown-keyword'));
  expect(await baselineOf(lb1(), said)).toEqual(said);
});

test('it is sorted, and holds no secret', async () => {
  const pair = { 'lb2/keepalived.conf': LB1.replace('blue4271', 'swordfish9'), ...lb1() };
  const entries = await baselineOf(pair);
  expect(JSON.stringify(entries)).not.toMatch(/blue4271|swordfi/);
  const keys = entries.map(({ host, rule }) => `${host} ${rule}`);
  expect(keys).toEqual(keys.toSorted());
  // A digest of a short password would give it away: it must not depend on it.
  const auth = (all: readonly BaselineEntry[]) =>
    all.filter(({ host, rule }) => host === 'lb1' && rule === 'security/plaintext-auth');
  expect(auth(await baselineOf(lb1(LB1.replace('blue4271', 'green123'))))).toEqual(
    auth(await baselineOf(lb1())),
  );
});

test.each([
  ['', '1:1: not JSON'],
  ['{ "schemaVersion": 1, "findings": [ }', 'not JSON'],
  ['<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n', '1:1: a conflict of a merge is left here'],
  ['[]', '1:1: it has no list of findings'],
  ['{ "findings": [] }', 'schemaVersion is undefined; this release knows 1'],
  ['{ "schemaVersion": 2, "findings": [] }', '1:20: schemaVersion is 2; this release knows 1'],
  ['{ "schemaVersion": 1, "findings": [1] }', 'an entry is rule, host, message and fingerprint in braces'],
])('%j is no baseline: %s', (text, message) => {
  expect(() => entriesIn('baseline.json', text)).toThrow(message);
});

const ENTRY = { rule: 'a/b', host: 'lb1', message: 'm', fingerprint: '0' };

test.each([
  [{ ...ENTRY, expire: '2027-01-01' }, '9:17: an entry has no expire: did you mean expires?'],
  [{ ...ENTRY, expires: '2027-02-30' }, '9:18: expires is a day such as 2027-01-31; not 2027-02-30'],
  [{ ...ENTRY, expires: 'next year' }, 'not next year'],
  [{ ...ENTRY, reason: 7 }, 'reason is a text'],
  [{ ...ENTRY, rule: undefined }, 'an entry lacks its rule'],
])('an entry %j is told with its place', (entry, message) => {
  const text = JSON.stringify({ schemaVersion: 1, findings: [entry] }, null, 2);
  expect(() => entriesIn('baseline.json', text)).toThrow(message);
});
