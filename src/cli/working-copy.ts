import { type Disk, isTrouble, localDisk } from '../collect/files.ts';
import type { Source } from '../evidence/source.ts';
import { remembered } from '../model/memory.ts';

/** A file whose text is no longer what was read. */
export interface ChangedFile {
  /** Links followed. */
  readonly path: string;
  /** As the reports name it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const encoder = new TextEncoder();

/**
 * The disk as it was when it was first read, with texts that nobody has written yet. What it has read it keeps: fixes are
 * made for just these bytes, and a pipe cannot be read twice.
 */
export class WorkingCopy {
  readonly disk: Disk;
  private readonly read = new Map<string, Uint8Array>();
  private readonly changed = new Map<string, ChangedFile>();

  constructor(disk: Disk = localDisk) {
    this.disk = {
      ...disk,
      read: (path, limit) => {
        const file = disk.real(path);
        const known = this.bytesOf(file);
        if (known !== undefined) return known.subarray(0, limit);
        const bytes = disk.read(path, limit);
        if (!isTrouble(bytes) && limit === Number.POSITIVE_INFINITY) this.read.set(file, bytes);
        return bytes;
      },
    };
  }

  /** The file of a source; nothing where it is none, or its bytes are not just the text's. */
  readonly fileOf = remembered(({ origin, text }: Source): string | undefined => {
    const file = this.disk.real(origin.path);
    const entry = this.disk.look(file);
    const bytes = this.bytesOf(file);
    if (bytes === undefined || isTrouble(entry) || entry.kind !== 'file') return undefined;
    return Buffer.compare(bytes, encoder.encode(text)) === 0 ? file : undefined;
  });

  put(file: string, { name, text: before }: Pick<Source, 'name' | 'text'>, after: string): void {
    const known = this.changed.get(file);
    this.changed.set(file, { path: file, name: known?.name ?? name, before: known?.before ?? before, after });
  }

  /** Sorted by name. */
  changes(): readonly ChangedFile[] {
    return [...this.changed.values()]
      .filter(({ before, after }) => before !== after)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  private bytesOf(file: string): Uint8Array | undefined {
    const changed = this.changed.get(file);
    return changed === undefined ? this.read.get(file) : encoder.encode(changed.after);
  }
}
