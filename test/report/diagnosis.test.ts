import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, test } from 'vitest';
import { diagnosisOf } from '../../src/judge/diagnosis.ts';
import type { Verdict } from '../../src/judge/finding.ts';
import { judge } from '../../src/judge/judge.ts';
import { diagnosisJson } from '../../src/report/diagnosis-json.ts';
import { diagnosisShort } from '../../src/report/diagnosis-short.ts';
import { diagnosisText } from '../../src/report/diagnosis-text.ts';
import { allRules, clusterOf } from '../support/lint.ts';
import { dangerous, plain } from './samples.ts';

const VIPS = { web: '192.0.2.10', mail: '192.0.2.20' };

/** A director of two VIPs that move apart from each other. */
const confOf = (state: string, priority: number) =>
  Object.entries(VIPS)
    .map(
      ([name, vip], at) => `
vrrp_instance ${name} {
    state ${state}
    interface eth0
    virtual_router_id ${51 + at}
    priority ${priority}
    virtual_ipaddress {
        ${vip}/24
    }
}
virtual_server ${vip} 80 {
    lb_algo wrr
    lb_kind DR
    protocol TCP
    real_server 192.0.2.4${at} 80 {
        TCP_CHECK {
        }
    }
}
`,
    )
    .join('');

const addresses = (vips: readonly string[]) =>
  JSON.stringify([
    { ifname: 'eth0', addr_info: vips.map((local) => ({ family: 'inet', local, prefixlen: 24 })) },
  ]);

const tableOf = (vips: readonly string[], weight = 1) =>
  vips
    .map((vip, at) => `-A -t ${vip}:80 -s wrr\n-a -t ${vip}:80 -r 192.0.2.4${at}:80 -g -w ${weight}\n`)
    .join('');

const both = Object.values(VIPS);
const PAIR = {
  'lb1/keepalived.conf': confOf('MASTER', 150),
  'lb2/keepalived.conf': confOf('BACKUP', 100),
  'lb1$ ip -j address': addresses(['192.0.2.2', ...both]),
  'lb2$ ip -j address': addresses(['192.0.2.3']),
  'lb1$ ipvsadm-save -n': tableOf(both),
  'lb2$ ipvsadm-save -n': tableOf(both),
};

async function reportOf(files: Readonly<Record<string, string>>, given: Partial<Verdict> = {}) {
  const cluster = await clusterOf(files);
  const verdict = { ...judge(cluster, allRules, [], { rethrow: true }), ...given };
  const diagnosis = diagnosisOf(cluster, verdict.findings);
  const context = { ...plain, diagnosis };
  return {
    diagnosis,
    verdict,
    text: diagnosisText(verdict, context),
    short: diagnosisShort(verdict, context),
    json: diagnosisJson(verdict, context),
  };
}

const changed = (files: typeof PAIR, other: Readonly<Record<string, string>>) => ({ ...files, ...other });

