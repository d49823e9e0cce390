// `node build.mjs [FOLDER]` bundles the program into FOLDER, `node build.mjs generate` writes the files that are made from
// others. Either installs what is missing first, so that a fresh clone needs Node and npm only.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Some of what is bundled is CommonJS and asks for Node's own modules in its old way. */
const BANNER = `#!/usr/bin/env node
import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);`;

/**
 * One file that every run reads, and beside it `chunks/` of what only some commands import (ssh, YAML), so that no run
 * pays for the others. docs/decisions/0005-one-file.md has the measurements.
 */
async function bundle(folder) {
  const { build } = await import('esbuild');
  // Names of chunks change with their content: those of the last build are nobody's any more.
  rmSync(join(folder, 'chunks'), { recursive: true, force: true });
  await build({
    entryPoints: [{ in: 'src/cli/main.ts', out: 'lvsdoctor' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    bundle: true,
    // poly1305 of ssh2 asks for its folder and then has all that it needs in itself.
    define: { __dirname: 'import.meta.dirname' },
    // ssh2 works without what is compiled for one machine; it tries these and goes on.
    external: ['cpu-features', '*.node'],
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minify: true,
    legalComments: 'none',
    banner: { js: BANNER },
    // yargs measures the width of its help with it. Ours is plain text, and loading the tables takes 20 ms.
    alias: { 'string-width': './src/cli/text-width.ts' },
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages()));
}

/** What `explain` prints, by path under docs: in one file, so that the package has few. */
function pages() {
  const paths = ['rules', 'symptoms'].flatMap((top) =>
    readdirSync(join('docs', top), { recursive: true }).map((name) => join(top, String(name))),
  );
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith('.md'))
      .sort()
      .map((path) => [path.slice(0, -'.md'.length), readFileSync(join('docs', path), 'utf8')]),
  );
}

/** The published schema of lvsdoctor.yaml, after the thresholds that the rules declare were written into it. */
async function schemaWithThresholds() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: ['rules/index.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: BANNER.split('\n').slice(1).join('\n').replace('import.meta.url', "'file:///'") },
    write: false,
  });
  const code = Buffer.from(outputFiles[0].text).toString('base64');
  const rules = Object.values(await import(`data:text/javascript;base64,${code}`));
  const file = 'docs/lvsdoctor.schema.json';
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const { rule, rules: known } = schema.definitions;
  known.properties = Object.fromEntries(
    rules
      .filter(({ thresholds }) => thresholds !== undefined)
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, title, thresholds }) => {
        const numbers = Object.entries(thresholds).map(([name, { default: standard, unit, why }]) => [
          name,
          { description: `${unit}: ${why}`, type: 'number', minimum: 0, default: standard },
        ]);
        const own = structuredClone({ description: title, ...rule });
        Object.assign(own.then.properties, Object.fromEntries(numbers));
        return [id, own];
      }),
  );
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  spawnSync('npx', ['biome', 'format', '--write', file]);
  return schema;
}

/** What the compiled check leaves to the reader of settings, which knows the rules: with the names it were ten times as large. */
function withoutThresholds(schema) {
  const smaller = structuredClone(schema);
  smaller.definitions.rules.properties = {};
  smaller.definitions.rule.then.additionalProperties = { type: 'number', minimum: 0 };
  return smaller;
}

/** The check of lvsdoctor.yaml as plain code, so that ajv is needed here only. */
async function generateSettingsCheck() {
  const { build } = await import('esbuild');
  const { default: Ajv } = await import('ajv');
  const { default: standaloneCode } = await import('ajv/dist/standalone/index.js');
  const schema = withoutThresholds(await schemaWithThresholds());
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, code });
  const { outputFiles } = await build({
    stdin: { contents: standaloneCode(ajv, ajv.compile(schema)), resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // The file names its parts as they are called here, wherever node_modules really lies.
    preserveSymlinks: true,
    write: false,
  });
  const note = '// Generated from docs/lvsdoctor.schema.json by `npm run generate`. Do not edit.\n';
  writeFileSync('src/cli/settings-check.generated.js', note + outputFiles[0].text);
}

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for. */
function installMissing() {
  const wanted = Object.entries(packagesOf('package-lock.json'));
  const present = packagesOf('node_modules/.package-lock.json');
  const isThere = ([path, { version, optional }]) =>
    path === '' || optional || present[path]?.version === version;
  if (wanted.every(isThere)) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return {};
  }
}

process.chdir(import.meta.dirname);
installMissing();
const [what = 'dist'] = process.argv.slice(2);
try {
  await (what === 'generate' ? generateSettingsCheck() : bundle(what));
} catch (error) {
  // esbuild has told what is wrong with the sources.
  if (!error.errors) throw error;
  process.exitCode = 1;
}
