import fc from 'fast-check';

/* Folders of sysctl files as `sysctl --system` reads them: files that hide one another, patterns, spellings, mistakes. */

/** The interfaces that are there when the files are read. */
export const DEVICES = ['lo', 'dummy0', 'dummy0.100'] as const;
/** One that comes up later. */
export const LATE = 'dummy1';
export const KEYS = [
  'arp_ignore',
  'rp_filter',
  'send_redirects',
  'forwarding',
  'accept_redirects',
  'accept_local',
  'accept_source_route',
  'medium_id',
] as const;
/** Below /proc/sys/net. */
export const PLAIN = [
  'ipv4/ip_forward',
  'ipv4/ip_nonlocal_bind',
  'ipv4/ip_default_ttl',
  'core/somaxconn',
] as const;

export const MAIN = 'etc/sysctl.conf';
/** Where both programs look. */
export const FOLDERS = [
  'etc/sysctl.d',
  'run/sysctl.d',
  'usr/local/lib/sysctl.d',
  'usr/lib/sysctl.d',
] as const;

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A path below /proc/sys as people write it. */
function spelled(path: string): fc.Arbitrary<string> {
  const dotted = path.replace(/[./]/g, (separator) => (separator === '.' ? '/' : '.'));
  // The dot of a VLAN's name taken for a separator: nothing has that path.
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(dotted) },
    { weight: 3, arbitrary: fc.constant(path) },
    { weight: 1, arbitrary: fc.constant(path.replaceAll('/', '.')) },
    { weight: 1, arbitrary: pick(`/${path}`, path.replace('/conf/', '//conf/')) },
  );
}

const PLACE = fc.oneof(
  { weight: 6, arbitrary: pick('all', 'default', 'dummy0') },
  { weight: 3, arbitrary: pick('lo', 'dummy0.100', LATE, 'absent0') },
  { weight: 2, arbitrary: pick('*', 'dummy*', '*0', 'd*', 'dummy?', '[ad]*', 'dummy0.*') },
);
const PATH = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(PLACE, pick(...KEYS)).map(([place, key]) => `net/ipv4/conf/${place}/${key}`),
  },
  { weight: 1, arbitrary: fc.constant('net/ipv4/ip_forward') },
  { weight: 1, arbitrary: pick(...PLAIN).map((path) => `net/${path}`) },
);
const VALUE = fc.oneof(
  { weight: 12, arbitrary: pick('0', '1', '2') },
  { weight: 2, arbitrary: pick('8', '010', '0x2', '1 # on', '2\t', '-1', '99') },
  { weight: 1, arbitrary: pick('', '1x', 'on', '"1"', '1;', '1#') },
);
const LINE = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(
      pick('', '', '', '', '-', '-', ' ', '- '),
      PATH.chain(spelled),
      pick('=', ' = ', '\t='),
      VALUE,
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('-'), PATH.chain(spelled)) },
  {
    weight: 1,
    arbitrary: fc.tuple(pick('# net.ipv4.ip_forward = 1', ' ; x', '', 'net.ipv4.ip_forward', '= 1')),
  },
);
const FILE = fc
  .array(LINE, { maxLength: 6 })
  .chain((lines) =>
    pick('\n', '\n', '\n', '\r\n').map((end) => lines.map((line) => line.join('') + end).join('')),
  );

const NAME = pick(
  '10-a.conf',
  '50-b.conf',
  '50-b.conf',
  '90-c.conf',
  'z.conf',
  'Z.conf',
  '.hidden.conf',
  'no-suffix',
);
const PLACED = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(pick(...FOLDERS), NAME).map((parts) => parts.join('/')) },
  { weight: 1, arbitrary: fc.constant(MAIN) },
);

/** Files by path, and whether /etc/sysctl.d/99-sysctl.conf is a link to /etc/sysctl.conf, as most distributions have it. */
export interface Folder {
  readonly files: Readonly<Record<string, string>>;
  readonly isLinked: boolean;
}

export const SETTINGS: fc.Arbitrary<Folder> = fc
  .tuple(fc.array(fc.tuple(PLACED, FILE), { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([placed, isLinked]) => {
    const files = Object.fromEntries(placed);
    return { files, isLinked: isLinked && MAIN in files };
  });
