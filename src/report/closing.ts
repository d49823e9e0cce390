import { spanOf } from '../evidence/frame.ts';
import type { IgnoredFinding, NotJudged, Severity, Verdict } from '../judge/finding.ts';
import type { ReportContext } from './context.ts';
import { maskSecrets } from './mask.ts';
import { createPaint, type Paint } from './paint.ts';
import { sanitize } from './sanitize.ts';
import { counted, errorText, listed, nameOf, plainWords, wordsOf } from './words.ts';
import { proseWidth, wrap } from './wrap.ts';

const mostNotes = 10;
const mostNames = 4;
const labelColumn = 'not judged: '.length;

/**
 * What a reader has to know besides the findings: what was not read, not judged, or failed; then one line of counts, and
 * what the report has to say behind it.
 */
export function closing(verdict: Verdict, context: ReportContext, last: readonly string[] = []): string {
  const paint = createPaint(context.colour);
  const width = proseWidth(context.width);
  const ignored = context.reportIgnored ? verdict.ignored.map(ignoredNote) : [];
  const notes = [
    ...noted('ignored', ignored, paint, width, Number.POSITIVE_INFINITY),
    ...notesOf(verdict).flatMap(([label, of]) => noted(label, of, paint, width)),
  ];
  const blank = notes.length > 0 ? [''] : [];
  return [...notes, ...blank, ...summary(verdict, context, paint), ...last, ''].join('\n');
}

/** What was not read, not judged, or failed, a note for each reason. */
export function notesOf(verdict: Verdict): readonly (readonly [label: string, notes: readonly string[]])[] {
  return [
    ['not read', unread(verdict)],
    ['not judged', unjudged(verdict.notJudged)],
    ['broken', broken(verdict)],
  ];
}

/** How many findings there are of each severity; what is folded under another counts as one with it. */
export function countsOf(verdict: Verdict): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of verdict.findings) counts[severity] += 1;
  return counts;
}

function noted(
  label: string,
  notes: readonly string[],
  paint: Paint,
  width: number,
  most = mostNotes,
): readonly string[] {
  const hidden = notes.length - most;
  const shown =
    hidden > 1 ? [...notes.slice(0, most), `${hidden} more, all of them in --format json`] : notes;
  const head = `${label}:`.padEnd(labelColumn);
  const margin = ' '.repeat(labelColumn);
  return shown.flatMap((note) =>
    wrap(note, width - labelColumn).map((line, at) => (at === 0 ? paint.strong(head) : margin) + line),
  );
}

/** What one reason kept from being seen of a running host is one note. */
function unread({ gaps }: Verdict): readonly string[] {
  const notes = new Map<string, string[]>();
  for (const { name, host, why, basis } of gaps) {
    const of = (what: string) => `${what}${host === '' || name === host ? '' : ` (${sanitize(host)})`}`;
    const command = basis === undefined ? undefined : name.replace(`${host}$ `, '').replace(`${host} `, '');
    const key =
      command === undefined ? `${of(plainWords(name))}: ${plainWords(why)}` : `${of('')}: ${plainWords(why)}`;
    notes.set(key, [...(notes.get(key) ?? []), ...(command === undefined ? [] : [plainWords(command)])]);
  }
  return [...notes].map(([note, commands]) => `${listed(commands, mostNames)}${note}`);
}

/** One note for each reason, however many rules and hosts it keeps from being judged. */
function unjudged(notJudged: readonly NotJudged[]): readonly string[] {
  const byReason = new Map<string, { rules: Set<string>; hosts: Set<string> }>();
  for (const { why, rule, host } of notJudged) {
    const group = byReason.get(why) ?? { rules: new Set(), hosts: new Set() };
    byReason.set(why, group);
    group.rules.add(rule);
    group.hosts.add(sanitize(host));
  }
  return [...byReason].map(([why, { rules, hosts }]) => {
    const names = listed([...rules], mostNames);
    const what = rules.size === 1 ? `rule ${names}` : `${rules.size} rules: ${names}`;
    return `${plainWords(why)} (${listed([...hosts], mostNames)}; ${what})`;
  });
}

function broken(verdict: Verdict): readonly string[] {
  const others = 'a mistake in lvsdoctor itself; every other rule was judged';
  return verdict.broken.map(({ rule, error }) => `rule ${rule} stopped with ${errorText(error)}, ${others}`);
}

function summary(verdict: Verdict, context: ReportContext, paint: Paint): readonly string[] {
  const { error, warning } = countsOf(verdict);
  const [first = '', ...rest] = wrap(countsLine(verdict, context), proseWidth(context.width), 0, 2);
  const painted = first
    .replace(NOTHING, paint.strong)
    .replace(counted(error, 'error'), error > 0 ? paint.severity.error : paint.strong)
    .replace(counted(warning, 'warning'), warning > 0 ? paint.severity.warning : paint.strong);
  return [painted, ...rest];
}

const NOTHING = 'nothing was judged';

/** How much was found, and in what. */
export function countsLine(verdict: Verdict, context: ReportContext): string {
  const counts = countsOf(verdict);
  const nothing = context.hosts.length === 0 && verdict.findings.length === 0 && verdict.gaps.length > 0;
  if (nothing) return NOTHING;
  const found = `${counted(counts.error, 'error')}, ${counted(counts.warning, 'warning')}`;
  const hidden = adviceNote(counts.info, context) + ignoredCount(verdict, context);
  return found + seenNote(context) + hidden;
}

function seenNote({ hosts }: ReportContext): string {
  if (hosts.length === 0) return '';
  const names = hosts.flatMap(({ name, files }) =>
    files.map((file) => ({ file, printed: file.startsWith(`${name}$ `) })),
  );
  const numberOf = (printed: boolean) =>
    new Set(names.filter((name) => name.printed === printed).map(({ file }) => file)).size;
  const files = counted(numberOf(false), 'file');
  const commands = numberOf(true) === 0 ? '' : ` and ${counted(numberOf(true), 'listing')}`;
  return ` in ${files}${commands} of ${counted(hosts.length, 'host')}`;
}

/** What somebody answers for: the finding in short, where the answer stands, and the reason. */
function ignoredNote({ finding, by, reason, at }: IgnoredFinding): string {
  const place = at ?? finding.at;
  const where = `${nameOf(place.source)}:${spanOf(place).line}`;
  const why = reason === '' ? 'no reason is given' : plainWords(maskSecrets(reason));
  const what = wordsOf(finding, finding.message);
  return `${what} (${sanitize(finding.host)}, ${plainWords(finding.rule)}): ${why} (${by}, ${where})`;
}

function ignoredCount({ ignored }: Verdict, { reportIgnored }: ReportContext): string {
  if (ignored.length === 0) return '';
  const hint = `, --report-ignored shows ${ignored.length === 1 ? 'it' : 'them'}`;
  return `; ${ignored.length} ignored${reportIgnored ? '' : hint}`;
}

function adviceNote(count: number, { advice }: ReportContext): string {
  if (count === 0) return '';
  return advice ? `; ${count} info` : `; ${count} info hidden, --advice shows ${count === 1 ? 'it' : 'them'}`;
}
