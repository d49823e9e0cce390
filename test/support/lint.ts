import * as index from '../../rules/index.ts';
import { entriesIn, shown } from '../../src/cli/baseline-file.ts';
import { readSettings } from '../../src/cli/settings-reader.ts';
import { collectFiles } from '../../src/collect/collection.ts';
import type { Format, Source } from '../../src/evidence/source.ts';
import { baselineSieve } from '../../src/judge/baseline.ts';
import type { Verdict } from '../../src/judge/finding.ts';
import type { AnyRule } from '../../src/judge/rule.ts';
import type { SettingsOfRules } from '../../src/judge/rule-settings.ts';
import { judgeEvidence } from '../../src/judge/worlds.ts';
import { buildCluster, type Declared } from '../../src/model/build.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { diskOf, ROOT } from './disk.ts';

/** Every rule of the project. */
export const allRules: readonly AnyRule[] = Object.values(index);

/** The model of a few files, by path: `lb1/keepalived.conf`. */
export async function clusterOf(
  files: Readonly<Record<string, string>>,
  declared?: Partial<Declared>,
): Promise<Cluster> {
  const { evidence, known } = await readFiles(files, declared);
  return buildCluster(evidence, known);
}

/** The day of every test. */
export const TODAY = '2026-11-20';

/** What the tool says of a few files, `baseline.json` among them; a rule that breaks fails the test. */
export async function lint(
  files: Readonly<Record<string, string>>,
  { settings = {}, ...declared }: Partial<Declared & { settings: SettingsOfRules }> = {},
  rules: readonly AnyRule[] = allRules,
): Promise<Verdict> {
  const { 'baseline.json': baseline, ...given } = files;
  const { evidence, known } = await readFiles(given, declared);
  const entries = baseline === undefined ? [] : entriesIn('baseline.json', baseline);
  const sieves =
    baseline === undefined ? [] : [baselineSieve({ entries, today: TODAY, isWhole: true }, shown)];
  return judgeEvidence(evidence, known, rules, { settings, rethrow: true, sieves }).verdict;
}

async function readFiles(
  { 'lvsdoctor.yaml': written = '', ...given }: Readonly<Record<string, string>>,
  declared: Partial<Declared> = {},
) {
  const { file } = readSettings(written, allRules);
  const observed = Object.entries(given).flatMap(([name, text]) => observedSource(name, text) ?? []);
  const files = Object.fromEntries(
    Object.entries(given).filter(([name]) => observedSource(name, '') === undefined),
  );
  const request = { paths: Object.keys(files), workingFolder: ROOT, declared: [] };
  const read = (await collectFiles(request, diskOf(files))).evidence;
  const evidence = { ...read, sources: [...read.sources, ...observed] };
  const known: Declared = {
    hosts:
      declared.hosts ?? new Map(Object.entries(file.hosts ?? {}).map(([name, host]) => [name, host ?? {}])),
    target: declared.target ?? file.target ?? {},
  };
  return { evidence, known };
}

/** `lb1$ ipvsadm-save -n` and `lb1$ sysctl -a` are what a running host printed; every other name is a file. */
function observedSource(name: string, text: string): Source | undefined {
  const [, host, command] = /^(\S+)\$ (.+)$/.exec(name) ?? [];
  if (host === undefined || command === undefined) return undefined;
  const format = PRINTED.find(([words]) => words.test(command))?.[1];
  if (format === undefined) throw new Error(`no format is known for what '${command}' prints`);
  return { name, host, format, basis: 'observed', text, origin: { kind: 'command', path: command } };
}

/** What the commands print that a page or a case may show. */
const PRINTED: readonly (readonly [RegExp, Format])[] = [
  [/^ipvsadm-save\b/, 'ipvsadm-save'],
  [/^ipvsadm -L\b/, 'ipvsadm-listing'],
  [/^sysctl\b/, 'sysctl'],
  [/^ip -j address\b/, 'ip-address'],
  [/^cat \/tmp\/keepalived\.json$/, 'keepalived-json'],
  [/^ethtool -k\b/, 'ethtool-features'],
  [/^stat -c\b/, 'file-modes'],
  [/^systemctl show keepalived\b/, 'unit-state'],
  [/^ip -j -d link\b/, 'ip-link'],
  [/^ip -j route\b/, 'ip-route'],
  [/^ip -j rule\b/, 'ip-rule'],
  [/^ip6?tables(?:-legacy)?-save\b/, 'iptables-save'],
  [/^arptables-save\b/, 'arptables-save'],
  [/^nft list ruleset\b/, 'nft-ruleset'],
  [/^ps\b/, 'processes'],
  [/^conntrack\b/, 'conntrack'],
  [/^sockets\b/, 'sockets'],
  [/^journalctl\b/, 'keepalived-log'],
];
