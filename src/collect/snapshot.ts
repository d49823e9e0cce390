import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { readAnswer } from './answer.ts';
import { lookOf } from './collect.ts';
import { localDisk } from './files.ts';
import { readInside } from './inside.ts';
import type { HostLook } from './look.ts';
import { readManifest, safeName, writeManifest } from './manifest.ts';
import { maskLook, newMask } from './secret-mask.ts';
import { sosLook } from './sos-report.ts';

const MANIFEST = 'manifest.json';
const ANSWER_FILE = /\.out$/;
/** More than a host says. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What a snapshot cannot be: told in a line, and nothing of it is judged. */
export class SnapshotTrouble extends Error {}

/** Writes a folder for each host: a file for each probe, or for each file that it printed, and a manifest that lists them. */
export function writeSnapshot(folder: string, looks: readonly HostLook[]): void {
  for (const look of looks) {
    const home = join(folder, safeName(look.host) || '%');
    try {
      mkdirSync(folder, { recursive: true });
      // What a host says of itself is for those who may log in to it.
      mkdirSync(home, { mode: 0o700 });
      const { manifest, files } = writeManifest(look);
      for (const [name, text] of files) {
        mkdirSync(dirname(join(home, name)), { recursive: true });
        writeFileSync(join(home, name), text);
      }
      writeFileSync(join(home, MANIFEST), manifest);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new SnapshotTrouble(
        code === 'EEXIST'
          ? `${home} is there already: name a new folder`
          : `the snapshot cannot be written to ${home} (${code ?? message})`,
      );
    }
  }
}

/**
 * Reads a snapshot: the folders that `writeSnapshot` made, answers of the script that others fetched, as HOST.out, and
 * extracted sos reports; or is one of these. One that cannot be read is a host that could not be seen.
 */
export function readSnapshot(folder: string): readonly HostLook[] {
  // Folders hold no secrets any more; answers do.
  const mask = newMask();
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    throw new SnapshotTrouble(`${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const own = sosLook(folder);
  if (own !== undefined) return [maskLook(own, mask)];
  const looks = names.flatMap((name) => {
    const path = join(folder, name);
    if (ANSWER_FILE.test(name)) return maskLook(answerLook(path, name.replace(ANSWER_FILE, '')), mask);
    const sos = sosLook(path);
    return manifestLook(path, name) ?? (sos === undefined ? [] : maskLook(sos, mask));
  });
  if (looks.length === 0)
    throw new SnapshotTrouble(
      `${folder} is no snapshot: it holds neither HOST/${MANIFEST} nor HOST.out nor sos_commands`,
    );
  return looks.sort((one, other) => (one.host < other.host ? -1 : 1));
}

function answerLook(path: string, host: string): HostLook {
  const bytes = readInside(dirname(path), path, MOST_BYTES, localDisk);
  const answer = bytes === undefined ? undefined : readAnswer(bytes, host);
  const failed = (why: string) => ({ host, probes: [], failure: { kind: 'command failed', why } as const });
  if (bytes === undefined) return failed(`${path} cannot be read`);
  if (answer === undefined) return failed(`${path} holds no answer of the script`);
  return lookOf(answer);
}

/** Undefined for a folder, or whatever it is, that holds no manifest. */
function manifestLook(home: string, name: string): HostLook | undefined {
  const text = textInside(home, MANIFEST);
  if (text === undefined) return undefined;
  const read = (file: string) => {
    // A manifest may come from anybody: it names files of its own folder only.
    const inside = normalize(file);
    if (inside.startsWith('/') || inside.split('/').includes('..')) return undefined;
    return textInside(home, inside);
  };
  return (
    readManifest(text, read) ?? {
      host: name,
      probes: [],
      failure: {
        kind: 'command failed',
        why: `${join(home, MANIFEST)} is no manifest that this release reads`,
      },
    }
  );
}

function textInside(home: string, file: string): string | undefined {
  const bytes = readInside(home, join(home, file), MOST_BYTES, localDisk);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
