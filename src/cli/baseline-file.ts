import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { itemsAt, readJson, type Value, valueAt } from '../../grammars/json/read.ts';
import { linesOf } from '../evidence/lines.ts';
import type { Place } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import { type BaselineEntry, entriesOf, type Shown } from '../judge/baseline.ts';
import type { Finding } from '../judge/finding.ts';
import { maskedSlice, maskMessage, sourcesOf } from '../report/mask.ts';
import { WrongUse } from './exit.ts';
import { replaceFiles } from './replace-file.ts';
import { didYouMean } from './suggest.ts';

/** Raised when a field changes its meaning. */
const SCHEMA_VERSION = 1;
const NEEDED = ['rule', 'host', 'message', 'fingerprint'];
const FIELDS = [...NEEDED, 'reason', 'expires'];

/** An entry with its place in the file. */
type PlacedEntry = BaselineEntry & { readonly at: Place };

/** A baseline file as it is on the disk. */
export interface BaselineFile {
  readonly path: string;
  /** As the user would write it. */
  readonly name: string;
  /** Undefined where there is no such file. */
  readonly text: string | undefined;
  readonly entries: readonly PlacedEntry[];
}

/** What a baseline says of a finding: what a report shows. */
export const shown: Shown = {
  message: (finding: Finding) => maskMessage(finding.message, sourcesOf(finding)),
  line: ({ at: { source, range } }) => {
    const lines = linesOf(source);
    return maskedSlice(source, lines.lineRange(lines.positionAt(range.start).line));
  },
};

/** Reads a baseline; one that cannot be used is wrong use. */
export function readBaseline(file: string, folder: string): BaselineFile {
  const path = resolve(folder, file);
  const name = relative(folder, path);
  const text = textOf(path, name);
  return { path, name, text, entries: text === undefined ? [] : entriesIn(name, text) };
}

/** Writes what was found as a baseline, and gives the number of entries. Reasons and dates of the older one stay. */
export function writeBaseline(
  { path, name, text, entries }: BaselineFile,
  findings: readonly Finding[],
): number {
  const written = entriesOf(findings, shown, entries);
  const after = `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, findings: written }, null, 2)}\n`;
  if (text === undefined) {
    try {
      writeFileSync(path, after);
    } catch (error) {
      throw new WrongUse(`${name} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  } else if (text !== after) {
    const [refused] = replaceFiles([{ path, name, before: text, after }]).refused;
    if (refused !== undefined) throw new WrongUse(`${name}: ${refused.why}`);
  }
  return written.length;
}

function textOf(path: string, name: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new WrongUse(`the baseline ${name} cannot be read (${code})`);
  }
}

/** The entries of a baseline's text; one that cannot be used is wrong use. */
export function entriesIn(name: string, text: string): readonly PlacedEntry[] {
  const source: Source = {
    name,
    host: '',
    format: 'baseline',
    basis: 'written',
    text,
    origin: { kind: 'file', path: name },
  };
  const problems: string[] = [];
  const complain = (offset: number, message: string) => {
    const { line, column } = linesOf(source).positionAt(offset);
    problems.push(`${name}:${line}:${column}: ${message}`);
  };
  const data = parsed(text, complain);
  const [tree] = readJson(source);
  const entries = data === undefined ? [] : checked(data, tree, complain);
  if (problems.length > 0) throw new WrongUse(['the baseline cannot be used', ...problems].join('\n'));
  return entries;
}

type Complain = (offset: number, message: string) => void;

function parsed(text: string, complain: Complain): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const conflict = /^(?:<{7}|={7}|>{7})/m.exec(text);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    if (conflict !== null) complain(conflict.index, 'a conflict of a merge is left here');
    else complain(offset, 'not JSON: what stands here or just before it is not as JSON writes it');
    return undefined;
  }
}

function checked(data: unknown, tree: Value | undefined, complain: Complain): readonly PlacedEntry[] {
  const start = (value: Value | undefined) => value?.place.range.start ?? 0;
  if (!isMap(data) || !Array.isArray(data['findings'])) {
    complain(0, 'it has no list of findings: lint --write-baseline writes one');
    return [];
  }
  if (data['schemaVersion'] !== SCHEMA_VERSION) {
    complain(
      start(valueAt(tree, 'schemaVersion')),
      `schemaVersion is ${JSON.stringify(data['schemaVersion'])}; this release knows ${SCHEMA_VERSION}`,
    );
    return [];
  }
  const items = itemsAt(tree, 'findings');
  return (data['findings'] as readonly unknown[]).flatMap((entry, at) => {
    const item = items[at];
    const found = problemsOf(entry);
    for (const [field, message] of found) complain(start(valueAt(item, field) ?? item), message);
    const place = (valueAt(item, 'message') ?? item)?.place;
    return found.length > 0 || place === undefined ? [] : [{ ...(entry as BaselineEntry), at: place }];
  });
}

/** What is wrong with one entry, by field. */
function problemsOf(entry: unknown): readonly (readonly [string, string])[] {
  if (!isMap(entry)) return [['', 'an entry is rule, host, message and fingerprint in braces']];
  const unknown = Object.keys(entry).filter((field) => !FIELDS.includes(field));
  const missing = NEEDED.filter((field) => entry[field] === undefined);
  const odd = FIELDS.filter((field) => entry[field] !== undefined && typeof entry[field] !== 'string');
  const { expires } = entry;
  return [
    ...unknown.map((field) => [field, `an entry has no ${field}${didYouMean(field, FIELDS)}`] as const),
    ...missing.map((field) => ['', `an entry lacks its ${field}`] as const),
    ...odd.map((field) => [field, `${field} is a text`] as const),
    ...(typeof expires === 'string' && !isDate(expires)
      ? [['expires', `expires is a day such as 2027-01-31; not ${expires}`] as const]
      : []),
  ];
}

/** The calendar has it: `2027-02-30` is none. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && dayOf(time) === text;
}

/** `2026-11-20`, as UTC has it. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
