import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** What each folder may import besides itself; docs/architecture.md says why. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/evidence': [],
  grammars: ['src/evidence', 'chevrotain', 'fastest-levenshtein', 'node:net'],
  'src/model': ['src/evidence', 'grammars', 'ip-address'],
  'src/judge': ['src/evidence', 'src/model', 'node:crypto'],
  rules: ['src/judge', 'src/model', 'src/evidence'],
  'src/collect': [
    'src/evidence',
    'node:path',
    'node:fs',
    'node:os',
    'node:crypto',
    'node:child_process',
    'tinyglobby',
    'picomatch',
    'node:stream',
    'node:net',
    'diff',
    'ssh2',
    'ssh-config',
  ],
  'src/verify': [
    'src/judge',
    'src/model',
    'src/evidence',
    'src/collect',
    'node:net',
    'node:http',
    'node:https',
    'node:tls',
    'node:dgram',
    'node:os',
    'node:perf_hooks',
    'node:crypto',
  ],
  'src/report': ['src/judge', 'src/evidence', 'node:crypto', 'picocolors', 'get-east-asian-width'],
};
const ONLY_IN: Record<string, RegExp> = {
  ssh2: /^src\/collect\/ssh\//,
  'ssh-config': /^src\/collect\/ssh\//,
  'node:child_process': /^src\/collect\/(?:local|git)\.ts$/,
  'node:fs': /^src\/(collect\/(files|snapshot)|cli\/.*)\.ts$/,
};

const files = ['src', 'rules', 'grammars'].flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(top, name)),
);
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const folderOf = (path: string) =>
  Object.keys(MAY_IMPORT).find((folder) => path.startsWith(`${folder}/`)) ?? 'src/cli';

test.each(files)('%s imports only what its folder may', (file) => {
  for (const [, from = ''] of (texts.get(file) ?? '').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    const target = from.startsWith('.') ? posix.join(posix.dirname(file), from) : from;
    const home = from.startsWith('.') ? folderOf(target) : target;
    const own = folderOf(file);
    if (ONLY_IN[target]) expect(file).toMatch(ONLY_IN[target]);
    if (own === 'src/cli' || home === own) continue;
    expect(MAY_IMPORT[own], `${file} imports ${from}`).toContain(home);
    if (own === 'src/model' && home === 'grammars')
      expect(target).toMatch(/^grammars\/(tree|[^/]+\/read)\.ts$/);
    expect(target).not.toBe('rules/index.ts');
  }
});

test.each(files)('%s is small enough to be read', (file) => {
  const text = texts.get(file) ?? '';
  const lines = text.split('\n').length;
  if (!/^\/\* Generated|keywords/.test(text.slice(0, 200) + file)) expect(lines).toBeLessThanOrEqual(300);
  if (/^rules\/[^/]+\//.test(file)) expect(linesOfCode(text)).toBeLessThanOrEqual(44);
  if (file.startsWith('rules/')) expect(text).not.toContain('.origin');
});

/** What of a rule has to fit on a screen: all but its imports and blank lines. */
function linesOfCode(text: string): number {
  const withoutImports = text.replaceAll(/^import\b[^;]*;$/gm, '');
  return withoutImports.split('\n').filter((line) => line.trim() !== '').length;
}
