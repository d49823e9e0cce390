import type { Evidence, Gap } from '../evidence/evidence.ts';
import type { Fix } from '../evidence/fix.ts';
import { type Place, writtenPlace } from '../evidence/place.ts';
import { buildCluster, type Declared } from '../model/build.ts';
import type { Cluster } from '../model/cluster.ts';
import { type OpenEvidence, openEvidence } from '../model/templates.ts';
import type { Finding, IgnoredFinding, Severity, Verdict } from './finding.ts';
import { conclude, type JudgeOptions, listen, type Told } from './judge.ts';
import { compareFindings, reaches } from './order.ts';
import type { AnyRule } from './rule.ts';

/** A cluster and what is said of it. */
export interface Judgement {
  readonly cluster: Cluster;
  readonly verdict: Verdict;
  /** Templates that were left out. */
  readonly unfollowed: readonly Gap[];
}

/**
 * Judges evidence. Of a template nobody knows what it becomes, so that it is written out in many ways, with other values,
 * branches and rounds: what the rules find in all of them holds whatever the values are, and only that is said.
 */
export function judgeEvidence(
  evidence: Evidence,
  declared: Declared,
  rules: readonly AnyRule[],
  options: JudgeOptions = {},
): Judgement {
  const open = openEvidence(evidence);
  if (open === undefined) {
    const cluster = buildCluster(evidence, declared);
    const heard = listen(cluster, rules, options);
    const isRendered = evidence.sources.some(({ rendering }) => rendering !== undefined);
    const told = isRendered ? inTemplates(heard, (text) => text) : heard;
    return { cluster, verdict: conclude(cluster, told, rules, evidence.gaps, options), unfollowed: [] };
  }
  const visit = (index: number) => {
    const world = open.world(index);
    const cluster = buildCluster(world, declared);
    return worldOf(world, cluster, listen(cluster, rules, options));
  };
  const first = visit(0);
  const told = { ...first.told, ...lastingIn(open, first, visit) };
  const gaps = [...evidence.gaps, ...open.gaps];
  const { cluster } = first;
  return { cluster, verdict: conclude(cluster, told, rules, gaps, options), unfollowed: open.gaps };
}

/** A finding, and who answers for it. */
interface Said {
  readonly finding: Finding;
  readonly ignored?: IgnoredFinding;
  /** Known as soon as a world has said it whose lists are longer than one. */
  readonly severity?: Severity;
}

/** What was told in one world, in the words and at the places of the templates. */
interface World {
  readonly cluster: Cluster;
  readonly told: Told;
  /** By rule and place. */
  readonly said: ReadonlyMap<string, Said>;
  /** Whether this world has what stands at a place. */
  holds(place: Place): boolean;
}

/** What is said in every world that has the place of which it is said. */
function lastingIn(
  { worlds, plainWorlds }: OpenEvidence,
  first: World,
  visit: (index: number) => World,
): Pick<Told, 'findings' | 'ignored'> {
  const lasting = new Map(first.said);
  const seen = [first.holds];
  for (let index = 1; index < worlds; index++) {
    const world = visit(index);
    for (const [key, known] of lasting) {
      const { finding } = known;
      if (!world.holds(finding.at)) continue;
      const again = world.said.get(key);
      const isOther = index < plainWorlds && again?.finding.message !== finding.message;
      if (again === undefined || isOther) lasting.delete(key);
      else lasting.set(key, common(known, again, index >= plainWorlds));
    }
    for (const [key, said] of world.said)
      if (!lasting.has(key) && !seen.some((held) => held(said.finding.at))) lasting.set(key, said);
    seen.push(world.holds);
  }
  const all = [...lasting.values()];
  return {
    findings: all
      .flatMap(({ finding, ignored, severity = finding.severity }) =>
        ignored === undefined ? [{ ...finding, severity }] : [],
      )
      .sort(compareFindings),
    ignored: all.flatMap(({ ignored }) => ignored ?? []),
  };
}

