import {
  type KeepalivedStatement,
  readBoolean,
  readInteger,
  readSeconds,
} from '../../grammars/keepalived/read.ts';
import { type Fact, statedBy } from '../evidence/fact.ts';

/** The keywords of one block. As in keepalived, the last valid line of a keyword counts. */
export class Fields {
  private readonly lines = new Map<string, KeepalivedStatement[]>();

  constructor(block: readonly KeepalivedStatement[] | undefined) {
    for (const line of block ?? []) {
      const known = this.lines.get(line.keyword);
      if (known === undefined) this.lines.set(line.keyword, [line]);
      else known.push(line);
    }
  }

  all(keyword: string): readonly KeepalivedStatement[] {
    return this.lines.get(keyword) ?? [];
  }

  last(...keywords: string[]): KeepalivedStatement | undefined {
    for (const keyword of keywords) {
      const line = this.lines.get(keyword)?.at(-1);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  /** The first argument as it stands. */
  text(...keywords: string[]): Fact<string> | undefined {
    const line = this.last(...keywords);
    const value = line?.argument(1);
    return line === undefined || value === undefined ? undefined : statedBy(value, line, 1);
  }

  integer(keyword: string, min: number, max: number): Fact<number> | undefined {
    return this.valid(keyword, (text) => readInteger(text, min, max));
  }

  seconds(keyword: string, min = 0, max = Number.MAX_SAFE_INTEGER): Fact<number> | undefined {
    return this.valid(keyword, (text) => readSeconds(text, min, max));
  }

  /** A switch: on where it stands without an argument. */
  flag(keyword: string): Fact<boolean> | undefined {
    const line = this.last(keyword);
    if (line === undefined) return undefined;
    const value = readBoolean(line.argument(1));
    return value === undefined ? undefined : statedBy(value, line, 0);
  }

  valid<T>(keyword: string, read: (text: string) => T | undefined): Fact<T> | undefined {
    for (const line of this.all(keyword).toReversed()) {
      const value = read(line.argument(1) ?? '');
      if (value !== undefined) return statedBy(value, line, 1);
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
