import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterFolders } from '../bench/cluster-folders.mjs';
import { useProgram } from '../support/program.ts';
import { SEED } from '../support/seed.ts';

const program = useProgram();
const MANY = 60;
const FORMATS = ['text', 'short', 'json', 'sarif', 'junit', 'github', 'gitlab', 'checkstyle', 'html'];

function below(top: string, files: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${top}/${path}`, text]));
}

const fleet = () => program.folderWith(below('fleet', clusterFolders(MANY, SEED)));

interface Told {
  readonly findings: readonly { readonly rule: string; readonly host: string; readonly message: string }[];
  readonly summary: { readonly hosts: readonly { readonly name: string }[] };
}

function told(command: string, folder: string): Told {
  return JSON.parse(program.run(`${command} --format json --advice`, folder).out) as Told;
}

test('two threads print the bytes of one, in every format', { timeout: 120_000 }, () => {
  const folder = fleet();
  const formats = FORMATS.map((name) => `--format ${name}=$JOBS.${name}`).join(' ');
  const runs = ['1', '2'].map((JOBS) =>
    program.run(`lvsdoctor lint fleet --advice --jobs $JOBS ${formats}`, folder, { JOBS }),
  );
  expect(runs[0]?.status).toBe(1);
  expect(runs[1]).toEqual(runs[0]);
  const compared = FORMATS.map((name) => program.run(`cmp 1.${name} 2.${name} && test -s 2.${name}`, folder));
  expect(compared.map(({ out, err, status }) => [out + err, status])).toEqual(FORMATS.map(() => ['', 0]));
});

test('each cluster is told as it is alone, in the order of the folders', { timeout: 120_000 }, () => {
  const folder = fleet();
  const all = told('lvsdoctor lint fleet --jobs 2', folder);
  const names = [...new Set(all.summary.hosts.map(({ name }) => name.split('/')[0]))];
  expect(names).toHaveLength(MANY);
  expect(names).toEqual([...names].sort());
  const wrong = all.findings.filter(({ rule }) => rule === 'ipvs/port-mapping-in-dr-tun');
  const cluster = wrong[0]?.host.split('/')[0];
  expect(cluster).toBeDefined();
  const alone = told('lvsdoctor lint', join(folder, 'fleet', cluster ?? ''));
  const here = all.findings.filter(({ host }) => host.startsWith(`${cluster}/`));
  const bare = (text: string) => text.replaceAll(`${cluster}/`, '');
  expect(here.map(({ rule, message }) => [rule, bare(message)])).toEqual(
    alone.findings.map(({ rule, message }) => [rule, message]),
  );
});

test('clusters that use the same addresses have nothing to do with each other', () => {
  const mine = clusterFolders(1, SEED);
  const [one, two, three] = [1, 2, 3].map((at) =>
    below(`c${at}`, Object.fromEntries(Object.entries(mine).map(([path, text]) => [path.slice(6), text]))),
  );
  const sound = told('lvsdoctor lint', program.folderWith(one ?? {})).findings.map(({ rule }) => rule);
  const folder = program.folderWith({ ...one, ...two, ...three });
  const all = told('lvsdoctor lint', folder);
  expect(all.summary.hosts).toHaveLength(18);
  expect(all.findings.map(({ rule }) => rule)).toEqual([...sound, ...sound, ...sound]);
});

test('what lies beside the clusters is judged, and their own settings hold inside them', () => {
  const broken = { 'keepalived.conf': 'vrrp_instance A {\n    priority 300\n}\n' };
  const folder = program.folderWith({
    ...below('c1/lb1', broken),
    ...below('c2/lb1', broken),
    'c1/lvsdoctor.yaml': 'rules:\n  vrrp/*: off\n  syntax/*: off\n',
    'c2/lvsdoctor.yaml': 'hosts:\n  lb1: { role: director, files: [lb1/*.conf] }\n',
    ...below('common', { 'sysctl.conf': 'net.ipv4.ip_forward = maybe\n' }),
  });
  const { findings, summary } = told('lvsdoctor lint', folder);
  expect(summary.hosts.map(({ name }) => name)).toEqual(['common', 'c1/lb1', 'c2/lb1']);
  const rulesOf = (name: string) => findings.filter(({ host }) => host === name).map(({ rule }) => rule);
  expect(rulesOf('c1/lb1').filter((rule) => rule.startsWith('vrrp/'))).toEqual([]);
  expect(rulesOf('c2/lb1').filter((rule) => rule.startsWith('vrrp/'))).not.toEqual([]);
  expect(rulesOf('common')).not.toEqual([]);
});

test('a baseline and repairs reach every cluster', { timeout: 120_000 }, () => {
  const folder = program.folderWith(clusterFolders(12, SEED));
  expect(program.run('lvsdoctor lint', folder).status).toBe(1);
  expect(program.run('lvsdoctor lint --write-baseline baseline.json', folder)).toMatchObject({ status: 0 });
  expect(program.run('lvsdoctor lint --baseline baseline.json', folder)).toMatchObject({ status: 0 });
  rmSync(join(folder, 'baseline.json'));
  const before = told('lvsdoctor lint', folder).findings.length;
  program.run('lvsdoctor lint --fix --unsafe', folder);
  expect(told('lvsdoctor lint', folder).findings.length).toBeLessThan(before);
});

test('--jobs is a number', () => {
  const { err, status } = program.run('lvsdoctor lint --jobs many', program.folderWith({}));
  expect([status, err.split('\n')[0]]).toEqual([2, 'lvsdoctor: --jobs many is no number from 1 to 999']);
});
