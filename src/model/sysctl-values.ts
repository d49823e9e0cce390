import { sysctlName } from '../../grammars/sysctl/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { confPath } from './conf-keys.ts';
import { kernelNumber, kernelNumbers } from './kernel-number.ts';
import { knownKey } from './sysctl-keys.ts';

type FaultText = Omit<Fault, 'at'>;

const INT_MAX = 2 ** 31 - 1;
const INT_MIN = -(2 ** 31);

/**
 * A key that no kernel has because of how it is spelt: behind a first dot, `eth0.100` is two directories, and the
 * interface is written `eth0/100` (sysctl.d(5)). `path` is the key that is meant.
 */
export function doubtAboutKey(path: string, text: string): { fault: FaultText; path: string } | undefined {
  const found = /^net\/ipv([46])\/conf\/([^/]+)\/(\d+)\/([^/]+)$/.exec(path);
  if (!found) return undefined;
  const [, family, parent, vlan, name] = found;
  const meant = confPath(name ?? '', `${parent}.${vlan}`, family === '4' ? 4 : 6);
  return {
    path: meant,
    fault: {
      kind: 'refused-command',
      severity: 'error',
      message: `${text} is no key: the interface ${parent}.${vlan} is written ${parent}/${vlan} here`,
      remedy: `Write '${sysctlName(meant)}'.`,
    },
  };
}

/** A value that the kernel refuses for a key whose shape is known, or takes for another number than it looks. */
export function doubtAboutValue(
  path: string,
  text: string,
): { fault: FaultText; refused: boolean } | undefined {
  const known = knownKey(path);
  if (!known || known.numbers === 0) return undefined;
  const name = sysctlName(path);
  const says = (message: string): { fault: FaultText; refused: true } => ({
    refused: true,
    fault: { kind: 'malformed-value', severity: 'error', message },
  });
  const refused = (why: string) => says(`the kernel refuses '${short(text)}' for ${name}: ${why}`);
  if (text === '') return says(`${name} has no value, and the kernel refuses an empty one`);
  const numbers = kernelNumbers(text, known.numbers);
  if (numbers === undefined) return refused('it is no number');
  if (known.numbers === 1 && numbers.some((value) => value < INT_MIN || value > INT_MAX))
    return refused('it is larger than 32 bits hold');
  const [low, high] = known.range ?? [INT_MIN, Number.MAX_SAFE_INTEGER];
  if (numbers.some((value) => value < low || value > high))
    return refused(high > INT_MAX ? `the least is ${low}` : `it takes ${low} to ${high}`);
  return ipvsRule(path, numbers, refused) ?? octal(name, text);
}

/** net/netfilter/ipvs/ip_vs_ctl.c: proc_do_sync_threshold, proc_do_sync_ports. */
function ipvsRule<T>(path: string, numbers: readonly number[], refused: (why: string) => T): T | undefined {
  const [first = 0, second] = numbers;
  if (path === 'net/ipv4/vs/sync_threshold' && second !== undefined) {
    if (first < 0 || second < 0) return refused('both are at least 0');
    if (second !== 0 && first >= second) return refused('the first is smaller than the second');
  }
  if (path === 'net/ipv4/vs/sync_ports' && (first < 1 || !Number.isInteger(Math.log2(first))))
    return refused('it is no power of two');
  return undefined;
}

function octal(name: string, text: string): { fault: FaultText; refused: boolean } | undefined {
  const written = /^-?0\d+/.exec(text)?.[0];
  const value = written && kernelNumber(written);
  if (written === undefined || value === undefined || value === Number.parseInt(written, 10))
    return undefined;
  return {
    refused: false,
    fault: {
      kind: 'malformed-value',
      severity: 'warning',
      message: `${written} is octal: ${name} becomes ${value}`,
      remedy: `Write ${Number.parseInt(written, 10)}, or ${value} if that is meant.`,
    },
  };
}

function short(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
