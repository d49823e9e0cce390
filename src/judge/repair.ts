import type { Edit } from '../evidence/fix.ts';
import type { Source } from '../evidence/source.ts';
import type { Finding } from './finding.ts';

/** What one round of repairs comes to. */
export interface Repair {
  /** By file: the source that was changed, and its new text. */
  readonly texts: ReadonlyMap<string, { readonly source: Source; readonly text: string }>;
  /** The findings whose fixes went in, whole. Another one that touches the same words waits for the next round. */
  readonly fixed: readonly Finding[];
}

/** Applies fixes to the texts that they were made for. `fileOf` names a source's file, or nothing where it may not change. */
export function repair(findings: readonly Finding[], fileOf: (source: Source) => string | undefined): Repair {
  const files = new Map<string, FileEdits>();
  const fixed = findings.filter(({ fix }) => {
    const edits = (fix?.edits ?? []).map((edit) => ({ edit, file: fileOf(edit.source) }));
    if (edits.length === 0) return false;
    const placed = edits.flatMap(({ edit, file }) => {
      if (file === undefined) return [];
      const own = files.get(file) ?? new FileEdits(edit.source);
      files.set(file, own);
      return own.source.text === edit.source.text && own.mayTake(edit) ? [{ own, edit }] : [];
    });
    if (placed.length < edits.length) return false;
    for (const { own, edit } of placed) own.take(edit);
    return true;
  });
  const changed = [...files].flatMap(([file, own]) => {
    const text = own.result();
    return text === own.source.text ? [] : [[file, { source: own.source, text }] as const];
  });
  return { texts: new Map(changed), fixed };
}

/** The edits of one text, in order and apart from one another. */
class FileEdits {
  readonly source: Source;
  private readonly edits: Edit[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  /** True where nothing that was taken touches the same words, or says the very same. */
  mayTake(edit: Edit): boolean {
    const at = this.positionOf(edit);
    return this.has(edit) || !(touch(this.edits[at - 1], edit) || touch(this.edits[at], edit));
  }

  /** Two parts of one fix may not touch each other either: then the later one is left for another round. */
  take(edit: Edit): void {
    if (!this.has(edit) && this.mayTake(edit)) this.edits.splice(this.positionOf(edit), 0, edit);
  }

  result(): string {
    const { text } = this.source;
    let result = '';
    let at = 0;
    for (const { range, text: put } of this.edits) {
      result += text.slice(at, range.start) + put;
      at = range.end;
    }
    return result + text.slice(at);
  }

  private has(edit: Edit): boolean {
    const same = this.edits[this.positionOf(edit)];
    return same !== undefined && isSame(same, edit);
  }

  /** The first edit that begins where this one does, or behind it. */
  private positionOf({ range }: Edit): number {
    let low = 0;
    let high = this.edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.edits[middle]?.range.start ?? 0) < range.start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isSame(one: Edit, other: Edit): boolean {
  return (
    one.range.start === other.range.start && one.range.end === other.range.end && one.text === other.text
  );
}

/** Insertions at one offset touch: nobody knows which of them is to come first. */
function touch(one: Edit | undefined, { range }: Edit): boolean {
  if (one === undefined) return false;
  const { start, end } = one.range;
  return start === range.start || (start < range.end && range.start < end);
}
