// Builds dist/lvsdoctor.mjs. `node build.mjs generate` writes the files that are made from others instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Some of what is bundled is CommonJS and asks for Node's own modules in its old way. */
const BANNER = `#!/usr/bin/env node
import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);`;

/** Everything in one file: a director needs Node and this, and start-up is one read. */
function bundle() {
  return build({
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/lvsdoctor.mjs',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minify: true,
    legalComments: 'none',
    banner: { js: BANNER },
    // yargs measures the width of its help with it. Ours is plain ASCII, and loading the tables takes 20 ms.
    // yargs measures the width of its help with it. Ours is plain text, and loading the tables takes 20 ms.
    alias: { 'string-width': './src/cli/text-width.ts' },
    logLevel: 'warning',
  });
}

/** The check of lvsdoctor.yaml as plain code, so that ajv is needed here only. */
async function generateSettingsCheck() {
  const { default: Ajv } = await import('ajv');
  const { default: standaloneCode } = await import('ajv/dist/standalone/index.js');
  const schema = JSON.parse(readFileSync('docs/lvsdoctor.schema.json', 'utf8'));
  const ajv = new Ajv({ allErrors: true, verbose: true, code: { source: true, esm: true, lines: true } });
  const { outputFiles } = await build({
    stdin: { contents: standaloneCode(ajv, ajv.compile(schema)), resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const note = '// Generated from docs/lvsdoctor.schema.json by `npm run generate`. Do not edit.\n';
  writeFileSync('src/cli/settings-check.generated.js', note + outputFiles[0].text);
}

await (process.argv[2] === 'generate' ? generateSettingsCheck() : bundle());
