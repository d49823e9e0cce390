import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sectionsOf } from './support/page.ts';

/* docs/ci.md followed word by word by a new user; the package comes from here instead of from the registry. */

const isThere = spawnSync('pre-commit', ['--version']).error === undefined;
const isWanted = isThere || /^(?:1|true)$/.test(process.env['CI'] ?? '');
if (!isWanted) console.log('docs/ci.md: not followed, install pre-commit to do so');

const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-guide-'));
const repository = join(root, 'cluster');
const env = {
  PATH: process.env['PATH'],
  HOME: root,
  npm_config_cache: join(root, 'npm'),
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'someone',
  GIT_AUTHOR_EMAIL: 'someone@example.com',
  GIT_COMMITTER_NAME: 'someone',
  GIT_COMMITTER_EMAIL: 'someone@example.com',
  NO_COLOR: '1',
};
let tarball = '';

function shell(command: string, more: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
    cwd: repository,
    env: { ...env, ...more },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { said: stdout + stderr, status };
}

const guide = sectionsOf(readFileSync('docs/ci.md', 'utf8'));
const fromHere = (text: string) => text.replaceAll('lvsdoctor@0.1.0', tarball);

/** Does what a section says: writes its files, runs its commands. */
function follow(title: string): string {
  const section = guide.find((each) => each.title === title);
  if (section === undefined) throw new Error(`docs/ci.md has no section ${title}`);
  let said = '';
  for (const { language, name, text } of section.fences) {
    if (name !== '') {
      mkdirSync(dirname(join(repository, name)), { recursive: true });
      writeFileSync(join(repository, name), fromHere(text));
    } else if (language === 'sh') {
      const done = shell(fromHere(text));
      said += done.said;
      expect(done.status, `${text}\n${done.said}`).toBe(0);
    }
  }
  return said;
}

beforeAll(() => {
  if (!isWanted) return;
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', root], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  tarball = join(root, packed.trim());
  // A repository as people have it: with mistakes that nobody has seen.
  cpSync('docs/examples/broken-dr', repository, { recursive: true });
  shell('git init -q && git add -A && git commit -qm cluster');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MASTER = () => join(repository, 'lb1/keepalived.conf');

describe.skipIf(!isWanted)('docs/ci.md', () => {
  test('begins with a green gate', () => {
    const said = follow('Begin');
    expect(said).toContain('vrrp-pair/weight-cannot-fail-over');
    expect(existsSync(join(repository, 'lvsdoctor-baseline.json'))).toBe(true);
    expect(shell('git status --porcelain')).toEqual({ said: '', status: 0 });
  });

  test('leads to a hook that stops a mistake, and lets a sound change through', () => {
    follow('Before the commit');
    const sound = readFileSync(MASTER(), 'utf8');
    writeFileSync(MASTER(), sound.replace(/virtual_router_id \d+/, 'virtual_router_id 78'));
    const broken = shell('git commit -qam mistake');
    expect(broken.status, broken.said).toBe(1);
    expect(broken.said).toContain('vrrp-pair/vrid-mismatch');
    writeFileSync(MASTER(), `# who to call at night: see the wiki\n${sound}`);
    const fine = shell('git commit -qam sound');
    expect(fine.status, fine.said).toBe(0);
  });

  test('leads to reports in any CI', () => {
    follow('Elsewhere');
    for (const file of ['lvsdoctor.junit.xml', 'lvsdoctor.html'])
      expect(readFileSync(join(repository, file), 'utf8')).toMatch(/^<[?!]/);
  });

  test('leads to a job of GitLab, which the template does alike', () => {
    follow('GitLab');
    const { lvsdoctor: own } = parse(readFileSync(join(repository, '.gitlab-ci.yml'), 'utf8'));
    const { lvsdoctor: template } = parse(readFileSync('docs/ci/gitlab.yml', 'utf8'));
    expect(template.artifacts).toEqual(own.artifacts);
    // What npx takes from the registry is installed here.
    for (const script of [own.script, template.script.map((line: string) => line.replace('--yes ', ''))]) {
      rmSync(join(repository, 'gl-code-quality-report.json'), { force: true });
      const { said, status } = shell(script.join('\n'), { LVSDOCTOR_ARGUMENTS: '--advice' });
      expect(status, said).toBe(0);
      for (const file of Object.values<string>(own.artifacts.reports))
        expect(existsSync(join(repository, file)), file).toBe(true);
    }
  });

  test('leads to the action of GitHub, whose steps do what the workflow relies on', () => {
    follow('GitHub');
    const workflow = parse(readFileSync(join(repository, '.github/workflows/lvsdoctor.yml'), 'utf8'));
    const steps: { uses: string; with?: Record<string, string> }[] = workflow.jobs.lint.steps;
    expect(steps.map(({ uses }) => uses)).toContain('OWNER/lvsdoctor@v0.1.0');
    const { sarif_file: report = '' } = steps.at(-1)?.with ?? {};
    const action = parse(readFileSync('action.yml', 'utf8'));
    expect(report).toBe(action.inputs.sarif.default);
    const lint = action.runs.steps.find(({ id }: { id?: string }) => id === 'lint');
    const output = join(root, 'output');
    /** The runner's own job: inputs where the step asks for them. */
    const run = (inputs: Readonly<Record<string, string>>) => {
      writeFileSync(output, '');
      const given = Object.entries<string>(lint.env).map(([name, value]) => [
        name,
        value.replaceAll(
          /\$\{\{ inputs\.(\w+) \}\}/g,
          (_, input: string) => inputs[input] ?? action.inputs[input].default,
        ),
      ]);
      return shell(lint.run, {
        ...Object.fromEntries(given),
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_OUTPUT: output,
      });
    };
    const clean = run({});
    expect(clean.status, clean.said).toBe(0);
    expect(JSON.parse(readFileSync(join(repository, report), 'utf8')).runs[0].results).toBeInstanceOf(Array);
    expect(readFileSync(output, 'utf8')).toBe(`sarif=${report}\n`);
    const found = run({ paths: 'lb1 lb2', arguments: '--no-baseline', sarif: 'other.sarif' });
    expect(found.status).toBe(1);
    expect(found.said).toMatch(/^::error file=lb1\/keepalived\.conf,line=\d+/m);
    expect(existsSync(join(repository, 'other.sarif'))).toBe(true);
  });
});

test('the container is built from files that are here, by commands that exist', () => {
  const lines = readFileSync('Containerfile', 'utf8').split('\n');
  const entry = lines.find((line) => line.startsWith('ENTRYPOINT'));
  expect(JSON.parse(entry?.slice('ENTRYPOINT '.length) ?? '')).toEqual(['lvsdoctor']);
  const left = readFileSync('.containerignore', 'utf8').trim().split('\n');
  // What the build asks for must not be left out.
  for (const needed of [
    'package.json',
    'package-lock.json',
    'build.mjs',
    'src',
    'rules',
    'grammars',
    'docs',
    'tsconfig.json',
  ])
    expect(left).not.toContain(needed);
});