/** What two worlds say alike: the lesser severity, and a fix only where it is the same. */
function common({ finding, ignored, severity }: Said, again: Said, counts: boolean): Said {
  const { fix, ...rest } = finding;
  const isSame = fix !== undefined && editsOf(fix) === editsOf(again.finding.fix);
  // With one round only, a list may seem to lack what it has: a severity counts as soon as the same is said of longer ones.
  const said = isAlike(finding.message, again.finding.message)
    ? again.finding.severity
    : mildest(finding.severity, again.finding.severity);
  const now = counts ? said : undefined;
  const least = severity && now ? mildest(severity, now) : (severity ?? now);
  return {
    finding: { ...rest, ...(isSame && { fix }) },
    ...(ignored && again.ignored && { ignored }),
    ...(least && { severity: least }),
  };
}

function mildest(one: Severity, other: Severity): Severity {
  return reaches(one, other) ? other : one;
}

/** Whether two messages say the same of other values: they share most of their longer words. */
function isAlike(message: string, other: string): boolean {
  const [words, others] = [message, other].map(
    (text) => new Set(text.match(/(?<![\w.$@])[a-z]{5,}(?![\w.])/g) ?? []),
  );
  const shared = [...(words ?? [])].filter((word) => others?.has(word));
  return shared.length * 2 >= (words?.size ?? 0);
}

function editsOf(fix: Fix | undefined): string {
  return JSON.stringify(fix?.edits.map(({ range, text }) => [range, text]));
}

function worldOf({ sources }: Evidence, cluster: Cluster, told: Told): World {
  const renderings = sources.flatMap(({ rendering }) => rendering ?? []);
  const byTemplate = new Map(renderings.map((rendering) => [rendering.template, rendering]));
  const inWords = wordsBack(new Map(renderings.flatMap(({ words }) => [...words])));
  const said = new Map<string, Said>();
  const add = (each: Said) => {
    const { rule, host, at } = each.finding;
    const key = [rule, host, at.source.origin.path, at.range.start, at.range.end].join('\n');
    if (!said.has(key)) said.set(key, each);
  };
  // Of a word that holds a value nobody knows there is nothing to be said.
  const isKnown = ({ at: { source, range } }: Finding) => source.rendering?.isFilled(range.start) !== true;
  const known = inTemplates({ ...told, findings: told.findings.filter(isKnown) }, inWords);
  for (const finding of known.findings) add({ finding });
  for (const ignored of known.ignored) add({ finding: ignored.finding, ignored });
  return {
    cluster,
    told: known,
    said,
    holds: ({ source, range }) => byTemplate.get(source)?.holds(range.start) ?? true,
  };
}

/** What was told, at the places of templates and in their words. */
function inTemplates(told: Told, inWords: (text: string) => string): Told {
  const written = (finding: Finding): Finding => ({
    ...finding,
    at: writtenPlace(finding.at),
    related: finding.related.map(({ at, message }) => ({ at: writtenPlace(at), message: inWords(message) })),
    message: inWords(finding.message),
    remedy: inWords(finding.remedy),
    subject: inWords(finding.subject),
  });
  return {
    ...told,
    findings: told.findings.map(written).sort(compareFindings),
    ignored: told.ignored.map((each) => ({
      ...each,
      finding: written(each.finding),
      ...(each.at && { at: writtenPlace(each.at) }),
    })),
    notJudged: told.notJudged.map((each) => ({ ...each, why: inWords(each.why) })),
  };
}

/** Says what the templates have where a sample was put in. */
function wordsBack(words: ReadonlyMap<string, string>): (text: string) => string {
  if (words.size === 0) return (text) => text;
  const inside = (text: string) => text.replaceAll(/[\w.-]+/g, (word) => words.get(word) ?? word);
  return (text) => text.replaceAll(/[^\s'",;()]+/g, (word) => words.get(word) ?? inside(word));
}
