import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

/**
 * A scenario is one file: what it shows, the files of a folder, a command line, and what comes of it. `vitest -u`
 * writes the last three parts anew.
 *
 *     ==== file lb1.conf
 *     …
 *     ==== command
 *     lvsdoctor lint lb1.conf
 *     ==== status 1
 *     ==== stdout
 *     ==== stderr
 */
const program = useProgram();

const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.scenario'));

test.each(names)('%s', async (name) => {
  const path = `${import.meta.dirname}/${name}`;
  const given = readFileSync(path, 'utf8').split(/^==== status .*$/m)[0] ?? '';
  const parts = given.split(/^==== /m).slice(1);
  const files: Record<string, string> = {};
  let command = '';
  for (const part of parts) {
    const title = part.slice(0, part.indexOf('\n'));
    const body = part.slice(part.indexOf('\n') + 1);
    if (title.startsWith('file ')) files[title.slice('file '.length)] = body;
    else if (title === 'command') command = body.trim();
  }
  const { out, err, status } = program.run(command, program.folderWith(files));
  const actual = `${given}==== status ${status}\n==== stdout\n${out}==== stderr\n${err}`;
  await expect(actual).toMatchFileSnapshot(path);
});
