import { type Fix, reviewedFix, safeFix, worded } from '../evidence/fix.ts';
import type { Place } from '../evidence/place.ts';
import type { Cluster, Fault, Host } from '../model/cluster.ts';
import { append } from '../model/grouping.ts';
import { type Ignore, ignoresOf, nearest } from '../model/ignores.ts';
import type { Finding, IgnoredFinding } from './finding.ts';
import type { AnyRule } from './rule.ts';
import type { Heard, Sieve } from './sieve.ts';

/** Takes out what comments in the files answer for, and complains of comments that answer for nothing. */
export function ignoresInFiles({ hosts }: Cluster, rules: readonly AnyRule[]): Sieve {
  if (hosts.every(({ ignores }) => ignores.length === 0)) return (findings) => ({ left: findings });
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return (findings, heard) => {
    const used = new Set<string>();
    const left: Finding[] = [];
    const ignored: IgnoredFinding[] = [];
    for (const finding of findings) {
      const ignore = known.get(finding.rule)?.ignorable === false ? undefined : answerOf(finding, used);
      if (ignore === undefined) left.push(finding);
      else ignored.push({ finding, by: 'comment', reason: ignore.reason, at: ignore.place });
    }
    return { left, ignored, faults: faultsOf(hosts, known, used, heard) };
  };
}

/** The comment that answers for a finding, for each of its places where it has several that are alike. */
function answerOf({ rule, at, related }: Finding, used: Set<string>): Ignore | undefined {
  const alike = related.filter(({ message }) => message === 'the same here').map((other) => other.at);
  const answers = [at, ...alike].map((place) => {
    // The innermost comment answers.
    const answer = ignoresOf(place.source).findLast((ignore) => answersFor(ignore, rule, place));
    if (answer !== undefined) used.add(keyOf(answer, rule));
    return answer;
  });
  return answers.every((answer) => answer !== undefined) ? answers[0] : undefined;
}

function answersFor({ covers, names, reason }: Ignore, rule: string, { range }: Place): boolean {
  return (
    reason !== '' &&
    covers !== undefined &&
    range.start >= covers.start &&
    range.start < covers.end &&
    names.some(({ text }) => text === rule)
  );
}

/** A comment and a rule that it names; a file that serves two hosts is one. */
function keyOf({ place: { source, range } }: Ignore, rule: string): string {
  const { kind, path } = source.origin;
  return [kind === 'file' ? path : `${source.host}\n${source.name}`, range.start, rule].join('\n');
}

function faultsOf(
  hosts: readonly Host[],
  known: ReadonlyMap<string, AnyRule>,
  used: ReadonlySet<string>,
  heard: Heard,
): ReadonlyMap<string, readonly Fault[]> {
  const needed = new Set(used);
  const mayFind = mayFindMore(hosts, known, heard);
  for (const host of hosts)
    for (const ignore of host.ignores)
      for (const { text } of ignore.names) if (mayFind(text, host)) needed.add(keyOf(ignore, text));
  const faults = new Map<string, Fault[]>();
  for (const { name, ignores } of hosts)
    for (const ignore of ignores)
      for (const fault of faultsIn(ignore, known, needed)) append(faults, name, fault);
  return faults;
}

/** Whether more evidence may show what a rule did not find. */
export function mayFindMore(
  hosts: readonly Host[],
  known: ReadonlyMap<string, AnyRule>,
  { judged, notJudged }: Heard,
): (rule: string, host: Host) => boolean {
  const doubtful = new Set(notJudged.map(({ rule, host }) => `${rule}\n${host}`));
  return (rule, { name }) =>
    known.has(rule) &&
    (!judged.get(rule)?.has(name) ||
      doubtful.has(`${rule}\n${name}`) ||
      (known.get(rule)?.spans === true && hosts.length === 1));
}

function faultsIn(
  ignore: Ignore,
  known: ReadonlyMap<string, AnyRule>,
  needed: ReadonlySet<string>,
): readonly Fault[] {
  const { names, reason, place: at } = ignore;
  const wanting = reason === '' ? 'gives no reason' : names.length === 0 ? 'names no rule' : undefined;
  const unknown = names.filter(({ text }) => known.get(text)?.ignorable !== undefined || !known.has(text));
  const faults = unknown.map((name) => unknownRule(name, known));
  if (wanting !== undefined)
    return [
      { kind: 'incomplete-ignore', message: `this ignore ${wanting}, so it does not count`, at },
      ...faults,
    ];
  const unused = names.filter((name) => !unknown.includes(name) && !needed.has(keyOf(ignore, name.text)));
  const texts = unused.map(({ text }) => text);
  if (texts.length > 0)
    faults.push({
      kind: 'unused-ignore',
      message: `${texts.join(' and ')} ${texts.length === 1 ? 'finds' : 'find'} nothing here`,
      at,
      fix: removalOf(ignore, unused),
    });
  return faults;
}

function unknownRule(name: Ignore['names'][number], known: ReadonlyMap<string, AnyRule>): Fault {
  const { text, place: at } = name;
  if (known.has(text)) return { kind: 'unknown-rule', message: `no comment can answer for ${text}`, at };
  const meant = nearest(text, known.keys());
  const guess = meant === undefined ? '' : `: did you mean ${meant}?`;
  return {
    kind: 'unknown-rule',
    message: `there is no rule ${text}${guess}`,
    at,
    fix: meant === undefined ? undefined : reviewedFix(`write ${meant}`, worded(name, text, meant)),
  };
}

/** Without the names that answer for nothing; without the comment where none is left. */
function removalOf(
  { names, removable, place: { source } }: Ignore,
  unused: Ignore['names'],
): Fix | undefined {
  const left = names.filter((name) => !unused.includes(name)).map(({ text }) => text);
  if (left.length === 0) return safeFix('delete the comment', { source, range: removable, text: '' });
  const range = { start: names[0]?.range.start ?? 0, end: names.at(-1)?.range.end ?? 0 };
  const gone = unused.map(({ text }) => text).join(', ');
  return safeFix(`take ${gone} out of the comment`, { source, range, text: left.join(', ') });
}
