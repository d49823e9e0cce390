import { decode } from './decode.ts';
import type { HostLook, ProbeResult, ProbeText } from './look.ts';
import { MEGABYTES, PROBES, type Probe, shownCommand } from './probe.ts';
import { ANSWER } from './script.ts';

/** What a script of probes printed, as a look at a host; undefined where it is no such answer. */
export function readAnswer(
  bytes: Uint8Array,
  host?: string,
  probes: readonly Probe[] = PROBES,
): AnswerLook | undefined {
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const head = HEAD.exec(text);
  if (head === null) return undefined;
  // A serial console ends lines with two characters.
  if (head[0].endsWith('\r')) text = text.replaceAll('\r\n', '\n');
  const [first = '', ...parts] = text.slice(head.index).split(`\n${head[1]} `);
  const field = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(first)?.[1];
  const found = sectionsOf(parts);
  const time = Number(field('time'));
  return {
    host: host ?? (field('host') || 'localhost'),
    probes: probes.map((probe) => resultOf(probe, found.get(probe.name))),
    ...(time > 0 && { hostTime: time }),
    complete: parts.at(-1)?.startsWith('complete') ?? false,
  };
}

/** A look as the host itself tells it. */
export interface AnswerLook extends HostLook {
  /** Seconds since 1970, by the host's clock, when it began. */
  readonly hostTime?: number;
  /** The script came to its end. */
  readonly complete: boolean;
}

const HEAD = new RegExp(`^${ANSWER} ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\r?$`, 'm');

/** The parts of an answer that belong to one probe, undecoded. */
interface Section {
  begun: number;
  ended?: number;
  output: string;
  files: { mode: string; path: string; content: string }[];
  looked: string[];
  mains: string[];
  /** What kept it from running well, in the order of the programs. */
  exits: string[];
  complaint: string;
  late?: true;
}

function sectionsOf(parts: readonly string[]): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  for (const part of parts) {
    const end = part.indexOf('\n');
    const [word, first = '', second = ''] = words(end === -1 ? part : part.slice(0, end));
    const content = end === -1 ? '' : part.slice(end + 1);
    if (word === 'probe' || word === 'late') {
      section = newSection(Number(second), content);
      if (word === 'late') section.late = true;
      sections.set(first, section);
    } else if (section === undefined) continue;
    else if (word === 'file') section.files.push({ mode: first, path: utf8(second), content });
    else if (word === 'looked') section.looked.push(rest(first, second));
    else if (word === 'main') section.mains.push(rest(first, second));
    else if (word === 'said') {
      section.ended = Number(first);
      section.complaint = content;
    } else if (word === 'exit') {
      section.exits.push(rest(first, second));
      section.complaint += content;
    }
  }
  return sections;
}

function newSection(begun: number, output: string): Section {
  return { begun, output, files: [], looked: [], mains: [], exits: [], complaint: '' };
}

/** All that stands behind the first word: a copy, because a part of the answer would keep all of it in memory. */
function rest(first: string, second: string): string {
  return utf8(second === '' ? first : `${first} ${second}`);
}

/** The last of three words may hold blanks. */
function words(line: string): readonly string[] {
  return /^(\S+)(?: (\S+)(?: (.*))?)?$/s.exec(line)?.slice(1) ?? [];
}

function resultOf(probe: Probe, section: Section | undefined): ProbeResult {
  const { name, command, format, basis, megabytes = MEGABYTES } = probe;
  const result = { name, command, shown: shownCommand(probe), format, basis };
  if (section === undefined)
    return {
      ...result,
      exit: 'none',
      milliseconds: 0,
      texts: [],
      looked: [],
      gap: 'the answer ends before it',
    };
  const { looked, exits, mains } = section;
  const exit = exits.find((code) => !/^141\b/.test(code)) ?? '0';
  const milliseconds = Math.round(((section.ended ?? section.begun) - section.begun) * 1000);
  const tooLong = section.output.length + section.files.reduce((sum, { content }) => sum + content.length, 0);
  const { texts, why } = textsOf(probe, section);
  const gap =
    tooLong > megabytes * 1024 * 1024
      ? `it is longer than ${megabytes} MB`
      : (failureOf(probe, section, exit, milliseconds) ?? why);
  return {
    ...result,
    exit,
    milliseconds: Math.max(0, milliseconds || 0),
    texts,
    looked,
    ...(mains.length > 0 && { mains: [...new Set(mains)] }),
    ...(gap !== undefined && { gap }),
  };
}

/** Files one by one, else all that was printed; undecodable ones are left out, and told. */
function textsOf(
  { basis }: Probe,
  { output, files }: Section,
): {
  readonly texts: readonly ProbeText[];
  readonly why?: string;
} {
  if (basis === 'written' && files.length === 0) return { texts: [] };
  if (files.length === 0) {
    const decoded = decode(Buffer.from(output, 'latin1'));
    return 'why' in decoded ? { texts: [], why: decoded.why } : { texts: [{ text: decoded.text }] };
  }
  const texts: ProbeText[] = [];
  let why: string | undefined;
  for (const { mode, path, content } of files) {
    const decoded = decode(Buffer.from(content, 'latin1'));
    if ('why' in decoded) why ??= `${path}: ${decoded.why}`;
    else texts.push({ path, text: decoded.text, ...(/x|s/.test(mode) && { executable: true }) });
  }
  return { texts, ...(why !== undefined && { why }) };
}

function failureOf(
  probe: Probe,
  { late, ended, complaint }: Section,
  exit: string,
  milliseconds: number,
): string | undefined {
  if (late) return 'the time for the whole host was over before it';
  if (ended === undefined) return 'the answer ends in the middle of it';
  const [code, program] = exit.split(' ');
  if (code === '0' || (code === 'missing' && probe.optional)) return undefined;
  if (code === 'missing') return `${program} is not installed`;
  if (code === 'root' || /^(?:sudo:|Sorry, user)/m.test(complaint))
    return 'it needs root, or sudo without a password';
  if (code === 'many') return 'the files include too many others';
  if (/^(?:124|137|143)$/.test(code ?? '') && milliseconds >= 900)
    return `it took longer than ${Math.round(milliseconds / 1000)} s`;
  const [line = ''] = utf8(complaint).trim().split('\n');
  return `it ended with exit code ${code}${line && `: ${line}`}`;
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
