import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a job of this folder needs: the words that build hosts, the pair, and the program itself, as it was built. */
export function pairFiles(): Readonly<Record<string, string>> {
  const text = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
  return {
    'hosts.sh': text('../cluster/hosts.sh'),
    'pair.sh': text('pair.sh'),
    program: resolve(import.meta.dirname, '../../../dist/lvsdoctor.mjs'),
  };
}
