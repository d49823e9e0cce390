import {
  type KeepalivedStatement,
  readBoolean,
  readInteger,
  readSeconds,
} from '../../grammars/keepalived/read.ts';
import { type Fact, statedBy } from '../evidence/fact.ts';
import { append } from './grouping.ts';

/** The keywords of one block. As in keepalived, the last valid line of a keyword counts. */
export class Fields {
  private readonly lines = new Map<string, KeepalivedStatement[]>();
  private readonly block: readonly KeepalivedStatement[];

  constructor(block: readonly KeepalivedStatement[] | undefined) {
    this.block = block ?? [];
    for (const line of this.block) append(this.lines, line.keyword, line);
  }

  /** The lines of a keyword, or of several that set the same thing, in their order. */
  all(...keywords: string[]): readonly KeepalivedStatement[] {
    const present = keywords.flatMap((keyword) => this.lines.get(keyword) ?? []);
    const [first] = present;
    if (keywords.length === 1 || present.every(({ keyword }) => keyword === first?.keyword)) return present;
    return this.block.filter(({ keyword }) => keywords.includes(keyword));
  }

  last(...keywords: string[]): KeepalivedStatement | undefined {
    return keywords.length === 1 ? this.lines.get(keywords[0] ?? '')?.at(-1) : this.all(...keywords).at(-1);
  }

  /** The first argument as it stands. */
  text(keyword: string): Fact<string> | undefined {
    const line = this.last(keyword);
    const value = line?.argument(1);
    return line === undefined || value === undefined ? undefined : statedBy(value, line, 1);
  }

  integer(keyword: string, min: number, max: number): Fact<number> | undefined {
    return this.valid(keyword, (text) => readInteger(text, min, max));
  }

  seconds(keyword: string, min = 0, max = Number.MAX_SAFE_INTEGER): Fact<number> | undefined {
    return this.valid(keyword, (text) => readSeconds(text, min, max));
  }

  /** A switch that takes `on` or `off`: on where it stands without either. */
  flag(keyword: string): Fact<boolean> | undefined {
    return this.latest([keyword], (line) => {
      const value = readBoolean(line.argument(1));
      return value === undefined ? undefined : statedBy(value, line, 0);
    });
  }

  /** A switch that is on wherever it stands: keepalived does not read the word behind it. */
  present(keyword: string): Fact<boolean> | undefined {
    const line = this.last(keyword);
    return line === undefined ? undefined : statedBy(true, line, 0);
  }

  /** A pair of opposite switches: where the first one stands, the later of the two counts. */
  switched(on: string, off: string): Fact<boolean> | undefined {
    const line = this.last(on);
    return line === undefined ? undefined : statedBy(this.last(on, off) === line, line, 0);
  }

  valid<T>(keyword: string, read: (text: string) => T | undefined): Fact<T> | undefined {
    return this.latest([keyword], (line) => {
      const value = read(line.argument(1) ?? '');
      return value === undefined ? undefined : statedBy(value, line, 1);
    });
  }

  /** What the latest line says that keepalived takes, among those of keywords that set the same thing. */
  latest<T>(keywords: readonly string[], read: (line: KeepalivedStatement) => T | undefined): T | undefined {
    const lines = this.all(...keywords);
    for (let index = lines.length - 1; index >= 0; index--) {
      const found = read(lines[index] as KeepalivedStatement);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The lines of list blocks such as `virtual_ipaddress { … }`, several blocks added up. */
  items(keyword: string): readonly KeepalivedStatement[] {
    return this.all(keyword).flatMap((line) => line.block ?? []);
  }

  /** Every word of list blocks of plain names: `group { A B }`. */
  names(keyword: string): readonly Fact<string>[] {
    return this.items(keyword).flatMap((line) =>
      line.shape.words.map((word, index) => statedBy(word, line, index)),
    );
  }

  /** Keywords by name with their first argument, for rules that ask for a single word of a large vocabulary. */
  others(): ReadonlyMap<string, Fact<string>> {
    const others = new Map<string, Fact<string>>();
    for (const [keyword, lines] of this.lines) {
      const line = lines.at(-1);
      if (line !== undefined) others.set(keyword, statedBy(line.argument(1) ?? '', line, 0));
    }
    return others;
  }
}
