import { expect, test } from 'vitest';
import { readPacket } from '../../src/verify/packets.ts';

/* Lines that tcpdump 4.99.3 printed (-tt -nn -e -l) of keepalived 2.2.7 and arping in two network namespaces. */
const LINES = [
  '1795191902.562445 4e:87:20:38:b1:81 > 01:00:5e:00:00:12, ethertype IPv4 (0x0800), length 54: 192.0.2.11 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 150, authtype none, intvl 1s, length 20',
  '1795191899.831195 4e:87:20:38:b1:81 > 01:00:5e:00:00:12, ethertype IPv4 (0x0800), length 46: 192.0.2.11 > 224.0.0.18: VRRPv3, Advertisement, vrid 52, prio 150, intvl 20cs, length 12',
  '1795191900.855385 4e:87:20:38:b1:81 > 33:33:00:00:00:12, ethertype IPv6 (0x86dd), length 94: fe80::4c87:20ff:fe38:b181 > ff02::12: VRRPv3, Advertisement, vrid 53, prio 150, intvl 50cs, length 40',
  '1795191906.118823 4e:87:20:38:b1:81 > 01:00:5e:00:00:12, ethertype IPv4 (0x0800), length 78: 192.0.2.11 > 224.0.0.18: AH(spi=0xc000020b,seq=0x5,icv=0x3be69b7c5169775e23692eeb): VRRPv2, Advertisement, vrid 54, prio 0, authtype ah, intvl 1s, length 20',
  '1795191906.730572 e2:ac:f3:f0:3a:0e > 4e:87:20:38:b1:81, ethertype IPv4 (0x0800), length 54: 192.0.2.12 > 192.0.2.11: VRRPv2, Advertisement, vrid 55, prio 100, authtype simple, intvl 1s, length 20',
  '1795191906.729582 e2:ac:f3:f0:3a:0e > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 192.0.2.100 (ff:ff:ff:ff:ff:ff) tell 192.0.2.100, length 28',
  '1795191906.424377 e2:ac:f3:f0:3a:0e > 33:33:00:00:00:01, ethertype IPv6 (0x86dd), length 86: 2001:db8::100 > ff02::1: ICMP6, neighbor advertisement, tgt is 2001:db8::100, length 32',
  '1795192037.826405 5a:b1:e0:0a:39:a2 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Reply 192.0.2.11 is-at 5a:b1:e0:0a:39:a2, length 28',
];
/** Of the same captures: questions, answers to questions, and what is neither VRRP nor ARP. */
const OTHERS = [
  '1795191902.564720 4e:87:20:38:b1:81 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 192.0.2.12 tell 192.0.2.11, length 28',
  '1795191902.564726 e2:ac:f3:f0:3a:0e > 4e:87:20:38:b1:81, ethertype ARP (0x0806), length 42: Reply 192.0.2.12 is-at e2:ac:f3:f0:3a:0e, length 28',
  '1795191906.730836 4e:87:20:38:b1:81 > e2:ac:f3:f0:3a:0e, ethertype IPv4 (0x0800), length 82: 192.0.2.11 > 192.0.2.12: ICMP 192.0.2.11 protocol 112 unreachable, length 48',
  'tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
  '0 packets dropped by kernel',
  '',
];

test('adverts of both versions and families are read, behind an authentication header and unicast too', () => {
  expect(LINES.slice(0, 5).map((line) => readPacket(line, 'lb2')?.observed)).toEqual([
    { kind: 'advert', seenBy: 'lb2', from: '192.0.2.11', vrid: 51, priority: 150, version: 2 },
    { kind: 'advert', seenBy: 'lb2', from: '192.0.2.11', vrid: 52, priority: 150, version: 3 },
    { kind: 'advert', seenBy: 'lb2', from: 'fe80::4c87:20ff:fe38:b181', vrid: 53, priority: 150, version: 3 },
    { kind: 'advert', seenBy: 'lb2', from: '192.0.2.11', vrid: 54, priority: 0, version: 2 },
    { kind: 'advert', seenBy: 'lb2', from: '192.0.2.12', vrid: 55, priority: 100, version: 2 },
  ]);
});

test('who announces an address as his is read, by request, reply and neighbour advertisement', () => {
  expect(LINES.slice(5).map((line) => readPacket(line, 'lb2')?.observed)).toEqual([
    { kind: 'garp', seenBy: 'lb2', address: '192.0.2.100', mac: 'e2:ac:f3:f0:3a:0e' },
    { kind: 'garp', seenBy: 'lb2', address: '2001:db8::100', mac: 'e2:ac:f3:f0:3a:0e' },
    { kind: 'garp', seenBy: 'lb2', address: '192.0.2.11', mac: '5a:b1:e0:0a:39:a2' },
  ]);
});

test('the time is that of the capture, in milliseconds', () => {
  expect(readPacket(LINES[0] ?? '', 'lb2')?.time).toBeCloseTo(1795191902562.445, 3);
});

test.each(OTHERS)('nothing is read of: %s', (line) => {
  expect(readPacket(line, 'lb2')).toBeUndefined();
});

test('half a line, at any place, is no packet of another kind', () => {
  for (const line of LINES)
    for (let end = 0; end < line.length; end++) {
      const observed = readPacket(line.slice(0, end), 'lb2')?.observed;
      if (observed !== undefined) expect(observed).toEqual(readPacket(line, 'lb2')?.observed);
    }
});
