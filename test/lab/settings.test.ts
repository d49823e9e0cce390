import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSysctl } from '../../grammars/sysctl/read.ts';
import { confPath } from '../../src/model/conf-keys.ts';
import {
  type Course,
  confAfter,
  type Effective,
  effectiveConf,
  effectiveNumber,
  numberAfter,
} from '../../src/model/effective.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import type { KernelSettings } from '../../src/model/kernel.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';
import { isLabMissing, LAB_DEADLINE, runInLab } from './kernel.ts';
import { DEVICES, FOLDERS, type Folder, KEYS, LATE, MAIN, PLAIN, SETTINGS } from './random-settings.ts';

const CASES = 60;
const PROGRAMS = ['sysctl', 'systemd-sysctl'] as const;
type Program = (typeof PROGRAMS)[number];

const either = (all: number, own: number) => (all !== 0 || own !== 0 ? 1 : 0);
const both = (all: number, own: number) => (all !== 0 && own !== 0 ? 1 : 0);

/** How the kernel joins `all` and the interface (include/linux/inetdevice.h), written down apart from the model. */
const JOINED: Readonly<
  Record<(typeof KEYS)[number], (all: number, own: number, forwards: number) => number>
> = {
  arp_ignore: (all, own) => Math.max(all, own),
  rp_filter: (all, own) => Math.max(all, own),
  send_redirects: either,
  forwarding: (_, own) => own,
  accept_redirects: (all, own, forwards) => (forwards !== 0 ? both : either)(all, own),
  accept_local: either,
  accept_source_route: both,
  medium_id: (_, own) => own,
};
function settingsOf(files: Readonly<Record<string, string>>): KernelSettings {
  const trees = Object.entries(files).map(([path, text]) =>
    readSysctl(sourceOf(text, 'sysctl', { name: `/${path}` })),
  );
  return kernelSettingsFrom(trees).settings;
}

/** `ipv4/conf/all/rp_filter:0` of every line. */
function numbersIn(shown: string): (path: string) => number {
  const numbers = new Map(
    shown.split('\n').map((line) => {
      const colon = line.lastIndexOf(':');
      return [`net/${line.slice(0, colon)}`, Number(line.slice(colon + 1))];
    }),
  );
  return (path) => numbers.get(path) ?? Number.NaN;
}

interface Row {
  readonly what: string;
  readonly is: number;
  /** What is predicted for just this program and this folder. */
  readonly told: Effective<number | undefined>;
  /** What rules are told, who know neither. */
  readonly toRules?: Effective<number | undefined>;
}

/** What is predicted of one program, with what the kernel makes of it. */
function compared(
  { files, isLinked }: Folder,
  program: Program,
  number: (path: string) => number,
): readonly Row[] {
  const settings = settingsOf(files);
  const isPassedOver = program === 'systemd-sysctl' && !isLinked;
  const asRead = isPassedOver
    ? settingsOf(Object.fromEntries(Object.entries(files).filter(([path]) => path !== MAIN)))
    : settings;
  const loading = asRead.loadings.filter((each) => each.program === program).at(isLinked ? -1 : 0);
  if (loading === undefined) throw new Error(`nothing says what ${program} does`);
  const isGuess = isPassedOver && MAIN in files;
  const row = (what: string, is: number, told: Row['told'], toRules: Row['told']): Row => {
    return { what: `${program}: ${what}`, is, told, ...(!isGuess && { toRules }) };
  };
  const rows = PLAIN.map((key) => {
    const path = `net/${key}`;
    return row(key, number(path), numberAfter(asRead, loading, path), effectiveNumber(settings, path));
  });
  for (const key of KEYS) {
    for (const target of ['all', 'default']) {
      const path = confPath(key, target);
      const told = numberAfter(asRead, loading, path);
      rows.push(row(`${target} ${key}`, number(path), told, effectiveNumber(settings, path)));
    }
    for (const device of program === 'sysctl' ? DEVICES : [...DEVICES, LATE]) {
      const course: Course = { loading, late: device === LATE };
      const shown = (name: string, of: string) => number(confPath(name, of));
      const is = JOINED[key](shown(key, 'all'), shown(key, device), shown('forwarding', device));
      const told = confAfter(asRead, course, key, device);
      rows.push(row(`${device} ${key}`, is, told, effectiveConf(settings, key, device)));
    }
  }
  return rows;
}

test.skipIf(isLabMissing())(
  'the kernel shows the values that the tool predicts of folders that sysctl and systemd-sysctl read',
  async () => {
    const seed = SEED;
    console.log(`lab kernel: ${CASES} folders of sysctl files, LVSDOCTOR_SEED=${seed} makes them again`);
    const cases = fc.sample(SETTINGS, { numRuns: CASES, seed });
    const name = (at: number) => String(at).padStart(4, '0');
    const files = cases.flatMap((folder, at) => [
      ...FOLDERS.map((each) => [`in/${name(at)}/${each}/empty`, '']),
      ...Object.entries(folder.files).map(([path, text]) => [`in/${name(at)}/${path}`, text]),
      ...(folder.isLinked ? [[`in/${name(at)}/linked`, '']] : []),
    ]);
    await runInLab(
      'apply-settings.sh',
      { ...Object.fromEntries(files), plain: `${PLAIN.join(' ')}\n` },
      ({ read }) => {
        const counts = { clear: 0, unclear: 0, agreed: 0, open: 0 };
        const differences = cases.flatMap((folder, at) => {
          const rows = PROGRAMS.flatMap((program) => {
            return compared(folder, program, numbersIn(read(`shown/${name(at)}.${program}`)));
          });
          for (const { told, toRules } of rows) {
            counts[told.unclear ? 'unclear' : 'clear']++;
            if (toRules !== undefined) counts[toRules.unclear ? 'open' : 'agreed']++;
          }
          const isWrong = (of: Row['told'] | undefined, is: number) =>
            of !== undefined && !of.unclear && of.value !== is;
          const wrong = rows.filter(({ told, toRules, is }) => isWrong(told, is) || isWrong(toRules, is));
          if (wrong.length === 0) return [];
          const said = wrong.map(
            ({ what, told, toRules, is }) => `${what} is ${is}, not ${told.value} (${toRules?.value})`,
          );
          return [
            ...said,
            ...Object.entries(folder.files).flat(),
            `linked: ${folder.isLinked}`,
            read(`said/${name(at)}`),
          ];
        });
        expect(differences.slice(0, 60).join('\n')).toBe('');
        expect(counts.clear).toBeGreaterThan(counts.unclear * 5);
        expect(counts.agreed).toBeGreaterThan(counts.open * 5);
      },
    );
  },
  LAB_DEADLINE,
);
