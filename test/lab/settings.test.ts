import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSysctl } from '../../grammars/sysctl/read.ts';
import { confPath } from '../../src/model/conf-keys.ts';
import { type Effective, effectiveConf, effectiveNumber } from '../../src/model/effective.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import type { KernelSettings } from '../../src/model/kernel.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';
import { isLabMissing, LAB_DEADLINE, runInLab } from './kernel.ts';
import { DEVICES, FOLDERS, KEYS, SETTINGS } from './random-settings.ts';

const CASES = 40;

/** How the kernel joins `all` and the interface (include/linux/inetdevice.h), written down apart from the model. */
const JOINED: Readonly<Record<(typeof KEYS)[number], (all: number, own: number) => number>> = {
  arp_ignore: Math.max,
  arp_announce: Math.max,
  rp_filter: Math.max,
  send_redirects: (all, own) => (all !== 0 || own !== 0 ? 1 : 0),
  forwarding: (_, own) => own,
};

function predicted(files: Readonly<Record<string, string>>): KernelSettings {
  const trees = Object.entries(files).map(([path, text]) =>
    readSysctl(sourceOf(text, 'sysctl', { name: `/${path}` })),
  );
  return kernelSettingsFrom(trees).settings;
}

/** `conf/all/rp_filter:0` of every line. */
function numbersIn(shown: string): ReadonlyMap<string, number> {
  return new Map(
    shown.split('\n').map((line) => {
      const colon = line.lastIndexOf(':');
      return [`net/ipv4/${line.slice(0, colon)}`, Number(line.slice(colon + 1))];
    }),
  );
}

/** What is predicted, with what the kernel makes of it. */
function compared(settings: KernelSettings, shown: ReadonlyMap<string, number>) {
  const number = (path: string) => shown.get(path) ?? Number.NaN;
  const rows: { what: string; told: Effective<number | undefined>; is: number }[] = [];
  const forward = 'net/ipv4/ip_forward';
  rows.push({ what: forward, told: effectiveNumber(settings, forward), is: number(forward) });
  for (const key of KEYS) {
    const all = number(confPath(key, 'all'));
    for (const device of DEVICES) {
      const told = effectiveConf(settings, key, device);
      rows.push({ what: `${device} ${key}`, told, is: JOINED[key](all, number(confPath(key, device))) });
    }
    const told = effectiveNumber(settings, confPath(key, 'all'));
    if (told.from.length > 0) rows.push({ what: `all ${key}`, told, is: all });
  }
  return rows;
}

test.skipIf(isLabMissing())(
  'the kernel shows the values that the tool predicts of the folders that `sysctl --system` reads',
  async () => {
    const seed = SEED;
    console.log(`lab kernel: ${CASES} folders of sysctl files, LVSDOCTOR_SEED=${seed} makes them again`);
    const cases = fc.sample(SETTINGS, { numRuns: CASES, seed });
    const name = (at: number) => String(at).padStart(4, '0');
    const files = cases.flatMap((written, at) => [
      ...FOLDERS.map((folder) => [`in/${name(at)}/${folder}/empty`, '']),
      ...Object.entries(written).map(([path, text]) => [`in/${name(at)}/${path}`, text]),
    ]);
    await runInLab('apply-settings.sh', Object.fromEntries(files), ({ read }) => {
      let clear = 0;
      let unclear = 0;
      const differences = cases.flatMap((written, at) => {
        const rows = compared(predicted(written), numbersIn(read(`shown/${name(at)}`)));
        for (const { told } of rows) told.unclear ? unclear++ : clear++;
        const wrong = rows.filter(({ told, is }) => !told.unclear && told.value !== is);
        if (wrong.length === 0) return [];
        const said = wrong.map(({ what, told, is }) => `${what} is ${is}, not ${told.value}`);
        return [...said, ...Object.entries(written).flat(), read(`said/${name(at)}`)];
      });
      expect(differences.slice(0, 60).join('\n')).toBe('');
      expect(clear).toBeGreaterThan(unclear * 5);
    });
  },
  LAB_DEADLINE,
);
