import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, test } from 'vitest';
import { WrongUse } from '../../src/cli/exit.ts';
import { readSymptoms } from '../../src/cli/library.ts';
import { symptomCalled, walkThrough } from '../../src/cli/walk.ts';
import { diagnosisOf } from '../../src/judge/diagnosis.ts';
import type { Verdict } from '../../src/judge/finding.ts';
import { judge } from '../../src/judge/judge.ts';
import { diagnosisJson } from '../../src/report/diagnosis-json.ts';
import { diagnosisShort } from '../../src/report/diagnosis-short.ts';
import { diagnosisText } from '../../src/report/diagnosis-text.ts';
import { plain } from '../report/samples.ts';
import { allRules, clusterOf } from '../support/lint.ts';

const confOf = (state: string, priority: number, vrid = 51) => `
vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    virtual_ipaddress {
        192.0.2.10/24
    }
}
virtual_server 192.0.2.10 80 {
    lb_algo wrr
    lb_kind DR
    protocol TCP
    real_server 192.0.2.41 80 {
        TCP_CHECK {
        }
    }
}
`;
const addresses = (...vips: readonly string[]) =>
  JSON.stringify([
    { ifname: 'eth0', addr_info: vips.map((local) => ({ family: 'inet', local, prefixlen: 24 })) },
  ]);
const LB1 = {
  'lb1/keepalived.conf': confOf('MASTER', 150),
  'lb1$ ip -j address': addresses('192.0.2.2', '192.0.2.10'),
};
const LB2 = {
  'lb2/keepalived.conf': confOf('BACKUP', 100),
  'lb2$ ip -j address': addresses('192.0.2.3'),
};

async function walked(name: string, files: Readonly<Record<string, string>>, given: Partial<Verdict> = {}) {
  const cluster = await clusterOf(files);
  const verdict = { ...judge(cluster, allRules, [], { rethrow: true }), ...given };
  const walk = walkThrough(symptomCalled(name), cluster, verdict);
  const context = { ...plain, diagnosis: diagnosisOf(cluster, verdict.findings), walk };
  const results = walk.steps.flatMap((step) => step.results);
  return {
    walk,
    of: (rule: string) => results.find(({ rules }) => rules.length === 1 && rules[0] === rule),
    text: diagnosisText(verdict, context),
    short: diagnosisShort(verdict, context),
    json: diagnosisJson(verdict, context),
  };
}

describe('a walk', () => {
  test('rules in what a rule found, with host and message, and rules out what both directors were seen for', async () => {
    const { of, text, short } = await walked('vip-on-both-directors', {
      ...LB1,
      ...LB2,
      'lb2/keepalived.conf': confOf('BACKUP', 100, 52),
    });
    expect(of('vrrp-pair/vrid-mismatch')?.state).toBe('ruled in');
    expect(text).toContain('  ruled in    both, with different vrid');
    expect(text).toContain('error lb2: lb2 uses virtual router id 52, lb1 uses 51');
    expect(of('vrrp-pair/version-mismatch')?.state).toBe('ruled out');
    expect(short).toMatch(
      /\nvip-on-both-directors: 1 of \d+ causes ruled in: both, with different vrid; \d+ ruled out, /,
    );
  });

  test('rules nothing out of a pair of which one director was seen, or of hosts that nobody saw', async () => {
    const alone = await walked('vip-on-both-directors', LB1);
    expect(alone.of('vrrp-pair/version-mismatch')).toMatchObject({
      state: 'not judged',
      why: ['only one director was seen'],
    });
    const gaps = [{ host: 'lb3', name: 'lb3', why: 'timeout' }];
    const lost = await walked('vip-on-both-directors', { ...LB1, ...LB2 }, { gaps });
    expect(lost.of('vrrp-pair/version-mismatch')).toMatchObject({
      state: 'not judged',
      why: ['lb3 was not seen, or only in part'],
    });
  });

  test('rules nothing out by a rule that saw no host, and says what was not seen', async () => {
    const { of, text } = await walked('vip-on-both-directors', { ...LB1, ...LB2 });
    expect(of('firewall/vrrp-blocked')?.state).toBe('not judged');
    expect(text).toContain('not judged  nothing but Receive advertisement timeout');
    expect(text).toContain("  on each director:\n    tcpdump -nni IF -c 5 'proto 112'\n");
  });

  test('rules nothing out of real servers that nobody looked at', async () => {
    const { walk } = await walked('check-green-service-dead', { ...LB1, ...LB2 });
    const ofServers = walk.steps
      .filter(({ where }) => where === 'On each real server')
      .flatMap(({ results }) => results.filter(({ rules }) => rules.length > 0));
    expect(ofServers.length).toBeGreaterThan(0);
    expect(ofServers.map(({ state }) => state)).not.toContain('ruled out');
    expect(ofServers.flatMap(({ why }) => why)).toContain('nobody looked at real server 192.0.2.41');
  });

  test.each(readSymptoms().map(({ name }) => name))('of %s is as the published schema says', async (name) => {
    const { json, walk, text } = await walked(name, { ...LB1, ...LB2 });
    const schema = readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema) as AnySchemaObject);
    validate(JSON.parse(json));
    expect(validate.errors ?? []).toEqual([]);
    for (const { results } of walk.steps)
      for (const { seen, means } of results) expect(seen + means).not.toContain('**');
    for (const line of text.split('\n'))
      if (!line.startsWith('    ')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

test('a symptom is found by name or by words that surely mean it; others are wrong use', () => {
  expect(symptomCalled('vip on both directors').name).toBe('vip-on-both-directors');
  expect(symptomCalled('split brain').name).toBe('vip-on-both-directors');
  expect(() => symptomCalled('vip')).toThrow(WrongUse);
  expect(() => symptomCalled('xyzzy')).toThrow('no symptom is called xyzzy; lvsdoctor explain lists them');
});
