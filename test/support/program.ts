import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** What one command line printed and how it ended; the folder it ran in is written as `[folder]`. */
export interface Run {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** The bundled program for the tests of one file, built anew, and command lines run with it by a shell. */
export function useProgram() {
  const home = join(resolve('dist'), `test-${process.pid}`);
  const folders: string[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, ['build.mjs', home]);
    writeFileSync(
      join(home, 'lvsdoctor'),
      `#!/bin/sh\nexec "${process.execPath}" "${home}/lvsdoctor.mjs" "$@"\n`,
    );
    chmodSync(join(home, 'lvsdoctor'), 0o755);
  });
  afterAll(() => {
    for (const folder of [home, ...folders]) rmSync(folder, { recursive: true, force: true });
  });

  return {
    /** The folder of the program, all that it needs of itself. */
    home,

    /** A folder with these files, named `cluster`, so that host names do not depend on chance. */
    folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
      const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-test-'));
      folders.push(root);
      const folder = join(root, 'cluster');
      mkdirSync(folder);
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      return folder;
    },

    run(
      command: string,
      folder: string,
      env: Readonly<Record<string, string>> = {},
      user: Readonly<Record<string, number>> = {},
    ): Run {
      const { PATH = '' } = process.env;
      const { stdout, stderr, status } = spawnSync('sh', ['-c', command], {
        ...user,
        cwd: folder,
        env: { PATH: `${home}:${PATH}`, LANG: 'C', ...env },
        encoding: 'utf8',
      });
      const neutral = (text: string) => text.replaceAll(folder, '[folder]');
      return { out: neutral(stdout), err: neutral(stderr), status };
    },
  };
}
