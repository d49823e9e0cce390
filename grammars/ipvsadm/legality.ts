import type { Located } from '../../src/evidence/fact.ts';
import type { Draft } from './command.ts';
import type { Refusal } from './option-values.ts';
import { type IpvsadmAction, legalityOf } from './options.ts';
import type { OptionUse } from './popt.ts';

/** What ipvsadm says of a line whose words are all right one by one. */
export interface LineRefusal extends Refusal {
  readonly at: Located;
  readonly what: string;
  /** popt(3) says it, before the program looks at the line. */
  readonly ofPopt?: true;
}

const LETTERS: Readonly<Partial<Record<IpvsadmAction, string>>> = {
  'add-service': '-A',
  'edit-service': '-E',
  'delete-service': '-D',
  'add-server': '-a',
  'edit-server': '-e',
  'delete-server': '-d',
  clear: '-C',
  list: '-L',
  zero: '-Z',
  save: '-S',
  restore: '-R',
};

/** `-A (add-service)` */
function spellAction(action: IpvsadmAction): string {
  const letter = LETTERS[action];
  return letter === undefined ? `--${action}` : `${letter} (${action})`;
}

/** Checks a line as a whole, in the program's own order; the first refusal ends it. */
export function checkLine(draft: Draft, uses: readonly OptionUse[], line: Located): LineRefusal | undefined {
  return (
    checkOptions(draft, uses, line) ??
    checkService(draft) ??
    checkFlags(draft) ??
    checkServer(draft, uses, line)
  );
}

function checkOptions(
  { action, uncertain }: Draft,
  uses: readonly OptionUse[],
  line: Located,
): LineRefusal | undefined {
  const { needs, allows, oneOf } = legalityOf(action);
  for (const group of needs) {
    if (!uncertain && !uses.some((use) => use.option?.group === group))
      return { at: line, what: spellAction(action), reason: `the ${group} is missing`, ...missing(group) };
  }
  let first: OptionUse | undefined;
  for (const use of uses) {
    const group = use.option?.group ?? '';
    if (use.option?.action !== undefined) continue;
    if (!allows.has(group)) return refuse(use, `it is illegal with ${spellAction(action)}`);
    if (!oneOf.includes(group)) continue;
    if (first !== undefined) return refuse(use, `it conflicts with ${first.spelling}`);
    first = use;
  }
  return action === 'list' ? checkListing(uses) : undefined;
}

function missing(group: string): { readonly remedy?: string } {
  if (group === 'real-server') return { remedy: 'Add -r ADDRESS[:PORT].' };
  return group === 'service-address' ? { remedy: 'Add -t ADDRESS:PORT, -u ADDRESS:PORT or -f MARK.' } : {};
}

function checkListing(uses: readonly OptionUse[]): LineRefusal | undefined {
  const find = (...names: string[]): OptionUse | undefined =>
    uses.find((use) => names.includes(use.option?.name ?? ''));
  const other = find('connection', 'timeout', 'daemon');
  const columns = find('stats', 'rate', 'thresholds');
  if (other !== undefined && columns !== undefined)
    return refuse(columns, `it conflicts with ${other.spelling}`);
  const persistent = find('persistent-conn');
  const bare = find('timeout', 'daemon');
  return persistent && bare && refuse(persistent, `it conflicts with ${bare.spelling}`);
}

function checkService(draft: Draft): LineRefusal | undefined {
  const { action, service, onePacket } = draft;
  if ((action !== 'add-service' && action !== 'edit-service') || service?.protocol === undefined)
    return undefined;
  if (service.port?.value === 0 && draft.persistence === undefined && !draft.uncertain) {
    const isBare = service.family === 6 && !service.text.startsWith('[');
    return {
      at: service.at,
      what: service.text,
      reason: 'port 0 needs persistence (-p)',
      ...(isBare && { remedy: 'Write [ADDRESS]:PORT, without brackets all of it is read as the address.' }),
    };
  }
  if (onePacket === undefined || service.protocol === 'UDP') return undefined;
  return { at: onePacket.at, what: '-o', reason: 'one-packet scheduling is for UDP and firewall marks only' };
}

function checkFlags(draft: Draft): LineRefusal | undefined {
  if (draft.uncertain && draft.scheduler === undefined) return undefined;
  if (draft.scheduler !== undefined && draft.scheduler.value === undefined) return undefined;
  const scheduler = draft.scheduler?.value ?? 'wlc';
  for (const { value = '', at } of draft.schedulerFlags ?? []) {
    if (value.startsWith('flag-') || value.startsWith(`${scheduler}-`)) continue;
    return { at, what: value, reason: `the flag does not belong to scheduler ${scheduler.slice(0, 40)}` };
  }
  return undefined;
}

function checkServer(draft: Draft, uses: readonly OptionUse[], line: Located): LineRefusal | undefined {
  const { action, service, server, method, uncertain } = draft;
  if (action !== 'add-server' && action !== 'edit-server') return undefined;
  if (uncertain && method === undefined) return undefined;
  const isTunnel = method?.value === 'TUN';
  const hasFamilies =
    server?.address.value !== undefined && (service?.mark ?? service?.address?.value) !== undefined;
  if (hasFamilies && !isTunnel && server.family !== service?.family)
    return {
      at: server.at,
      what: server.text,
      reason: `IPv${server.family} behind an IPv${service?.family} service works only with -i`,
      ...(service?.mark && server.family === 6 && { remedy: 'A mark for IPv6 is written -f MARK -6.' }),
    };
  const tunnelUses = uses.filter((use) => use.option?.name.startsWith('tun-'));
  const [first] = tunnelUses;
  if (first !== undefined && !isTunnel) return refuse(first, 'tunnel options go with -i only');
  return isTunnel ? checkTunnel(draft, tunnelUses, line) : undefined;
}

/** ipvsadm.c, tunnel_types_v_options: checksum words exclude each other. */
function checkTunnel(draft: Draft, uses: readonly OptionUse[], line: Located): LineRefusal | undefined {
  const type = draft.tunnelType === undefined ? 'ipip' : draft.tunnelType.value;
  if (type === undefined) return undefined;
  const allowed = {
    ipip: [],
    gre: ['tun-nocsum', 'tun-csum'],
    gue: ['tun-port', 'tun-nocsum', 'tun-csum', 'tun-remcsum'],
  };
  const names: readonly string[] = ['tun-type', ...allowed[type]];
  let checksum: OptionUse | undefined;
  for (const use of uses) {
    const name = use.option?.name ?? '';
    if (!names.includes(name)) return refuse(use, `it is illegal with tunnel type ${type}`);
    if (!name.endsWith('csum')) continue;
    if (checksum !== undefined) return refuse(use, `it conflicts with ${checksum.spelling}`);
    checksum = use;
  }
  const lacksPort =
    type === 'gue' && !uses.some((use) => use.option?.name === 'tun-port') && !draft.uncertain;
  return lacksPort
    ? { at: draft.tunnelType?.at ?? line, what: 'gue', reason: 'this tunnel type needs --tun-port' }
    : undefined;
}

function refuse(use: OptionUse, reason: string): LineRefusal {
  return { at: use.word, what: use.spelling, reason };
}
