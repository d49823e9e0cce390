import type { Diagnosis, ServedVip } from '../judge/diagnosis.ts';
import type { Finding, Verdict } from '../judge/finding.ts';
import { counted, listed, plainWords } from './words.ts';

const mostNames = 2;
const mostVips = 8;

/** A line for each VIP, those with findings first: who has it, with how many servers, and how bad it is. */
export function verdictLines(diagnosis: Diagnosis, verdict: Verdict): readonly string[] {
  const byVip = new Map(diagnosis.vips.map((vip) => [vip, findingsOf(vip, diagnosis)]));
  const worstFirst = [...byVip].toSorted(([, one], [, other]) => weightOf(other) - weightOf(one));
  const lines = worstFirst.map(([vip, findings]) => vipLine(vip, findings));
  const hidden = lines.length - mostVips;
  const elsewhere = diagnosis.sections.find(({ vips }) => vips.length === 0);
  const others = elsewhere === undefined ? [] : badness(elsewhere.parts.flatMap(({ findings }) => findings));
  const besides = [
    ...(diagnosis.vips.length === 0 ? ['no virtual service and no VRRP instance was seen'] : []),
    ...(others.length > 0 ? [`besides: ${others.join(', ')}`] : []),
    ...unseenHosts(verdict),
  ];
  return [
    ...(hidden > 1 ? [...lines.slice(0, mostVips), `and ${hidden} more VIPs`] : lines),
    ...(besides.length > 0 ? [besides.join('; ')] : []),
  ];
}

/** All of it in one line. */
export function verdictLine(diagnosis: Diagnosis, verdict: Verdict): string {
  if (diagnosis.vips.length < 2) return verdictLines(diagnosis, verdict).join('; ');
  const holders = diagnosis.vips.map((vip) => `${nameOfVip(vip)} ${holderOf(vip)}`);
  const bad = badness(verdict.findings);
  return [
    `${diagnosis.vips.length} VIPs: ${listed(holders, mostNames)}`,
    bad.length > 0 ? bad.join(', ') : 'no errors or warnings',
    ...unseenHosts(verdict),
  ].join('; ');
}

/** Hosts of which nothing came back. */
function unseenHosts({ gaps }: Verdict): readonly string[] {
  const hosts = new Set(gaps.flatMap(({ host, format }) => (format === undefined ? plainWords(host) : [])));
  return hosts.size === 0 ? [] : [`${listed([...hosts], mostNames)} not seen, or only in part`];
}

/** The VIP as a reader calls it. */
export function nameOfVip({ names }: ServedVip): string {
  return listed(names.map(plainWords), mostNames);
}

function vipLine(vip: ServedVip, findings: readonly Finding[]): string {
  const bad = badness(findings);
  return [
    `VIP ${nameOfVip(vip)}: ${answering(vip)}`,
    ...serversOf(vip),
    bad.length > 0 ? bad.join(', ') : 'no errors or warnings',
  ].join('; ');
}

function answering(vip: ServedVip): string {
  const [holder, ...others] = holdersOf(vip);
  const tables = tablesOf(vip);
  const answers = tables.length === 0 || tables.some(({ servers }) => servers > 0);
  if (holder !== undefined && others.length === 0 && vip.services.length > 0 && answers)
    return `clients are answered by ${plainWords(holder)}`;
  return holderOf(vip);
}

/** Who has a VIP, in the fewest words: where directors were not seen, nobody knows. */
export function holderOf(vip: ServedVip): string {
  const holders = holdersOf(vip);
  if (holders.length === 1) return `on ${plainWords(holders[0] ?? '')}`;
  if (holders.length > 1) return `on ${listed(holders.map(plainWords), mostNames)} at once`;
  const isMark = vip.names.every((name) => name.startsWith('FWM '));
  if (isMark) return 'packets with the mark';
  const unseen = vip.directors.filter(({ has }) => has === undefined);
  if (unseen.length === 0) return 'on no director';
  const names = listed(
    unseen.map(({ host }) => plainWords(host)),
    mostNames,
  );
  return unseen.length === vip.directors.length
    ? 'nobody saw who has it'
    : `on no director that was seen (not ${names})`;
}

/** Hosts that have an address of the VIP where neighbours can ask for it. */
function holdersOf({ directors }: ServedVip): readonly string[] {
  return directors.flatMap(({ host, has = [] }) => (has.length > 0 ? [host] : []));
}

/** Of each service the table that clients meet: the one of the host that has the VIP. */
function tablesOf(vip: ServedVip) {
  const holders = holdersOf(vip);
  return vip.services.flatMap(({ label, tables }) => {
    const table = tables.find(({ host }) => holders.includes(host)) ?? tables[0];
    return table === undefined ? [] : [{ label, ...table }];
  });
}

function serversOf(vip: ServedVip): readonly string[] {
  const seen = tablesOf(vip);
  const [first] = seen;
  if (first === undefined) return [];
  const servers = seen.reduce((sum, each) => sum + each.servers, 0);
  const idle = seen.reduce((sum, each) => sum + each.idle, 0);
  const empty = seen.filter((each) => each.servers === 0).map(({ label }) => plainWords(label));
  const of = seen.length > 1 ? ` for ${seen.length} services` : '';
  const none = empty.length > 0 && servers > 0 ? `, none for ${listed(empty, mostNames)}` : '';
  return [
    `${counted(servers, 'server')}${of} in the table of ${plainWords(first.host)}${none}${idle > 0 ? `, ${idle} of weight 0` : ''}`,
  ];
}

/** `2 errors on lb2`, `1 warning on lb1`. */
function badness(findings: readonly Finding[]): readonly string[] {
  return (['error', 'warning'] as const).flatMap((severity) => {
    const those = findings.filter((finding) => finding.severity === severity);
    const hosts = [...new Set(those.map(({ host }) => plainWords(host)))];
    return those.length === 0 ? [] : [`${counted(those.length, severity)} on ${listed(hosts, mostNames)}`];
  });
}

function findingsOf(vip: ServedVip, { sections }: Diagnosis): readonly Finding[] {
  return sections
    .filter(({ vips }) => vips.includes(vip))
    .flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
}

function weightOf(findings: readonly Finding[]): number {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}
