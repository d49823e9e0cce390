import type { Range } from '../../src/evidence/place.ts';
import type { Choice, Loop, Node, Parsed } from './parser.ts';
import { Unfollowable } from './tag.ts';

/** Where a value is to be put in. */
export interface Slot {
  /** The line as far as it is written. */
  readonly before: string;
  /** The rest of the template's line, tags and all. */
  readonly after: string;
  /** The first lines of the blocks around. */
  readonly blocks: readonly string[];
  /** Equal for expressions that have the same value. */
  readonly identity: string;
}

/** One of the many things that a template may become: who decides what nobody knows. */
export interface World {
  choose(choice: Choice): number | undefined;
  rounds(loop: Loop): number;
  /** Undefined: nobody can tell what kind of thing stands there, so the line says nothing. */
  fill(slot: Slot): string | undefined;
}

/** A part of the output and where it comes from; `tag` where a value stands for a tag. */
export interface Segment {
  readonly out: Range;
  readonly in: Range;
  readonly tag: boolean;
}

export interface Output {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Tags that may put in whole lines. */
  readonly unknown: readonly Range[];
  /** Every brace has its counterpart. */
  readonly isBalanced: boolean;
}

/** Of a longer line only this much says what stands where. */
const LONGEST_LINE = 1000;
/** Ansible's line about who writes the file: a comment. */
const HEADER = /^ansible_managed\b/;

const MOST_SIGNS = 4 * 1024 * 1024;
const MOST_CALLS = 16;
const MOST_STEPS = 200_000;

/** Writes a template out as one world would have it. */
export function render(template: string, { nodes, macros }: Parsed, world: World): Output {
  const writer = new Writer();
  const rounds: { readonly names: ReadonlySet<string>; readonly round: number }[] = [];
  let calls = 0;
  let steps = 0;

  const write = (list: readonly Node[]): void => {
    for (const node of list) {
      if (++steps > MOST_STEPS || writer.length > MOST_SIGNS) throw new Unfollowable('it becomes too long');
      if (node.kind === 'text') writer.copy(template, node);
      else if (node.kind === 'value') value(node);
      else if (node.kind === 'call') call(node.name, node);
      else if (node.kind === 'choice') write(node.branches[world.choose(node) ?? -1] ?? []);
      else
        for (let round = 0; round < world.rounds(node); round++) {
          steps++;
          rounds.push({ names: node.names, round });
          write(node.body);
          rounds.pop();
        }
    }
  };

  const call = (name: string, at: Range): void => {
    const body = macros.get(name);
    if (body === undefined) {
      writer.comment(at, false);
      return;
    }
    if (++calls > MOST_CALLS) throw new Unfollowable(`${name} calls itself`);
    write(body);
    calls--;
  };

  const value = ({ start, end, words }: Range & { readonly words: string }): void => {
    const [, called = ''] = /^([A-Za-z_]\w*)\s*\(/.exec(words) ?? [];
    if (macros.has(called)) {
      call(called, { start, end });
      return;
    }
    const after = restOfLine(template, end);
    const varying = rounds
      .filter(({ names }) => [...names].some((name) => mentions(words, name)))
      .map(({ round }) => round);
    const identity = [words, ...varying].join('#');
    const filled = world.fill({ before: writer.line, after, blocks: writer.blocks, identity });
    if (filled !== undefined) writer.put(filled, { start, end });
    else if (/\{[^{}%]*$/.test(withoutTags(after)))
      throw new Unfollowable(`'${template.slice(start, end)}' decides what block begins`);
    else writer.comment({ start, end }, HEADER.test(words));
  };

  write(nodes);
  return writer.output();
}

class Writer {
  line = '';
  blocks: string[] = [];
  length = 0;
  private readonly parts: string[] = [];
  private readonly segments: Segment[] = [];
  private readonly unknown: Range[] = [];
  private hasStray = false;
  private inComment = false;
  private inQuotes = false;

  copy(template: string, { start, end }: Range): void {
    this.add(template.slice(start, end), { start, end }, false);
  }

  put(text: string, tag: Range): void {
    this.add(text, tag, true);
  }

  /** What stands in this line counts for nothing. */
  comment(tag: Range, isHarmless: boolean): void {
    if (!this.inComment && !isHarmless) this.unknown.push(tag);
    this.add('#', tag, true);
  }

  output(): Output {
    return {
      text: this.parts.join(''),
      segments: this.segments,
      unknown: this.unknown,
      isBalanced: this.blocks.length === 0 && !this.hasStray,
    };
  }

  private add(text: string, from: Range, tag: boolean): void {
    this.parts.push(text);
    this.segments.push({ out: { start: this.length, end: this.length + text.length }, in: from, tag });
    this.length += text.length;
    for (const sign of text) this.follow(sign);
  }

  /** keepalived's own blocks, comments and quotes, as far as it takes to know where a word stands. */
  private follow(sign: string): void {
    if (sign === '\n') {
      this.line = '';
      this.inComment = false;
      this.inQuotes = false;
    } else if (this.inComment) return;
    else if (sign === '"') {
      this.inQuotes = !this.inQuotes;
      this.line += sign;
    } else if (this.inQuotes && this.line.length < LONGEST_LINE) this.line += sign;
    else if (sign === '#' || sign === '!') this.inComment = true;
    else if (sign === '{') {
      this.blocks.push(this.line.trim());
      this.line = '';
    } else if (sign === '}') {
      if (this.blocks.pop() === undefined) this.hasStray = true;
      this.line = '';
    } else if (this.line.length < LONGEST_LINE) this.line += sign;
  }
}

function restOfLine(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return text.slice(from, Math.min(end === -1 ? text.length : end, from + LONGEST_LINE));
}

/** A line's rest with its tags taken out. */
function withoutTags(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}|[{%]%.*?%\}|\{#.*?#\}|<%.*?%>|[$%]\{[^}]*\}/g, '');
}

/** Whether an expression uses a name; `.` is the value of a Go loop's round. */
function mentions(words: string, name: string): boolean {
  if (name === '.') return /(?:^|[\s(|])\.(?!\d)/.test(words);
  const at = words.indexOf(name);
  if (at === -1) return false;
  return new RegExp(`(?<![\\w.$@])${name.replace('$', '\\$')}(?!\\w)`).test(words);
}