describe('the verdict', () => {
  test('names who answers for each VIP and with how many servers', async () => {
    const { text } = await reportOf(PAIR);
    const lines = text.trimEnd().split('\n');
    expect(
      lines.some((line) => line.startsWith('VIP 192.0.2.10: clients are answered by lb1; 1 server in')),
    ).toBe(true);
    expect(text).toContain('VIP 192.0.2.20: clients are answered by lb1');
  });

  test('says of two holders, of none, and of a table without servers that no client is served as wished', async () => {
    const two = await reportOf(
      changed(PAIR, { 'lb2$ ip -j address': addresses(['192.0.2.3', '192.0.2.10']) }),
    );
    expect(two.text).toContain('VIP 192.0.2.10: on lb1, lb2 at once');
    const none = await reportOf(changed(PAIR, { 'lb1$ ip -j address': addresses(['192.0.2.2', VIPS.mail]) }));
    expect(none.text).toContain('VIP 192.0.2.10: on no director');
    const empty = await reportOf(changed(PAIR, { 'lb1$ ipvsadm-save -n': '-A -t 192.0.2.10:80 -s wrr\n' }));
    expect(empty.text).toContain('VIP 192.0.2.10: on lb1; no servers in the table of lb1');
    const idle = await reportOf(changed(PAIR, { 'lb1$ ipvsadm-save -n': tableOf(both, 0) }));
    expect(idle.text.replace(/\s+/g, ' ')).toContain('1 server in the table of lb1, 1 of weight 0');
  });

  test('takes nobody for absent whose addresses were not seen', async () => {
    const { 'lb1$ ip -j address': _, ...rest } = PAIR;
    expect((await reportOf(rest)).text).toContain('VIP 192.0.2.10: on no director that was seen (not lb1)');
    const { 'lb2$ ip -j address': __, ...blind } = rest;
    expect((await reportOf(blind)).text).toContain('VIP 192.0.2.10: nobody saw who has it');
  });

  test('is the first line in a chat, and no line there is longer than 160', async () => {
    const { short } = await reportOf(
      changed(PAIR, { 'lb2$ ip -j address': addresses(['192.0.2.3', ...both]) }),
    );
    const lines = short.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^2 VIPs: 192\.0\.2\.10 on lb1, lb2 at once, 192\.0\.2\.20 on lb1, lb2 at once; \d errors? on lb1/,
    );
    expect(lines[1]).toMatch(/^error lb1: lb1 and lb2 have VIP .* \(vrrp-pair\/dual-master/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(160);
  });
});

describe('sections', () => {
  test('bring what concerns one VIP under it, and what concerns both under both', async () => {
    const { diagnosis, text } = await reportOf(
      changed(PAIR, { 'lb2$ ip -j address': addresses(['192.0.2.3', '192.0.2.20']) }),
    );
    const [first] = diagnosis.sections;
    expect(first?.vips.map(({ names }) => names)).toEqual([['192.0.2.20']]);
    expect(first?.parts[0]?.findings[0]?.rule).toBe('vrrp-pair/dual-master');
    expect(text).toMatch(
      /^== VIP 192\.0\.2\.20\n {3}on lb1, lb2 at once \(mail\)\n {3}192\.0\.2\.20:80\/TCP {2}servers in the table: 1 on lb1, 1 on lb2\n/,
    );
    const shared = diagnosis.sections.filter(({ vips }) => vips.length === 2);
    expect(shared.flatMap(({ parts }) => parts.flatMap((part) => part.findings))).not.toEqual([]);
  });

  test('hold every finding once', async () => {
    const { diagnosis, verdict } = await reportOf(
      changed(PAIR, { 'lb1$ ipvsadm-save -n': tableOf(['192.0.2.10']) }),
    );
    const told = diagnosis.sections.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
    expect(new Set(told)).toEqual(new Set(verdict.findings));
    expect(told).toHaveLength(verdict.findings.length);
    const service = diagnosis.sections
      .flatMap(({ parts }) => parts)
      .find((part) => part.service !== undefined);
    expect(service?.service?.label).toBe('192.0.2.20:80/TCP');
  });

  test('end with what belongs to no VIP', async () => {
    const stray = { 'spare/keepalived.conf': 'global_defs {\n    vrrp_strict_x\n}\n' };
    const { diagnosis, text } = await reportOf({ ...PAIR, ...stray });
    expect(diagnosis.sections.at(-1)?.vips).toEqual([]);
    expect(text).toContain('== For no VIP\n');
    expect(text).toMatch(/\nbesides: .* on spare/);
  });
});

test('VIPs that share an instance are one, and a cluster without any says so', async () => {
  const conf = PAIR['lb1/keepalived.conf'].replace('192.0.2.10/24', '192.0.2.10/24\n        192.0.2.20/24');
  const { diagnosis } = await reportOf({ 'lb1/keepalived.conf': conf });
  expect(diagnosis.vips.map(({ names }) => names)).toEqual([['192.0.2.10', '192.0.2.20']]);
  const bare = await reportOf({ 'lb1$ sysctl -a': 'net.ipv4.ip_forward = 0\n' });
  expect(bare.short).toMatch(/^no virtual service and no VRRP instance was seen/);
});

test('a host that was not seen is named in the verdict', async () => {
  const gaps = [{ host: 'rs2', name: 'rs2', why: 'timeout' }];
  const { text, short } = await reportOf(PAIR, { gaps });
  expect(text.trimEnd().split('\n').at(-1)).toBe('rs2 not seen, or only in part');
  expect(short.split('\n')[0]).toMatch(/; rs2 not seen, or only in part$/);
});

test('JSON is as the published schema says, and names each finding by its fingerprint', async () => {
  const { json, verdict } = await reportOf(
    changed(PAIR, { 'lb1$ ipvsadm-save -n': tableOf(['192.0.2.10']) }),
  );
  const schema = readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8');
  const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema) as AnySchemaObject);
  const data = JSON.parse(json) as {
    findings: readonly { fingerprint: string }[];
    sections: readonly { parts: readonly { findings: readonly string[] }[] }[];
  };
  validate(data);
  expect(validate.errors ?? []).toEqual([]);
  const named = data.sections.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
  expect(named.toSorted()).toEqual(data.findings.map(({ fingerprint }) => fingerprint).toSorted());
  expect(named).toHaveLength(verdict.findings.length);
});

test('no name reaches a terminal as it is', async () => {
  const conf = PAIR['lb1/keepalived.conf'].replaceAll('web', 'w\u202Eeb\x1b[31m');
  const { text, short } = await reportOf({ ...PAIR, 'lb1/keepalived.conf': conf });
  for (const line of `${text}${short}`.split('\n')) expect(line).not.toMatch(dangerous);
});
