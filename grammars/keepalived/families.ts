import type { KeepalivedStatement } from './statement.ts';
import { addressFamily, readInteger } from './values.ts';

type Family = 4 | 6;

/** A line whose address is of another family than the block around it, and what that leads to. */
export interface Stranger {
  readonly line: KeepalivedStatement;
  readonly word: number;
  readonly message: string;
}

const SOURCES: ReadonlySet<string> = new Set(['unicast_src_ip', 'mcast_src_ip', 'mcast_dst_ip']);

/**
 * The first address of an instance decides its family, whatever it is for (vrrp_parser.c; keepalived 2.2.7, run). Peers
 * and addresses of the other family are for rules to judge.
 */
export function strangersOfInstance(header: KeepalivedStatement): readonly Stranger[] {
  return readInstance(header).strangers;
}

/** The family of an instance; undefined where it has no address. */
export function familyOfInstance(header: KeepalivedStatement): Family | undefined {
  return readInstance(header).family;
}

function readInstance(header: KeepalivedStatement) {
  let family: Family | undefined;
  const strangers: Stranger[] = [];
  for (const line of header.block ?? []) {
    const { keyword } = line;
    const own = SOURCES.has(keyword) ? familyOf(line.argument(1)) : undefined;
    if (own !== undefined && family !== undefined && own !== family) {
      const message = `${line.argument(1)} is IPv${own} and the instance IPv${family}, so keepalived ignores the line`;
      strangers.push({ line, word: 1, message });
    } else if (keyword === 'native_ipv6' && family === 4) {
      const message = 'the instance has IPv4 addresses already, so keepalived ignores native_ipv6';
      strangers.push({ line, word: 0, message });
    }
    if (keyword === 'version' && family === 6 && line.argument(1) === '2') {
      const message =
        'version 2 has no IPv6, and the instance has IPv6 addresses already: keepalived ignores the line';
      strangers.push({ line, word: 1, message });
    }
    family ??= own ?? (keyword === 'native_ipv6' ? 6 : familyOfList(line));
  }
  return { family, strangers };
}

function familyOfList({ keyword, block = [] }: KeepalivedStatement): Family | undefined {
  if (keyword !== 'unicast_peer' && keyword !== 'virtual_ipaddress') return undefined;
  for (const item of block) {
    const family = familyOf(item.keyword);
    if (family !== undefined) return family;
  }
  return undefined;
}

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['inet', 4],
  ['inet6', 6],
]);

/**
 * Servers of another family than their service, which only tunnels take; a firewall mark or a group is of the family
 * that its first server or `ip_family` gives it (check_parser.c; keepalived 2.2.7, run).
 */
export function strangersOfService(header: KeepalivedStatement): readonly Stranger[] {
  const kind = header.argument(1);
  const block = header.block ?? [];
  const isOpen = kind === 'fwmark' || kind === 'group';
  let family = isOpen ? undefined : familyOf(kind);
  const strangers: Stranger[] = [];
  let tunnel: boolean | undefined;
  for (const line of block) {
    const { keyword } = line;
    const asked = keyword === 'ip_family' && isOpen ? FAMILIES.get(line.argument(1) ?? '') : undefined;
    if (asked !== undefined && family !== undefined && asked !== family)
      strangers.push({
        line,
        word: 1,
        message: `the servers above make it IPv${family}, so keepalived ignores ip_family`,
      });
    family ??=
      asked ?? (isOpen && keyword === 'persistence_granularity' ? familyOfMask(line.argument(1)) : undefined);
    if (keyword !== 'real_server' && keyword !== 'sorry_server') continue;
    const own = familyOf(line.argument(1));
    family ??= own;
    if (own === undefined || own === family) continue;
    tunnel ??= block.some(
      ({ keyword: name, shape }) => /^l(?:b_kind|vs_method)$/.test(name) && shape.words[1] === 'TUN',
    );
    if (
      tunnel ||
      line.block?.some(({ shape: { words } }) => words[0] === 'lvs_method' && words[1] === 'TUN') === true
    )
      continue;
    const what = keyword === 'real_server' ? 'this real server' : 'the sorry server';
    const message = `${line.argument(1)} is IPv${own} and the virtual server IPv${family}, so keepalived leaves ${what} out`;
    strangers.push({ line, word: 1, message });
  }
  return strangers;
}

/** A number groups clients by IPv6 prefix, whatever the servers are. */
function familyOfMask(text = ''): Family | undefined {
  return readInteger(text, 1, 128) === undefined ? familyOf(text) : 6;
}

/** A check is bound to an address of the family that it asks at that line (check_api.c; keepalived 2.2.7, run). */
export function strangersOfChecks(server: KeepalivedStatement): readonly Stranger[] {
  return (server.block ?? []).flatMap((check) => bindings(check, familyOf(server.argument(1))));
}

function bindings(check: KeepalivedStatement, asked: Family | undefined): readonly Stranger[] {
  let family = asked;
  const strangers: Stranger[] = [];
  // An SMTP_CHECK hands its address to no host (keepalived 2.2.7, run).
  const isSplit = check.keyword === 'SMTP_CHECK';
  for (const line of check.block ?? []) {
    const own = familyOf(line.argument(1));
    if (line.keyword === 'connect_ip') family = own ?? family;
    else if (line.keyword === 'host') strangers.push(...bindings(line, family));
    else if (
      line.keyword === 'bindto' &&
      !isSplit &&
      own !== undefined &&
      family !== undefined &&
      own !== family
    ) {
      const message = `${line.argument(1)} is IPv${own} and the check asks an IPv${family} address, so keepalived ignores the line`;
      strangers.push({ line, word: 1, message });
    }
  }
  return strangers;
}

/** A BFD instance speaks from an address of its neighbour's family (bfd_parser.c). */
export function strangersOfBfd(header: KeepalivedStatement): readonly Stranger[] {
  const block = header.block ?? [];
  const neighbour = block.findLast(({ keyword }) => /^neighbou?r_ip$/.test(keyword));
  const line = block.findLast(({ keyword }) => keyword === 'source_ip');
  const [own, other] = [familyOf(line?.argument(1)), familyOf(neighbour?.argument(1))];
  if (line === undefined || own === undefined || other === undefined || own === other) return [];
  const message = `${line.argument(1)} is IPv${own} and the neighbour IPv${other}, so keepalived leaves the BFD instance out`;
  return [{ line, word: 1, message }];
}

function familyOf(text = ''): Family | undefined {
  const cut = text.search(/[/-]/);
  return addressFamily(cut === -1 ? text : text.slice(0, cut));
}
