import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { originOf } from './origin.ts';
import type { Builder } from './parser.ts';
import { newShaper, type Shaper } from './shape.ts';
import { KeepalivedStatement } from './statement.ts';
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

/** Puts lines into blocks, keeps what stands before a fault, and says each missing or stray brace once. */
export class StatementBuilder implements Builder {
  readonly faults: Fault[] = [];
  private readonly source: Source;
  private readonly shape: Shaper = newShaper();
  private readonly root: KeepalivedStatement[] = [];
  private open_: KeepalivedStatement[] = [];
  private current: KeepalivedStatement[] = this.root;
  private latest: KeepalivedStatement | undefined;

  constructor(source: Source) {
    this.source = source;
  }

  line(token: IToken): void {
    const origin = originOf(token);
    const shape = origin === undefined ? this.shape(token.image) : origin.shape(this.shape, token);
    const statement = new KeepalivedStatement(
      origin?.source ?? this.source,
      shape,
      origin?.start ?? token.startOffset,
    );
    if (this.open_.length > 0 && ROOT_BLOCKS.has(statement.keyword)) this.backToRoot();
    this.current.push(statement);
    this.latest = statement;
  }

  open(brace: IToken): void {
    let header = this.latest;
    if (header === undefined || header.block !== undefined) {
      this.fault(
        brace,
        'unbalanced-braces',
        "'{' stands without a keyword in front of it",
        'Put the keyword of the block in front of the brace, or delete both braces.',
      );
      header = new KeepalivedStatement(
        originOf(brace)?.source ?? this.source,
        this.shape(''),
        brace.startOffset,
      );
    }
    header.block = [];
    this.open_.push(header);
    this.current = header.block;
    this.latest = undefined;
  }

  close(brace: IToken): void {
    const closed = this.open_.pop();
    if (closed === undefined) {
      this.fault(
        brace,
        'unbalanced-braces',
        "'}' closes nothing: every block before it is closed already",
        'Delete this brace, or find the one above it that closed a block too early.',
      );
    } else {
      closed.closedAt = brace.startOffset;
      // A brace without a keyword holds lines that were meant for the block around it.
      if (closed.keyword === '') this.enclosing().push(...(closed.block ?? []));
    }
    this.current = this.enclosing();
    this.latest = undefined;
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
    if (this.latest === undefined || this.latest.block !== undefined) {
      this.latest = new KeepalivedStatement(origin?.source ?? this.source, this.shape(''), start);
      this.current.push(this.latest);
    }
    this.latest.take(quote.image.slice(1), start, end);
  }

  /** All statements of the file; what is still open is closed and reported. */
  finish(): KeepalivedStatement[] {
    if (this.open_.length > 0) this.backToRoot();
    return this.root;
  }

  private enclosing(): KeepalivedStatement[] {
    return this.open_.at(-1)?.block ?? this.root;
  }

  private backToRoot(): void {
    const [outermost] = this.open_;
    const innermost = this.open_.at(-1);
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
    this.open_ = [];
    this.current = this.root;
    this.latest = undefined;
  }

  private fault(token: IToken, kind: Fault['kind'], message: string, remedy: string): void {
    const source = originOf(token)?.source ?? this.source;
    const start = originOf(token)?.start ?? token.startOffset;
    this.faults.push({ kind, message, remedy, severity: 'error', at: placeOf(source, start, start + 1) });
  }
}
