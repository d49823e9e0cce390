import standard from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv, type AnySchemaObject } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { sarif } from '../../../src/report/sarif/log.ts';
import { lint } from '../../support/lint.ts';
import { dangerous, findingAt, placeOf, sourceOf, verdictOf } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';

/** The schema of the standard, as the maintainers of the format publish it; draft 4 and draft 7 agree on all it uses. */
const { id: _, $schema: __, ...schema }: AnySchemaObject = standard;
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly index: number };
    readonly region: Readonly<Record<string, number>>;
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly object[];
  readonly fixes?: readonly object[];
}

function runOf(report: string) {
  validate(JSON.parse(report));
  expect(validate.errors ?? []).toEqual([]);
  return JSON.parse(report).runs[0] as {
    readonly results: readonly Result[];
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly tool: { readonly driver: { readonly rules: readonly Readonly<Record<string, object>>[] } };
    readonly invocations: readonly [
      { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly object[] },
    ];
  };
}

describe.each(verdicts)('%s', (_name, verdict) => {
  const report = sarif(verdict, everything);
  const run = runOf(report);

  test('has a result for each finding, answered or not', () => {
    expect(run.results.length).toBe(verdict.findings.length + verdict.ignored.length);
    expect(run.results.filter(({ suppressions }) => suppressions).length).toBe(verdict.ignored.length);
  });

  test('has a region on every place, in an artifact of the list', () => {
    for (const { locations, relatedLocations = [] } of run.results)
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation.region;
        expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThan(0);
        const { uri, index } = physicalLocation.artifactLocation;
        expect(run.artifacts[index]?.location.uri).toBe(uri);
      }
  });

  test('tells what nobody looked at', () => {
    const { broken, gaps, notJudged } = verdict;
    const [{ executionSuccessful, toolExecutionNotifications }] = run.invocations;
    expect(toolExecutionNotifications.length).toBe(broken.length + gaps.length + notJudged.length);
    expect(executionSuccessful).toBe(broken.length === 0);
  });

  test('holds no secret, and nothing that a terminal obeys', () => {
    expect(report).not.toMatch(/secret1|cödé|1111/);
    expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
  });
});

test('every rule has its help, as text and as a page', () => {
  const { tool, results } = runOf(sarif(verdictOf([]), everything));
  expect(results).toEqual([]);
  expect(tool.driver.rules.length).toBe(3);
  for (const rule of tool.driver.rules)
    expect(rule).toMatchObject({
      help: { text: expect.stringMatching(/./), markdown: expect.stringMatching(/^# /) },
    });
});

test('places are relative to the root where they lie below it, else absolute, else what was read of a host', () => {
  const at = (path: string) => ({ ...sourceOf('lb1', path, '1'), origin: { kind: 'file', path } as const });
  const { artifacts } = runOf(
    sarif(
      verdictOf([
        findingAt(placeOf(at('/checkout/lb 1/ü#.conf'), '1')),
        findingAt(placeOf(at('/checkout2/lb1.conf'), '1')),
        findingAt(
          placeOf(
            {
              ...sourceOf('lb1', 'lb1$ ip -j address', '1'),
              origin: { kind: 'command', path: 'ip -j address' },
            },
            '1',
          ),
        ),
      ]),
      everything,
    ),
  );
  expect(artifacts.map(({ location }) => location.uri)).toEqual([
    'lb%201/%C3%BC%23.conf',
    'file:///checkout2/lb1.conf',
    'lb1%24%20ip%20-j%20address',
  ]);
  expect(artifacts[2]).toMatchObject({ description: { text: 'what ip -j address prints on lb1' } });
});

test('what somebody has answered for says how, why and where', () => {
  const finding = findingAt(placeOf(sourceOf('lb1', 'lb1.conf', '# note\n100'), '100'));
  const ignored = [{ finding, by: 'comment', reason: 'known since May', at: { ...finding.at } } as const];
  const { results } = runOf(sarif(verdictOf([], { ignored }), everything));
  expect(results[0]?.suppressions).toEqual([
    {
      kind: 'inSource',
      status: 'accepted',
      justification: 'known since May',
      location: { physicalLocation: results[0]?.locations[0]?.physicalLocation },
    },
  ]);
});

test('a fix says what to put where; one that would hold a secret is left out', () => {
  const source = sourceOf('lb1', 'lb1.conf', 'priority 100\nauth_pass Tr0ub4dor\n');
  const fixed = (text: string) =>
    findingAt(placeOf(source, '100'), {
      fix: { title: 'write it', safety: 'safe', edits: [{ ...placeOf(source, '100'), text }] },
    });
  const [plainly, secretly] = runOf(
    sarif(verdictOf([fixed('101'), fixed('auth_pass Tr0ub4dor')]), everything),
  ).results;
  expect(plainly?.fixes).toMatchObject([
    {
      description: { text: 'write it' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'lb1.conf' },
          replacements: [
            {
              deletedRegion: { startLine: 1, startColumn: 10, endLine: 1, endColumn: 13 },
              insertedContent: { text: '101' },
            },
          ],
        },
      ],
      properties: { safety: 'safe' },
    },
  ]);
  expect(secretly?.fixes).toBeUndefined();
});

const director = (id: number, priority: number, above = '') => `${above}vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    authentication {
        auth_type PASS
        auth_pass 1111
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

test('fingerprints stay when ten lines are inserted above, and differ from one another', async () => {
  const named = async (above: string) => {
    const files = {
      'lb1/keepalived.conf': director(51, 150, above),
      'lb2/keepalived.conf': director(52, 100),
    };
    const { results } = runOf(sarif(await lint(files), everything));
    return results.map(({ ruleId, partialFingerprints, locations }) => ({
      ruleId,
      fingerprint: partialFingerprints['lvsdoctor/v1'],
      line: locations[0]?.physicalLocation.region.startLine,
    }));
  };
  const before = await named('');
  const after = await named('# ten lines\n'.repeat(10));
  const names = (results: typeof before) => results.map(({ ruleId, fingerprint }) => [ruleId, fingerprint]);
  expect(before.length).toBeGreaterThan(2);
  expect(names(after)).toEqual(names(before));
  expect(after.map(({ line }) => line)).not.toEqual(before.map(({ line }) => line));
  expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(before.length);
});

test('a finding keeps its name when the same is answered for on its peer', async () => {
  const named = async (above: string) => {
    const files = {
      'lb1/keepalived.conf': director(51, 150, above),
      'lb2/keepalived.conf': director(51, 100),
    };
    const { results } = runOf(sarif(await lint(files), everything));
    const own = results.filter(({ ruleId }) => ruleId === 'security/plaintext-auth');
    return own.map(({ suppressions, partialFingerprints }) => [
      suppressions?.length ?? 0,
      partialFingerprints['lvsdoctor/v1'],
    ]);
  };
  const [[, name] = []] = await named('');
  const comment = '# lvsdoctor ignore security/plaintext-auth: a switch of 2009 needs it\n';
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  expect(await named(comment)).toEqual([
    [0, name],
    [1, expect.not.stringMatching(String(name))],
  ]);
});
