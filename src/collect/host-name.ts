import type { Format } from '../evidence/source.ts';

/** A host's name, and the path that stands for it: two folders of one name are two hosts. */
export interface HostGuess {
  readonly name: string;
  readonly at: string;
}

/** Folders that are named for what is in them, never for a machine. */
export const CONVENTIONAL = new Set(
  `etc sysctl.d conf.d keepalived keepalived.d files templates usr lib run sysconfig init.d default local bin sbin root opt
  scripts conf config configs cfg var tmp home srv share ipvsadm sysctl libexec rc.d network haproxy nginx sites-enabled sites-available`.split(
    /\s+/,
  ),
);

/** Words of file names that say what is inside, never whose it is. */
const THINGS = new Set(
  `keepalived conf config cfg lvs ipvs ipvsadm sysctl sysctls rules save dump dr nat tun vip vrrp script scripts setup set
  init start stop local rc arp net network cluster new old v step part eth lo kernel tuning http template table haproxy nginx`.split(
    /\s+/,
  ),
);

/** Words that name a machine only with a number behind them: `rs1`, not `rs`. */
const MACHINES = new Set('lb vs lvs ha rs real realserver server web node host'.split(' '));

const EXTENSION =
  /\.(?:conf|cfg|sh|bash|rules|save|dump|txt|sysctl)(?:\.(?:j2|jinja2?|erb|epp|tmpl|tpl|ctmpl|mustache|template))?$/i;
const SIDES = /^(?:master|backup|primary|secondary|slave|standby|active|passive|main|spare)\d*$/;
const NUMBERED = /^[a-z][\w-]*\d{1,3}[a-z]?$/;

/** The host that a file belongs to: named by its own stem where that is clearly a host's, else by its folder. */
export function guessHost(path: string, format: Format | undefined, workingFolder: string): HostGuess {
  const segments = path.split('/').filter((segment) => segment !== '');
  const file = segments.pop() ?? '';
  const inside = path.startsWith(`${workingFolder}/`)
    ? workingFolder.split('/').filter((segment) => segment !== '').length - 1
    : 0;
  let depth = segments.length;
  while (depth > inside && CONVENTIONAL.has((segments[depth - 1] ?? '').toLowerCase())) depth--;
  const folder = depth > inside ? segments[depth - 1] : undefined;
  const stem = segments.at(-1) === 'sysctl.d' ? undefined : hostInStem(file);
  const above = `/${segments.slice(0, depth).join('/')}`;
  if (stem !== undefined && (looksLikeHost(stem) || owns(format, folder)) && !serves(format, stem, folder))
    return { name: stem, at: stem === folder ? above : `${above}/${stem}` };
  if (folder !== undefined) return { name: folder, at: above };
  return { name: 'localhost', at: `${above}/` };
}

/** A director's own file may be called anything, unless its folder is a host's already. */
function owns(format: Format | undefined, folder: string | undefined): boolean {
  return (
    (format === 'keepalived.conf' || format === 'ipvsadm-save') &&
    !(folder !== undefined && looksLikeHost(folder))
  );
}

/** `lb1/director.sh` is what lb1 runs as a director, and `lb1/master.sh` what it runs when it becomes master. */
function serves(format: Format | undefined, stem: string, folder: string | undefined): boolean {
  return format === 'script' && !NUMBERED.test(stem) && folder !== undefined && looksLikeHost(folder);
}

/** What is left of a file name when the words for its kind are taken away: `keepalived-lb1.conf` → `lb1`. */
function hostInStem(file: string): string | undefined {
  const stem = file.replace(EXTENSION, '').replace(/^\d+[-_]/, '');
  const words = stem.split(/(?=[-_.])/);
  while (words.length > 0 && isKind(words.at(-1))) words.pop();
  while (words.length > 0 && isKind(words[0])) words.shift();
  const rest = words.join('').replace(/^[-_.]+/, '');
  if (rest === '') return undefined;
  return /^\d+$/.test(rest) ? stem : rest;
}

function isKind(part: string | undefined): boolean {
  const word = (part ?? '').replace(/^[-_.]/, '').toLowerCase();
  if (MACHINES.has(word)) return true;
  const bare = word.replace(/\d+$/, '');
  return bare !== '' && THINGS.has(bare) && !(bare !== word && MACHINES.has(bare));
}

function looksLikeHost(name: string): boolean {
  const label = name.toLowerCase().replace(/\..*/, '');
  return (
    SIDES.test(label) ||
    NUMBERED.test(label) ||
    label.startsWith('director') ||
    /^\d+(?:\.\d+){3}$/.test(name)
  );
}

/** One name for each place: hosts of equal name in different folders carry their parent's name too. */
export function tellApart(guesses: readonly HostGuess[]): ReadonlyMap<string, string> {
  const places = new Map<string, Set<string>>();
  for (const { name, at } of guesses) places.set(name, (places.get(name) ?? new Set()).add(at));
  const names = new Map<string, string>();
  for (const { name, at } of guesses) {
    const unique = (places.get(name)?.size ?? 0) < 2;
    names.set(at, unique ? name : at.split('/').slice(-2).join('/'));
  }
  return names;
}
