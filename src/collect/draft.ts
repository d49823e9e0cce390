import type { Format, TemplateLanguage } from '../evidence/source.ts';
import { decode } from './decode.ts';
import { type Disk, isTrouble } from './files.ts';
import { FORMATS, formatOfContent, formatOfPath, touchesCluster, unfitness } from './format.ts';
import { type Renderer, renderedText } from './rendered.ts';
import { FOLLOWED, isTemplate, templateLanguage } from './template.ts';
import type { Candidate, Dead } from './walk.ts';

/** A file that is one of ours, read. */
export interface Draft extends Candidate {
  readonly format: Format;
  readonly text: string;
  readonly template?: TemplateLanguage;
  /** What the user's renderer makes of the text. */
  readonly rendered?: string;
}

/** What the words of the command line add: a format that overrides, the bytes that stand for `-`. */
export interface Reading {
  readonly as?: Format | undefined;
  readonly standardInput?: Uint8Array | undefined;
  /** Templates, and the files that are named, are judged as this renders them. */
  readonly render?: Renderer | undefined;
}

const MAX_BYTES = 128 * 1024 * 1024;
const SNIFFED_BYTES = 64 * 1024;

/** Reads a candidate, if it is one of ours. Undefined: a file of a folder that is none of our business. */
export function readDraft(candidate: Candidate, reading: Reading, disk: Disk): Draft | Dead | undefined {
  const { path, name, named } = candidate;
  const told = reading.as ?? formatOfPath(path);
  const refuse = (why: string, missed: boolean): Dead | undefined =>
    named || told !== undefined ? { path, name, host: candidate.host, why, missed } : undefined;

  const bytes = readBytes(candidate, named || told !== undefined, reading, disk);
  if (typeof bytes === 'string') return refuse(bytes, true);
  if (bytes.length === 0 && told === 'sysctl' && (!named || disk.real(path) === '/dev/null'))
    return { ...candidate, format: told, text: '' };
  if (bytes.length === 0)
    return refuse(
      told === 'keepalived.conf' ? 'it is empty: keepalived starts with it and does nothing' : 'it is empty',
      named || told === 'keepalived.conf',
    );

  const decoded = decode(bytes);
  if ('why' in decoded) return refuse(decoded.why, named);
  const head = decoded.text.slice(0, SNIFFED_BYTES);
  const unfit = reading.as === undefined ? unfitness(head) : undefined;
  if (unfit !== undefined) return refuse(unfit, named);
  const template = templateLanguage(name, head);
  const format = told ?? formatOfContent(head);
  const isRendered = reading.render !== undefined;
  if (!isRendered && (template !== undefined || isTemplate(name)) && !FOLLOWED.has(format ?? 'script'))
    return refuse('it is a template of which only the rendering can be judged: add --render COMMAND', named);
  if (format === undefined)
    return refuse(`its format is not clear: say it with --as ${FORMATS.join('|')}`, named);
  if (format === 'script' && !named && !touchesCluster(decoded.text)) return undefined;
  if (told === undefined && !named && bytes.length === SNIFFED_BYTES)
    return readDraft(candidate, { ...reading, as: format }, disk);
  return { ...candidate, format, text: decoded.text, ...(template && { template }) };
}

/** The same as its renderer would have it, where it is to be rendered. */
export async function renderDraft(draft: Draft, { render }: Reading): Promise<Draft | Dead> {
  const { path, name, host, named, text, template } = draft;
  if (render === undefined || !(named || template !== undefined || isTemplate(name))) return draft;
  const rendered = await renderedText(render, text, path);
  return typeof rendered === 'string'
    ? { ...draft, rendered }
    : { path, name, host, why: rendered.why, missed: true };
}

/** A file of which nothing tells that it is ours is read only as far as it takes to see that. */
function readBytes(candidate: Candidate, whole: boolean, reading: Reading, disk: Disk): Uint8Array | string {
  const { path } = candidate;
  if (path === '-') return reading.standardInput ?? new Uint8Array();
  const entry = disk.look(path);
  if (isTrouble(entry)) return entry.why;
  if (disk.real(path) === '/dev/null') return new Uint8Array();
  if (entry.kind !== 'file' && !/^\/(?:dev|proc\/self)\/(?:fd\/|stdin$)/.test(path))
    return `it is a ${entry.kind}, not a file`;
  if (entry.size > MAX_BYTES) return `it is larger than ${MAX_BYTES / 1024 / 1024} MB`;
  const bytes = disk.read(path, whole ? Number.POSITIVE_INFINITY : SNIFFED_BYTES);
  return isTrouble(bytes) ? bytes.why : bytes;
}
