import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { originOf } from './origin.ts';
import type { Builder } from './parser.ts';
import { endOfLine } from './raw-line.ts';
import { newShaper, type Shaper } from './shape.ts';
import { KeepalivedBlock, KeepalivedStatement, type Shape } from './statement.ts';
import { findUnclosed } from './unclosed.ts';

/** Blocks that stand at the top of the file only: one inside another block means that a brace is missing before it. */
const ROOT_BLOCKS = new Set([
  'global_defs',
  'vrrp_instance',
  'vrrp_sync_group',
  'vrrp_script',
  'vrrp_track_process',
  'virtual_server',
  'virtual_server_group',
  'static_ipaddress',
  'static_routes',
  'static_rules',
  'bfd_instance',
]);

/** What follows a line whose next sign is escaped, up to a comment or a brace. */
const ESCAPED = /^(?:\\[#!]|"[^"]*"|[^#!{}"\r\n\\]|\\(?![#!]))+/;

/** Puts lines into blocks, keeps what stands before a fault, and says each missing or stray brace once. */
export class StatementBuilder implements Builder {
  readonly faults: Fault[] = [];
  private readonly source: Source;
  private readonly shape: Shaper = newShaper();
  private readonly root: KeepalivedStatement[] = [];
  private readonly open_: KeepalivedBlock[] = [];
  private readonly latest = new Map<Shape, KeepalivedBlock>();
  private current: KeepalivedStatement[] = this.root;
  /** The latest line, which is a block's header if a brace follows. */
  private pending: Shape | undefined;
  private pendingSource: Source;
  private pendingStart = 0;
  private pendingEnd = 0;
  /** An unclosed quote has taken the rest of the latest line. */
  private pendingIsCut = false;

  constructor(source: Source) {
    this.source = source;
    this.pendingSource = source;
  }

  line(token: IToken): void {
    this.settle();
    const origin = originOf(token);
    const shape = origin === undefined ? this.shapeOf(token) : origin.shape(this.shape, token);
    if (this.open_.length > 0 && ROOT_BLOCKS.has(shape.words[0] ?? '')) this.backToRoot();
    this.wait(token, shape);
  }

  /** The words of a line that stands in the file as it is. */
  private shapeOf({ image, startOffset }: IToken): Shape {
    const { text } = this.source;
    const end = startOffset + image.length;
    if (text[end] !== '\\' || this.open_[0]?.keyword !== 'global_defs') return this.shape(image);
    // Of global_defs the first process reads each line itself, for which `\#` is a plain sign; the others get a copy
    // in which it has become a comment (keepalived 2.2.7, lib/parser.c, decomment).
    const escaped = this.shape(image + (ESCAPED.exec(text.slice(end, endOfLine(text, end)))?.[0] ?? ''));
    const words = escaped.words.map((word) => word.replaceAll(/\\([#!])/g, '$1'));
    return { ...escaped, words, span: (at) => escaped.span(at), isQuoted: (at) => escaped.isQuoted(at) };
  }

  open(brace: IToken): void {
    if (this.pending === undefined) {
      // Of braces in braces without a keyword, the first one says it.
      if (this.open_.at(-1)?.keyword !== '')
        this.fault(
          brace,
          'unbalanced-braces',
          "'{' stands without a keyword in front of it",
          'Put the keyword of the block in front of the brace, or delete both braces.',
        );
      this.wait(brace, this.shape(''));
    }
    const block = new KeepalivedBlock(this.pendingSource, this.pending ?? this.shape(''), this.pendingStart);
    this.pending = undefined;
    // A brace without a keyword holds lines that were meant for the block around it.
    if (block.keyword === '') block.block = this.current;
    else this.current.push(block);
    this.open_.push(block);
    this.current = block.block;
  }

  close(brace: IToken): void {
    this.settle();
    const closed = this.open_.pop();
    this.current = this.open_.at(-1)?.block ?? this.root;
    if (closed === undefined) {
      this.fault(
        brace,
        'unbalanced-braces',
        "'}' closes nothing: every block before it is closed already",
        'Delete this brace, or find the one above it that closed a block too early.',
      );
      return;
    }
    if (closed.keyword === '') return;
    const origin = originOf(brace);
    if ((origin?.source ?? this.source) === closed.source)
      closed.closedAt = origin?.start ?? brace.startOffset;
    this.settleBlock(closed);
  }

  unclosedQuote(quote: IToken): void {
    this.fault(
      quote,
      'unclosed-quote',
      'this quote is never closed, so the rest of the line belongs to it',
      'Close the quote on the same line.',
    );
    const origin = originOf(quote);
    const start = origin?.start ?? quote.startOffset + 1;
    const end = origin?.end ?? quote.startOffset + quote.image.length;
    if (!this.continuesLine(quote)) {
      this.settle();
      this.wait(quote, this.shape(''));
    }
    this.pending = withWord(
      this.pending ?? this.shape(''),
      quote.image.slice(1),
      start - this.pendingStart,
      end - this.pendingStart,
    );
    this.pendingIsCut = true;
  }

  /** All statements of the file; what is still open is closed and reported. */
  finish(): KeepalivedStatement[] {
    this.settle();
    if (this.open_.length > 0) this.backToRoot();
    return this.root;
  }

  /** A block that repeats the latest one of its kind keeps no lines of its own. */
  private settleBlock(closed: KeepalivedBlock): void {
    if (closed.shape.words.length === 1) {
      const latest = this.latest.get(closed.shape);
      if (latest !== undefined && closed.repeat(latest)) return;
      this.latest.set(closed.shape, closed);
    }
    // An array that grew has room to spare; a hundred thousand of them would keep it.
    closed.block = closed.block.slice();
  }

  /** Keeps a line until it is known whether a brace follows. */
  private wait(token: IToken, shape: Shape): void {
    const origin = originOf(token);
    this.pending = shape;
    this.pendingSource = origin?.source ?? this.source;
    this.pendingStart = origin?.start ?? token.startOffset;
    this.pendingEnd = origin?.end ?? token.startOffset + token.image.length;
    this.pendingIsCut = false;
  }

  /** Whether a quote stands on the latest line, which ends where the quote begins. */
  private continuesLine(quote: IToken): boolean {
    const origin = originOf(quote);
    const start = origin?.start ?? quote.startOffset;
    return (
      this.pending !== undefined &&
      !this.pendingIsCut &&
      (origin?.source ?? this.source) === this.pendingSource &&
      start >= this.pendingStart &&
      start <= this.pendingEnd
    );
  }

  /** No brace follows: the latest line is a plain statement. */
  private settle(): void {
    if (this.pending === undefined) return;
    this.current.push(new KeepalivedStatement(this.pendingSource, this.pending, this.pendingStart));
    this.pending = undefined;
  }

  private backToRoot(): void {
    // A brace without a keyword has been reported as such.
    const named = this.open_.filter(({ keyword }) => keyword !== '');
    const [outermost] = named;
    const innermost = named.at(-1);
    if (outermost !== undefined && innermost !== undefined) {
      const unclosed = findUnclosed(outermost, innermost);
      this.faults.push({
        kind: 'unbalanced-braces',
        message: `the '{' of '${unclosed.shape.text.trim()}' is never closed`,
        at: unclosed.place,
        severity: 'error',
        remedy: "Add the missing '}' where this block is meant to end.",
      });
    }
    this.open_.length = 0;
    this.current = this.root;
  }

  private fault(token: IToken, kind: Fault['kind'], message: string, remedy: string): void {
    const source = originOf(token)?.source ?? this.source;
    const start = originOf(token)?.start ?? token.startOffset;
    this.faults.push({ kind, message, remedy, severity: 'error', at: placeOf(source, start, start + 1) });
  }
}

/** A line with one word more: the rest of it behind an unclosed quote. */
function withWord(shape: Shape, word: string, start: number, end: number): Shape {
  const words = [...shape.words, word];
  return {
    text: `${shape.text}"${word}`,
    words,
    span: (index) => (index === words.length - 1 ? { start, end } : shape.span(index)),
    isQuoted: (index) => index === words.length - 1 || shape.isQuoted(index),
    from: (index) => (index === words.length - 1 ? undefined : shape.from?.(index)),
  };
}
