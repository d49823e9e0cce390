import { readdirSync, readFileSync } from 'node:fs';
import type { Mistake } from '../judge/rule.ts';
import { mistakes } from './catalogue.ts';
import { ruleAsData } from './rules.ts';
import { type Findable, holdsMessage } from './search.ts';
import { readSymptom, resultsOf, type Symptom, type SymptomResult } from './symptom.ts';

/** Something that `explain` knows: a rule, a symptom or a line of a log. */
export interface Entry extends Findable {
  /** A rule's severity, else what it is. */
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  /** What `explain` prints, as Markdown. */
  page(): string;
  /** What `explain --json` prints. */
  data(): object;
}

/** Written beside the program when it is built: every page of docs/rules and docs/symptoms by its path, `rules/arp/only-lo-set`. */
const PAGES = './pages.json';
/** Where they are while the program is not built: beside its sources. */
const SOURCES = '../../docs';
const LOG_LINES = 'log-lines';
/** Fewer words are a question rather than a part of a message. */
const FEWEST_OF_A_MESSAGE = 3;

/** Every symptom that has a page, by name; none where the pages were not installed beside the program. */
export function readSymptoms(): readonly Symptom[] {
  return pagesOf('symptoms')
    .filter((name) => name !== 'README' && name !== LOG_LINES)
    .map((name) => readSymptom(name, readPage(`symptoms/${name}`) ?? ''));
}

/** The messages of keepalived and of the kernel that a line holds, or that hold these words of one in a row. */
export function readMessages(line: string): readonly SymptomResult[] {
  const isSome = line.split(' ').length >= FEWEST_OF_A_MESSAGE;
  return resultsOf(readPage(`symptoms/${LOG_LINES}`) ?? '').filter(
    ({ seen }) => holdsMessage(line, seen) || (isSome && holdsMessage(seen, line)),
  );
}

/** A rule, with the symptoms whose pages name it. */
export function ruleEntry(rule: Mistake, symptoms: readonly Symptom[]): Entry {
  const { id, severity, title, why, remedy } = rule;
  const seenAs = symptoms.filter(({ observations }) => observations.some((each) => names(each.results, id)));
  const tail = `\n## Seen as\n\n${seenAs.map((symptom) => `- ${symptom.name}`).join('\n')}\n`;
  const bare = `# ${id}\n\n${severity}: ${title}\n\n## Why\n\n${why}\n\n## What to do\n\n${remedy}\n`;
  const page = () => readPage(`rules/${id}`) ?? bare;
  return {
    kind: severity,
    name: id,
    title,
    headlines: [id, title],
    text: `${why} ${remedy}`,
    page: () => page() + (seenAs.length > 0 ? tail : ''),
    data: () => ({ ...ruleAsData(rule), symptoms: seenAs.map(({ name }) => name), page: page() }),
  };
}

/** A symptom as `explain` shows it. */
export function symptomEntry({ name, page, ...symptom }: Symptom): Entry {
  return {
    kind: 'symptom',
    name,
    title: symptom.title,
    headlines: [name, symptom.title, ...symptom.also],
    text: page,
    page: () => page,
    data: () => ({ symptom: name, ...symptom, page }),
  };
}

/** A message as `explain` shows it: what it means, and where to read on. */
export function logEntry({ seen, means, rules: ids, symptoms }: SymptomResult): Entry {
  const readOn = [...symptoms, ...ids].map((name) => `- ${name}`).join('\n');
  return {
    kind: 'log line',
    name: seen,
    title: means,
    headlines: [seen],
    text: means,
    page: () =>
      `# ${seen}\n\n${means[0]?.toUpperCase()}${means.slice(1)}\n${readOn === '' ? '' : `\n## Read on\n\n${readOn}\n`}`,
    data: () => ({ message: seen, means, rules: ids, symptoms }),
  };
}

/** Everything that words can find. */
export function readLibrary(symptoms: readonly Symptom[]): readonly Entry[] {
  return [...symptoms.map(symptomEntry), ...mistakes.map((rule) => ruleEntry(rule, symptoms))];
}

function names(results: readonly SymptomResult[], id: string): boolean {
  return results.some((result) => result.rules.includes(id));
}

function pagesOf(folder: string): readonly string[] {
  return Object.keys(pages())
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1));
}

function readPage(path: string): string | undefined {
  return pages()[path];
}

/** Pages by their path. */
type Pages = Readonly<Record<string, string>>;

let read: Pages | undefined;

/** None where somebody took the program alone: rules still explain themselves. */
function pages(): Pages {
  read ??= attempt((): Pages => JSON.parse(textAt(PAGES))) ?? attempt(pagesOfSources);
  return read ?? {};
}

/** What the build writes into one file. */
function pagesOfSources(): Pages {
  const files = readdirSync(new URL(SOURCES, import.meta.url), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => /^(?:rules|symptoms)\/.*\.md$/.test(file))
      .sort()
      .map((file) => [file.slice(0, -'.md'.length), textAt(`${SOURCES}/${file}`)]),
  );
}

function textAt(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
