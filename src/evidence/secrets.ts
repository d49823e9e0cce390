import { linesOf } from './lines.ts';
import type { Range } from './place.ts';

/** The secrets of a text: where they stand, and what they are, so that a message can be searched for them. */
export interface Secrets {
  /** Offsets into the text, in order, apart from one another. */
  readonly ranges: readonly Range[];
  readonly values: ReadonlySet<string>;
}

/** How a secret announces itself on a line, and where it ends. */
interface Announcement {
  /** Ends right before the secret. Every repetition is bounded: a line may be 200 KB of anything. */
  readonly before: RegExp;
  /** What has to stand before it: in prose and in other commands the word means something else. */
  readonly only?: (line: string, at: number) => boolean;
  /** Only on lines that hold this program. */
  readonly program?: RegExp;
  readonly until: 'blank' | 'quote' | 'at-sign' | 'keyword';
}

const name = String.raw`(?:(?<!by)pass(?!ive|ing|ed\b|es\b)|pwd|secret|token|credential|hmac)`;

const announcements: readonly Announcement[] = [
  // keepalived.conf(5): authentication { auth_pass }, and the words that people write for it
  { before: /auth[_-]?pass\w{0,20}["']?(?=[\s=:"'])[ \t]*[=:]?[ \t]*/gi, until: 'keyword' },
  // keepalived.conf(5): SSL { password }, url { password }
  {
    before: /(?<![\w-])pass(?:w(?:or)?d|phrase)?["']?[ \t]+/g,
    only: (line, at) => leadsStatement(line, at) || !followsComment(line, at),
    until: 'blank',
  },
  // keepalived 2.4: auth_hmac { key ID hex:… | text | file:PATH }; only the file's path is no secret
  { before: /\bkey[ \t]+\d{1,10}[ \t]+(?!file:)/g, only: leadsStatement, until: 'blank' },
  // NAME=secret, --name=secret, $NAME=secret; kernel keys such as cache_bypass have dots or slashes
  { before: new RegExp(String.raw`(?:${name}\w{0,20}|auth)=`, 'gi'), only: isVariable, until: 'quote' },
  { before: new RegExp(String.raw`--(?:\w{1,20}-){0,3}${name}\w{0,20}[ \t]+`, 'gi'), until: 'quote' },
  // "password": "secret", as programs print JSON
  {
    before: new RegExp(String.raw`"[\w-]{0,40}${name}\w{0,20}"[ \t]{0,10}:[ \t]{0,10}(?=")`, 'gi'),
    until: 'quote',
  },
  // Documentation/networking/ip-sysctl: the two kernel keys that hold one
  { before: /(?:tcp_fastopen_key|stable_secret)[ \t]{0,40}=[ \t]{0,40}/g, until: 'blank' },
  { before: /:\/\/[^\s/@:"']{0,100}:/g, until: 'at-sign' },
  { before: /authorization:[ \t]{0,20}(?:(?:basic|bearer|digest)[ \t]{1,20})?/gi, until: 'quote' },
  {
    before: /[ \t](?:-u|--user|--proxy-user)[ \t=]{0,20}["']?[^\s:"']{1,100}:/g,
    program: /curl/,
    until: 'quote',
  },
  { before: /[ \t]-p(?=\S)/g, program: /mysql|mariadb/, until: 'quote' },
  { before: /[ \t]-p[ \t]{0,40}/g, program: /sshpass/, until: 'quote' },
  { before: /[ \t]-a[ \t]{1,40}/g, program: /redis-cli/, until: 'quote' },
];

/** Every secret lies on a line that holds one of these. */
const sign =
  /pass|pwd|secret|token|credential|hmac|auth|fastopen_key|\bkey[ \t]|:\/\/|curl|mysql|mariadb|redis/gi;

const plainName = /(?:_file|_path|_dir|_type|_len|_length|_interval)=$/i;
/** A variable in its place is no secret. keepalived takes an unknown one literally, so lower case may be a password. */
const definition = /^\$(?:[A-Z_][A-Z0-9_]*|\{\w+\})$/;
const shellVariable = /^\$(?:\w+|\{\w+\}|\(.*)$/;
/** A comment or a brace where the value is left out. */
const noValue = /^(?:[#!]+|[{}\\])$/;
const keywordLike = /^[a-z]{1,20}(?:_[a-z0-9]{1,20}){1,6}$/;

/** Where the secrets of one line stand: passwords, keys, tokens, as keepalived, the kernel and health checks take them. */
export function secretsIn(line: string): readonly Range[] {
  const found: Range[] = [];
  for (const { before, only, program, until } of announcements) {
    if (program && !program.test(line)) continue;
    before.lastIndex = 0;
    for (let match = before.exec(line); match !== null; match = before.exec(line)) {
      if (plainName.test(match[0]) || (only && !only(line, match.index))) continue;
      const start = match.index + match[0].length;
      const range = valueAt(line, start, until);
      before.lastIndex = Math.max(range.end, before.lastIndex);
      if (isSecret(line.slice(range.start, range.end), until)) found.push(range);
    }
  }
  return merged(found);
}

const known = new WeakMap<object, Secrets>();

/** The secrets of a whole text (a source), found at most once. */
export function secretsOf(source: { readonly text: string }): Secrets {
  let secrets = known.get(source);
  if (secrets === undefined) {
    secrets = collect(source);
    known.set(source, secrets);
  }
  return secrets;
}

function collect(source: { readonly text: string }): Secrets {
  const ranges: Range[] = [];
  const values = new Set<string>();
  const lines = linesOf(source);
  sign.lastIndex = 0;
  for (let match = sign.exec(source.text); match !== null; match = sign.exec(source.text)) {
    const line = lines.lineRange(lines.positionAt(match.index).line);
    for (const { start, end } of secretsIn(source.text.slice(line.start, line.end))) {
      const range = { start: line.start + start, end: line.start + end };
      ranges.push(range);
      for (const value of spellings(source.text.slice(range.start, range.end))) values.add(value);
    }
    sign.lastIndex = Math.max(line.end, match.index + 1);
  }
  return { ranges, values };
}

/** A password as written, as cut by an unquoted comment sign, and as cut to the 8 characters that VRRP carries. */
function spellings(written: string): readonly string[] {
  const cut = written.split(/[#!]/, 1)[0] ?? '';
  const parts = [cut, written.slice(0, 8), cut.slice(0, 8), ...written.split(/[ \t]+/)];
  return [written, ...parts.filter((part) => part.length > 2)];
}

function valueAt(line: string, from: number, until: Announcement['until']): Range {
  const quote = line[from];
  if (quote === '"' || quote === "'") {
    const close = line.indexOf(quote, from + 1);
    return { start: from + 1, end: close === -1 ? line.length : close };
  }
  if (until === 'at-sign') {
    const end = runEnd(line, from, /[\s/@"']/g);
    return { start: from, end: line[end] === '@' ? end : from };
  }
  const end = runEnd(line, from, until === 'quote' ? /[\s"'`;|&)]/g : /\s/g);
  if (noValue.test(line.slice(from, end))) return { start: from, end: from };
  return { start: from, end: until === 'keyword' ? furtherWords(line, from, end) : end };
}

/** A password of several unquoted words: the later ones are part of it, unless they are the next keyword or a comment. */
function furtherWords(line: string, from: number, firstEnd: number): number {
  const comment = followsComment(line, from);
  let end = firstEnd;
  const word = /[ \t]+(\S+)/y;
  word.lastIndex = end;
  for (let match = word.exec(line); match !== null && !comment; match = word.exec(line)) {
    const text = match[1] ?? '';
    if (/^[#!{}\\]/.test(text) || keywordLike.test(text)) break;
    end = word.lastIndex;
  }
  return end;
}

function isSecret(value: string, until: Announcement['until']): boolean {
  return value !== '' && !(until === 'quote' ? shellVariable : definition).test(value);
}

function runEnd(line: string, from: number, stop: RegExp): number {
  stop.lastIndex = from;
  return stop.exec(line)?.index ?? line.length;
}

function leadsStatement(line: string, at: number): boolean {
  return /(?:^|[{};#!])[\s#!"']*$/.test(line.slice(Math.max(0, at - 200), at).trimStart());
}

function followsComment(line: string, at: number): boolean {
  return /[#!]/.test(line.slice(Math.max(0, at - 200), at));
}

/** Kernel keys have dots or slashes in their names. */
function isVariable(line: string, at: number): boolean {
  return !/[\w-][./][\w./-]*$/.test(line.slice(Math.max(0, at - 100), at));
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result;
}
