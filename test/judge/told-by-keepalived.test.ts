import { describe, expect, test } from 'vitest';
import { placeOf } from '../../grammars/tree.ts';
import type { Format } from '../../src/evidence/source.ts';
import { judge } from '../../src/judge/judge.ts';
import type { Report } from '../../src/judge/rule.ts';
import type { ClusterModel, Host, Part } from '../../src/model/cluster.ts';
import { json } from '../../src/report/json.ts';
import { short } from '../../src/report/short.ts';
import { text } from '../../src/report/text.ts';
import { plain } from '../report/samples.ts';
import { lint } from '../support/lint.ts';
import { sourceOf } from '../support/source.ts';
import { ruleOf } from './findings.ts';

/** What the judge notes of a rule that keepalived may share, which says something of its own about one case or not. */
function noted(ofRule: true | undefined, ofCase: boolean | undefined, format: Format = 'keepalived.conf') {
  const place = placeOf(sourceOf('0123456789', format), 0, 1);
  const host: Host = {
    ...{ id: 'lb1', label: 'lb1', name: 'lb1', place },
    ...{ roles: new Set(), ownAddresses: new Set(), unseen: new Map(), partial: new Map(), ignores: [] },
  };
  const rule = ruleOf('a/b', {
    ...(ofRule && { toldByKeepalived: ofRule }),
    check: (cluster: ClusterModel<Part>, report: Report) => {
      for (const each of cluster.hosts)
        report({ host: each, about: each, at: each, message: 'seen', toldByKeepalived: ofCase });
    },
  });
  return judge({ hosts: [host], target: {} }, [rule], []).findings.map((each) => each.toldByKeepalived);
}

describe('whether keepalived -t complains of the same', () => {
  test.each<[true | undefined, boolean | undefined, true | undefined]>([
    [undefined, undefined, undefined],
    [true, undefined, true],
    [true, false, undefined],
    [undefined, true, true],
    [undefined, false, undefined],
  ])('the rule says %s, the case %s: %s', (ofRule, ofCase, expected) =>
    expect(noted(ofRule, ofCase)).toEqual([expected]),
  );

  test.each<Format>(['ipvsadm-save', 'sysctl', 'script'])('it never reads %s', (format) =>
    expect(noted(true, true, format)).toEqual([undefined]),
  );
});

describe('of a file', async () => {
  const instance = (id: number, vip: string) => `vrrp_instance VI_${id} {
    interface eth0
    virtual_router_id ${id}
    colour blue
    virtual_ipaddress {
        ${vip}
    }
}
`;
  const files = {
    'lb1/keepalived.conf': `${instance(61, '192.0.2.10/24')}${instance(62, '192.0.2.300/24').replace(/ +colour.*\n/, '')}vrrp_instance VI_61 {\n}\n`,
    'lb2/keepalived.conf': instance(61, '192.0.2.10/24').replace(
      'interface',
      'priority 7 priority 8\n    interface',
    ),
  };
  const verdict = await lint(files);
  const told = (rule: string, of = /^/) =>
    verdict.findings
      .filter((each) => each.rule === rule && of.test(each.message))
      .map(({ toldByKeepalived }) => toldByKeepalived);

  test('faults that keepalived reports', () => {
    expect(told('syntax/unknown-keyword')).toEqual([true]);
    expect(told('syntax/malformed-list-or-address')).toEqual([true]);
    expect(told('syntax/repeated-keyword', /second vrrp_instance/)).toEqual([true]);
  });

  test('faults that it takes without a word', () =>
    expect(told('syntax/several-keywords-on-one-line')).toEqual([undefined]));

  test('what peers share is still told', () => {
    const shared = verdict.findings.find(({ rule }) => rule === 'syntax/unknown-keyword');
    expect(shared?.related.map(({ at }) => at.source.host)).toContain('lb2');
  });

  test('JSON says so, other reports do not', () => {
    const shown = (report: string) => [...report.matchAll(/toldByKeepalived|keepalived -t/g)].length;
    expect(shown(json(verdict, plain))).toBe(verdict.findings.filter((each) => each.toldByKeepalived).length);
    for (const report of [text, short]) expect(shown(report(verdict, { ...plain, advice: true }))).toBe(0);
  });
});
