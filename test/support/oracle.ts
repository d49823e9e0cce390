import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from '../../src/evidence/lines.ts';
import type { Inclusion } from '../../src/evidence/source.ts';
import type { Finding } from '../../src/judge/finding.ts';
import { judge } from '../../src/judge/judge.ts';
import { buildCluster } from '../../src/model/build.ts';
import { allRules } from './lint.ts';

/** The config id of the machine that was asked: `@vm` lines count. */
const CONFIG_ID = 'vm';

/** One run of `keepalived -t`. */
export interface Run {
  /** A number; a text where keepalived itself crashed or was killed. */
  readonly exit: number | string;
  readonly messages: readonly string[];
}

/** A real file of the corpus with what keepalived 2.2.7 said of it. */
export interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly class?: string;
  readonly oracle: Run & {
    readonly with_interfaces?: Run & { readonly same?: true };
    readonly provisioned?: Run & { readonly same?: true };
    /** Messages about the machine: a missing user, script, include, resolver, build option. */
    readonly environment?: Readonly<Record<string, readonly string[]>>;
  };
}

/** The keepalived files of a corpus folder. */
export function readCorpus(folder: string): readonly CorpusFile[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: CorpusFile[] };
  return manifest.files.filter(({ kind }) => kind === 'keepalived');
}

/** What keepalived complains of in the file itself; undefined where it crashed instead of answering. */
export function complaintsOf({ oracle }: CorpusFile): readonly string[] | undefined {
  const run = [oracle.provisioned, oracle.with_interfaces].find((each) => each && !each.same) ?? oracle;
  if (typeof run.exit === 'string') return undefined;
  return ofTheFile(run.messages, Object.values(oracle.environment ?? {}).flat());
}

/** Whether a program is installed, and that it runs without enable_script_security where it is. */
const OF_THE_MACHINE = /^(?:SECURITY VIOLATION|Disabling track script)/;

/** Leaves out what the machine decides: `environment`, what follows from it, and programs. */
function ofTheFile(messages: readonly string[], environment: readonly string[]): readonly string[] {
  const lost = environment.flatMap(
    (message) => /(?:vrrp script|Disabling track script) (\S+)/.exec(message)?.[1] ?? [],
  );
  return messages.filter((message) => {
    if (environment.includes(message) || OF_THE_MACHINE.test(message)) return false;
    const track = /track script (\S+) not found, ignoring/.exec(message)?.[1];
    return track === undefined || !lost.includes(track);
  });
}

/** The lines that a message names. */
export function linesIn(messages: readonly string[]): readonly number[] {
  return messages.flatMap((message) => {
    const line = /^\(Line (\d+)\)/.exec(message)?.[1];
    return line === undefined ? [] : [Number(line)];
  });
}

/** What the tool says of one keepalived.conf and what it includes, as the machine that was asked would read it. */
export function findingsOf(
  text: string,
  release = '2.2.7',
  includes?: ReadonlyMap<string, Inclusion>,
): readonly Finding[] {
  // A last line for this machine's id, which keepalived reads as nothing, makes it the node that the file is for.
  const whole = includes !== undefined || /^[ \t]*@/m.test(text) ? `${text}\n@${CONFIG_ID}\n` : text;
  const name = 'keepalived.conf';
  const source = {
    name,
    host: CONFIG_ID,
    format: 'keepalived.conf' as const,
    basis: 'written' as const,
    text: whole,
    origin: { kind: 'file' as const, path: `/${name}` },
    ...(includes && { includes }),
  };
  const cluster = buildCluster(
    { sources: [source], gaps: [] },
    { hosts: new Map(), target: { keepalived: release } },
  );
  const { findings } = judge(cluster, allRules, [], { rethrow: true });
  const withAll = (finding: Finding): Finding[] => [finding, ...finding.also.flatMap(withAll)];
  return findings.flatMap(withAll);
}

/** The line that a finding points at. */
export function lineOf({ at }: Finding): number {
  return linesOf(at.source).positionAt(at.range.start).line;
}

/** Those findings that `keepalived -t` shares. */
export function toldOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ toldByKeepalived }) => toldByKeepalived === true);
}
