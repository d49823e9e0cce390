import { expect, test } from 'vitest';
import { PROBES, shownCommand } from '../../src/collect/probe.ts';
import { probeScript } from '../../src/collect/script.ts';
import { scriptTree } from '../support/script.ts';

/** Every program that may run on a host, with the arguments that leave it a reader. */
const READ_ONLY: Readonly<Record<string, RegExp>> = {
  ipvsadm: /^(?:-S -n|-L -n|-L -n -c|-L -n --stats --exact|-L --timeout|-L --daemon)$/,
  ip: /^-j -p(?: -4| -6| -d| -s)*(?: address| link| route| rule| neighbour) show(?: table all)?$/,
  sysctl: /^-a$/,
  'iptables-save': /^$/,
  'iptables-legacy-save': /^$/,
  'ip6tables-save': /^$/,
  'arptables-save': /^$/,
  nft: /^list ruleset$/,
  ethtool: /^-k \S+$/,
  systemctl: /^show keepalived$/,
  journalctl: /^-t Keepalived_vrrp -n 2000 -o short-unix --no-pager -q$/,
  keepalived: /^--version$/,
  uname: /^(?:-s -r -m|-n)$/,
  find: /^\/etc\/keepalived -maxdepth 4 (?:-exec stat -c %a %U %G %Y %n \{\} \+|-name \*\.conf)$/,
  grep: /^-/,
  awk: /^(?!.*(?:[>|]|system|getline))/,
  tail: /^(?:-n 100|-c 4000000 \S+)$/,
  cat: /^(?:-- .*)?$/,
  sed: /^-n (?!.*-[iE]?i)/,
  ls: /^-ldnL -- /,
  readlink: /^\S+$/,
  tr: /^\\000/,
  head: /^-c /,
  date: /^\+%s$/,
  id: /^-u$/,
  sleep: /^/,
  // Only what the script itself started.
  kill: /^(?:-9 )?\S*$/,
  timeout: /^-k 1 /,
  sudo: /^-n (?:-l$|)/,
};
/** The shell's own, and the script's functions. */
const OWN = new Set(
  `[ read printf case set unset export exec return continue wait command test : true local for
  limit run root failed probe hidden emit files take include patterns_in keepalived_daemons keepalived_processes keepalived_mains
  keepalived_files lvsdoctor`.split(/\s+/),
);
const WRAPPERS = new Set(['run', 'root', 'limit']);

/** The programs that a piece of shell starts, with their arguments; `?` stands for what only a running shell knows. */
function programsOf(text: string): readonly (readonly [string, string])[] {
  return scriptTree(text).statements.flatMap(({ words }) => {
    const texts = words.map((word) => (word.unknown ? '?' : word.text));
    while (WRAPPERS.has(texts[0] ?? '')) texts.shift();
    const [program = '', ...args] = texts;
    return [[program, args.join(' ')] as const];
  });
}

test.each(PROBES.map((probe) => [probe.name, probe] as const))('%s only reads', (_, { command }) => {
  const programs = programsOf(command).filter(([program]) => program !== '' && !OWN.has(program));
  for (const [program, args] of programs) expect(args, program).toMatch(READ_ONLY[program] ?? /^none$/);
  const wrapped = command.match(/\b(?:run|root|limit) [\w-]+/g) ?? [];
  // Nothing that a wrapper starts is lost on the way through the grammar.
  for (const words of wrapped) expect(programs.map(([program]) => program)).toContain(words.split(' ')[1]);
});

test('the whole script redirects into nothing but its own channels', () => {
  const script = probeScript();
  const targets = [...script.matchAll(/(?<![-=<>&\w$])\d?>{1,2}\s*([^\s;)}]+)/g)].map(
    ([, target = '']) => target,
  );
  expect(targets.length).toBeGreaterThan(20);
  for (const target of targets) expect(target).toMatch(/^(?:&[1-5-]|\/dev\/null)$/);
  expect(script).not.toMatch(/\b(?:eval|source|tee|dd|rm|mv|cp|mkdir|touch|chmod|modprobe|nsenter)\b/);
});

test('no command holds anything but constant text, and names are files that a snapshot can have', () => {
  for (const { name, command } of PROBES) {
    expect(name).toMatch(/^[a-z][a-z0-9-]+$/);
    expect(command).not.toContain('`');
  }
  expect(new Set(PROBES.map(({ name }) => name)).size).toBe(PROBES.length);
});

test('reports call a command what a person would type', () => {
  const shown = Object.fromEntries(PROBES.map((probe) => [probe.name, shownCommand(probe)]));
  expect(shown).toMatchObject({
    'ipvs-table': 'ipvsadm -S -n',
    addresses: 'ip -j -p address show',
    sysctl: 'sysctl -a',
    iptables: 'iptables-save',
    offloads: 'offloads',
    'keepalived-conf': 'keepalived-conf',
    'vrrp-transitions': 'journalctl -t Keepalived_vrrp -n 2000 -o short-unix --no-pager -q',
  });
});
