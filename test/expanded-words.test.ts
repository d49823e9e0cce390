import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/judge/finding.ts';
import { json } from '../src/report/json.ts';
import { short } from '../src/report/short.ts';
import { text } from '../src/report/text.ts';
import { plain } from './report/samples.ts';
import { lint } from './support/lint.ts';

/** A director whose priority line, and what stands above the block, are the test's. */
function instance(priority: string, above = ''): string {
  return `${above}vrrp_instance VI_1 {
  state BACKUP
  interface eth0
  virtual_router_id 51
  ${priority}
  virtual_ipaddress {
    192.0.2.10/24
  }
}
`;
}

function shown({ at: { source, range } }: Pick<Finding, 'at'>): string {
  const line = source.text.slice(0, range.start).split('\n').length;
  return `${source.name}:${line} ${source.text.slice(range.start, range.end)}`;
}

/** The places of one rule's finding: its own, then the related ones. */
async function places(rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await lint(files);
  const found = findings.flatMap((each) => [each, ...each.also]).find((each) => each.rule === rule);
  if (found === undefined) return [];
  return [shown(found), ...found.related.map((each) => `${shown(each)}: ${each.message}`)];
}

const OWNER = 'vrrp/implicit-address-owner';
const MALFORMED = 'syntax/malformed-list-or-address';
const main = 'lb1/keepalived.conf';

describe('a finding at a word that a definition brought shows the definition too', () => {
  test('a rule', async () =>
    expect(await places(OWNER, { [main]: instance('priority $P', '$P=255\n') })).toEqual([
      `${main}:6 $P`,
      `${main}:1 255: $P is defined here`,
    ]));

  test('a fault', async () =>
    expect(await places(MALFORMED, { [main]: instance('advert_int $A', '$A="one"\n') })).toEqual([
      `${main}:6 $A`,
      `${main}:1 "one": $A is defined here`,
    ]));

  test('definitions in definitions, the outermost first', async () =>
    expect(await places(OWNER, { [main]: instance('priority ${P}', '$P=2${Q}\n$Q=5${R}\n$R=5\n') })).toEqual([
      `${main}:8 \${P}`,
      `${main}:1 2\${Q}: $P is defined here`,
      `${main}:2 5\${R}: $Q is defined here`,
      `${main}:3 5: $R is defined here`,
    ]));

  test('one that another one replaced is not shown', async () =>
    expect(await places(OWNER, { [main]: instance('priority $P', '$P=1\n$P=255\n') })).toEqual([
      `${main}:7 $P`,
      `${main}:2 255: $P is defined here`,
    ]));

  test('one of an included file', async () =>
    expect(
      await places(OWNER, {
        [main]: instance('priority $P', 'include site.conf\n'),
        'lb1/site.conf': '# this site\n$P=255\n',
      }),
    ).toEqual([`${main}:6 $P`, 'lb1/site.conf:2 255: $P is defined here']));

  test('the round of a sequence', async () => {
    const above = 'virtual_server_group G {\n  ~SEQ(X,254,257) 192.0.2.${X} 80\n}\n';
    expect(await places(MALFORMED, { [main]: instance('priority 100', above) })).toEqual([
      `${main}:2 192.0.2.\${X}`,
      `${main}:2 ~SEQ(X,254,257): $X is 256 in this round`,
    ]);
  });

  test('the line of a definition of several lines', async () => {
    const body = instance('priority ${P}').trimEnd().replaceAll('\n', ' \\\n');
    expect(await places(OWNER, { [main]: `$INSTANCE= \\\n${body}\n$P=255\n$INSTANCE\n` })).toEqual([
      `${main}:12 $INSTANCE`,
      `${main}:6 priority \${P}: $INSTANCE is defined here`,
      `${main}:11 255: $P is defined here`,
    ]);
  });

  test('what a password is defined as is not shown', async () => {
    const lines = 'authentication {\n auth_type PASS\n auth_pass $WORD\n }';
    const files = { [main]: instance(lines, '$WORD=correct-horse\n') };
    const verdict = await lint(files);
    const found = verdict.findings.find(({ rule }) => rule === 'vrrp/auth-pass-too-long');
    expect(found?.at.source.text.slice(found.at.range.start, found.at.range.end)).toBe('$WORD');
    for (const report of [text, short, json]) expect(report(verdict, plain)).not.toContain('horse');
  });

  test('a line without definitions has no such place', async () =>
    expect(await places(OWNER, { [main]: instance('priority 255', '$P=255\n') })).toEqual([`${main}:6 255`]));
});

describe('every report shows it', async () => {
  const verdict = await lint({ [main]: instance('priority $P', '$P=255\n') });

  test('text', () => expect(text(verdict, plain)).toMatch(/1 \| \$P=255\n +\| {4}--- \$P is defined here/));
  test('short', () =>
    expect(short(verdict, plain)).toContain('($P is defined here: lb1/keepalived.conf:1:4) [vrrp/'));
  test('JSON', () =>
    expect(json(verdict, plain)).toMatch(/"message": "\$P is defined here",\s+"place": \{\s+"file": "lb1/));
});
