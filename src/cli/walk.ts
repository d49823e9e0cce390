import type { Finding, Verdict } from '../judge/finding.ts';
import type { Cluster } from '../model/cluster.ts';
import { unmetServers } from '../model/duties.ts';
import type { Result, Walk, WalkedResult } from '../report/walk.ts';
import { WrongUse } from './exit.ts';
import { readSymptoms, symptomEntry } from './library.ts';
import { search } from './search.ts';
import { didYouMean } from './suggest.ts';
import type { Observation, Symptom } from './symptom.ts';

/** The page of a symptom, by its name, or by words that surely mean it. */
export function symptomCalled(words: string): Symptom {
  const symptoms = readSymptoms();
  const name = words.trim().toLowerCase().replace(/\s+/g, '-');
  const named = symptoms.find((each) => each.name === name);
  if (named !== undefined) return named;
  const { hits, isClear } = search(words, symptoms.map(symptomEntry));
  const found = isClear ? symptoms.find((each) => each.name === hits[0]?.name) : undefined;
  if (found !== undefined) return found;
  const near = hits.slice(0, 3).map((hit) => hit.name);
  const guess = didYouMean(
    name,
    symptoms.map((each) => each.name),
  );
  const hint = guess || (near.length > 0 ? `: ${near.join(', ')}?` : '; lvsdoctor explain lists them');
  throw new WrongUse(`no symptom is called ${words}${hint}`);
}

/** What a look says to each question of a symptom's page. Silence rules out only where every host that matters was seen. */
export function walkThrough(symptom: Symptom, cluster: Cluster, verdict: Verdict): Walk {
  const seen = lookedAt(cluster, verdict);
  return {
    symptom: symptom.name,
    title: symptom.title,
    steps: symptom.observations.map((observation) => ({
      ...observation,
      results: observation.results.map((result) => walked(result, observation, seen)),
    })),
  };
}

/** Rules that hold directors against each other: of one alone they say nothing. */
const COMPARES = /^vrrp-pair\/|directors-differ$|differs-between|parameters-differ$/;

interface Seen {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly directors: readonly string[];
  /** Why nothing is ruled out of directors or of real servers, whatever the rules saw. */
  readonly unmet: { readonly anywhere: readonly string[]; readonly servers: readonly string[] };
}

function lookedAt(cluster: Cluster, verdict: Verdict): Seen {
  const withConsequences = (findings: readonly Finding[]): readonly Finding[] =>
    findings.flatMap((finding) => [finding, ...withConsequences(finding.also)]);
  const lost = verdict.gaps.flatMap(({ host, format }) => (format === undefined ? [host] : []));
  const servers = unmetServers(cluster);
  return {
    verdict,
    findings: withConsequences(verdict.findings),
    directors: cluster.hosts.filter(({ roles }) => roles.has('director')).map(({ name }) => name),
    unmet: {
      anywhere: [...new Set(lost)].map((host) => `${host} was not seen, or only in part`),
      servers: servers.length === 0 ? [] : [`nobody looked at ${countOf(servers)}`],
    },
  };
}

function countOf(servers: readonly string[]): string {
  const more = servers.length > 2 ? ` and ${servers.length - 2} more` : '';
  return `real server${servers.length === 1 ? '' : 's'} ${servers.slice(0, 2).join(', ')}${more}`;
}

function walked(result: Result, { where }: Observation, seen: Seen): WalkedResult {
  const { seen: what, means, rules: ids } = result;
  const findings = seen.findings.filter(({ rule }) => ids.includes(rule));
  const why = findings.length > 0 ? [] : [...new Set(ids.flatMap((id) => doubtsOf(id, where, seen)))];
  const state = stateOf(ids, findings, why);
  return { seen: what, means, state, rules: ids, findings, why };
}

function stateOf(
  ids: readonly string[],
  findings: readonly Finding[],
  why: readonly string[],
): WalkedResult['state'] {
  if (findings.some(({ severity }) => severity !== 'info')) return 'ruled in';
  if (findings.length > 0) return 'possible';
  if (ids.length === 0) return 'by eye';
  return why.length > 0 ? 'not judged' : 'ruled out';
}

/** Why the silence of a rule rules nothing out. */
function doubtsOf(id: string, where: string, { verdict, directors, unmet }: Seen): readonly string[] {
  const judged = verdict.judged.get(id) ?? new Set();
  const missing = verdict.notJudged.flatMap(({ rule, host, why }) =>
    rule === id ? [`${why} (${host})`] : [],
  );
  const isOfServers = /real server/i.test(where) || id.startsWith('arp/');
  const isOfPairs = COMPARES.test(id);
  const unseen = isOfServers ? [] : directors.filter((name) => !judged.has(name));
  return [
    ...unmet.anywhere,
    ...(isOfServers ? unmet.servers : []),
    ...missing,
    ...(isOfPairs && directors.length < 2 ? ['only one director was seen'] : []),
    ...(judged.size === 0 && missing.length === 0 ? [`nothing was seen that ${id} asks for`] : []),
    ...(judged.size > 0 && missing.length === 0 && unseen.length > 0
      ? [`${id} had nothing to see on ${unseen.join(', ')}`]
      : []),
  ];
}
