import type { Observation } from './timeline.ts';

/** Adverts, also behind an authentication header; whoever says that an address is his; nothing else. */
export const PACKET_FILTER =
  'ip proto 112 or ip proto 51 or ip6 proto 112 or arp or (icmp6 and ip6[40] == 136)';

/** A packet that matters to a failover, with its time in milliseconds since 1970 by the clock of the capturing host. */
export interface SeenPacket {
  readonly time: number;
  readonly observed: Extract<Observation, { kind: 'advert' | 'garp' }>;
}

/** One line of `tcpdump -tt -nn -e -l`; undefined where it is about something else. */
export function readPacket(line: string, seenBy: string): SeenPacket | undefined {
  const [, stamp, mac = '', to = '', said = ''] = LINE.exec(line) ?? [];
  if (stamp === undefined) return undefined;
  const observed = advertIn(said, seenBy) ?? announcementIn(said, mac, to, seenBy);
  return observed && { time: Number(stamp) * 1000, observed };
}

const LINE = /^(\d+\.\d+) ([0-9a-f:]{17}) > ([0-9a-f:]{17}), (.*)$/;
const ADVERT = /[:,] ([0-9a-f.:]+) > [0-9a-f.:]+: .*?VRRPv([23]), Advertisement, vrid (\d+), prio (\d+),/;
/** A host that asks for its own address, or answers without being asked, tells its link where the address is. */
const REQUEST = /[:,] (?:Request|Announcement) who-has (\S+?)(?: \(\S+\))? tell (\S+),/;
const REPLY = /[:,] Reply (\S+) is-at ([0-9a-f:]{17}),/;
const NEIGHBOUR = / > ff02::1: ICMP6, neighbor advertisement, tgt is ([0-9a-f:.]+),/;

function advertIn(said: string, seenBy: string): SeenPacket['observed'] | undefined {
  const [, from = '', version, vrid, priority] = ADVERT.exec(said) ?? [];
  if (version === undefined) return undefined;
  return {
    kind: 'advert',
    seenBy,
    from,
    vrid: Number(vrid),
    priority: Number(priority),
    version: Number(version),
  };
}

function announcementIn(
  said: string,
  mac: string,
  to: string,
  seenBy: string,
): SeenPacket['observed'] | undefined {
  const [, asked, asker] = REQUEST.exec(said) ?? [];
  const [, told] = to === 'ff:ff:ff:ff:ff:ff' ? (REPLY.exec(said) ?? []) : [];
  const address = asked === asker ? asked : undefined;
  const [, neighbour] = NEIGHBOUR.exec(said) ?? [];
  const known = address ?? told ?? neighbour;
  return known === undefined ? undefined : { kind: 'garp', seenBy, address: known, mac };
}
