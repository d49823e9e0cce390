import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import type { RuleSetting, RuleSettings, SettingsOfRules } from '../../src/judge/rule-settings.ts';
import { lint } from '../support/lint.ts';

const sysctl = (limit: number) => `net.ipv4.vs.conntrack = 1\nnet.netfilter.nf_conntrack_max = ${limit}\n`;
const FILES = { 'lb1/sysctl.d/90.conf': sysctl(32_768), 'lb2/sysctl.d/90.conf': sysctl(40_000) };

const of = (settings: Readonly<Record<string, RuleSetting>>): RuleSettings =>
  new Map(Object.entries(settings));

/** What conntrack/table-size says of which host. */
async function said(settings: SettingsOfRules, files: Readonly<Record<string, string>> = FILES) {
  const { findings } = await lint(files, { settings });
  const told = (finding: Finding) => `${finding.host} ${finding.severity}`;
  return findings.filter(({ rule }) => rule === 'conntrack/table-size').map(told);
}

describe('what the settings say of a rule', () => {
  test.each<[string, SettingsOfRules, readonly string[]]>([
    ['nothing', {}, ['lb1 warning', 'lb2 warning']],
    [
      'another severity',
      { everywhere: of({ 'conntrack/table-size': { severity: 'error' } }) },
      ['lb1 error', 'lb2 error'],
    ],
    ['off', { everywhere: of({ 'conntrack/table-size': { severity: 'off' } }) }, []],
    ['its topic off', { everywhere: of({ 'conntrack/*': { severity: 'off' } }) }, []],
    [
      'its topic off, and the rule not',
      {
        everywhere: of({ 'conntrack/*': { severity: 'off' }, 'conntrack/table-size': { severity: 'info' } }),
      },
      ['lb1 info', 'lb2 info'],
    ],
    [
      'another topic off',
      { everywhere: of({ 'arp/*': { severity: 'off' } }) },
      ['lb1 warning', 'lb2 warning'],
    ],
    [
      'off on one host',
      { onHost: new Map([['lb1', of({ 'conntrack/table-size': { severity: 'off' } })]]) },
      ['lb2 warning'],
    ],
    [
      'off, and on again for one host by its topic',
      {
        everywhere: of({ 'conntrack/table-size': { severity: 'off' } }),
        onHost: new Map([['lb2', of({ 'conntrack/*': { severity: 'error' } })]]),
      },
      ['lb2 error'],
    ],
    [
      'another threshold',
      { everywhere: of({ 'conntrack/table-size': { thresholds: { least: 36_000 } } }) },
      ['lb1 warning'],
    ],
    [
      'a threshold for all and another for one host, whose severity is said apart',
      {
        everywhere: of({ 'conntrack/table-size': { severity: 'error', thresholds: { least: 36_000 } } }),
        onHost: new Map([['lb2', of({ 'conntrack/table-size': { thresholds: { least: 50_000 } } })]]),
      },
      ['lb1 error', 'lb2 error'],
    ],
  ])('%s', async (_, settings, expected) => {
    expect(await said(settings)).toEqual(expected);
  });

  test('a rule that is off on a host says nothing of what it could not judge there', async () => {
    const files = {
      'lb1/keepalived.conf': 'include gone.conf\n',
      'lb2/keepalived.conf': 'include gone.conf\n',
    };
    const settings = {
      onHost: new Map([['lb1', of({ 'vrrp/failback-without-delay': { severity: 'off' } as const })]]),
    };
    const { notJudged } = await lint(files, { settings });
    const hosts = notJudged
      .filter(({ rule }) => rule === 'vrrp/failback-without-delay')
      .map(({ host }) => host);
    expect(hosts).toEqual(['lb2']);
  });
});
