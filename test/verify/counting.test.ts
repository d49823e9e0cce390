import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { localRemote } from '../../src/collect/local.ts';
import { readNeighbours } from '../../src/verify/arp.ts';
import { readCounters } from '../../src/verify/counters.ts';
import { startCounting } from '../../src/verify/counting.ts';
import { readSources } from '../../src/verify/curl-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As ipvsadm 1.31 prints a service, without and with --stats --exact. */
const TABLE = `Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  192.0.2.10:80 wrr
  -> 192.0.2.22:80                Route   1      3          7
  -> 192.0.2.21:80                Route   3      0          12
`;
const STATS = `Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  192.0.2.10:80                   12345678901        0        0        0        0
  -> 192.0.2.21:80                   12345678900        0        0        0        0
  -> 192.0.2.22:80                       1        0        0        0        0
`;

/** A shell of this machine in which ipvsadm is a program of the test. */
function shellWith(program: string) {
  const home = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(home, 'ipvsadm'), `#!/bin/sh\n${program}\n`);
  chmodSync(join(home, 'ipvsadm'), 0o755);
  return localRemote(['env', `PATH=${home}:${process.env['PATH']}`, 'sh', '-s']);
}

const PRINTING = `case " $* " in *" --stats "*) cat <<'S'
${STATS}S
;; *) cat <<'T'
${TABLE}T
;; esac`;

test('a director is asked again and again on one connection', async () => {
  const counting = startCounting(shellWith(PRINTING));
  const expected = {
    servers: [
      { server: '192.0.2.22:80', weight: 1, connections: 1, active: 3, inactive: 7 },
      { server: '192.0.2.21:80', weight: 3, connections: 12_345_678_900, active: 0, inactive: 12 },
    ],
  };
  expect(await counting.read('TCP 192.0.2.10:80')).toEqual(expected);
  expect(await counting.read('TCP 192.0.2.10:80')).toEqual(expected);
  counting.end();
  expect(await counting.read('TCP 192.0.2.10:80')).toBeUndefined();
});

test('each service is asked for by its own option', async () => {
  const asked = shellWith(
    'echo "LocalAddress:Port $*"; [ "$1" != -f ] || echo "  -> 10.0.0.1:80 Masq $4 0 0"',
  );
  const counting = startCounting(asked);
  for (const service of ['TCP [2001:db8::1]:80', 'UDP 192.0.2.10:53', 'FWM 7/4'])
    expect(await counting.read(service)).toBeDefined();
  counting.end();
});

test('a director without the service, without ipvsadm, or that hangs up tells nothing', async () => {
  const gone = startCounting(shellWith('echo "No such service" >&2; exit 2'));
  expect(await gone.read('TCP 192.0.2.10:80')).toBeUndefined();
  gone.end();
  const broken = startCounting(localRemote(['sh', '-c', 'exit 3']));
  expect(await broken.read('TCP 192.0.2.10:80')).toBeUndefined();
});

test('counters are read by server, whatever their order', () => {
  expect(readCounters('')).toBeUndefined();
  expect(readCounters(`${STATS}\n${TABLE}`)?.servers.map(({ connections }) => connections)).toEqual([
    1, 12_345_678_900,
  ]);
});

test('neighbours are read from arping and from the table of the kernel, each once', () => {
  const asked = `asked
ARPING 192.0.2.10 from 192.0.2.9 eth0
Unicast reply from 192.0.2.10 [52:54:00:00:00:0A]  0.637ms
Unicast reply from 192.0.2.10 [52:54:00:00:00:0b]  0.701ms
Unicast reply from 192.0.2.10 [52:54:00:00:00:0a]  0.651ms
`;
  expect(readNeighbours(asked)).toEqual(['52:54:00:00:00:0a', '52:54:00:00:00:0b']);
  expect(readNeighbours('learnt\n192.0.2.10 lladdr 52:54:00:00:00:0a REACHABLE\n')).toEqual([
    '52:54:00:00:00:0a',
  ]);
  expect(readNeighbours('learnt\n')).toEqual([]);
});

test('the addresses of a client begin with the one that the system takes', () => {
  const text = `192.0.2.10 dev eth0 src 192.0.2.9 uid 0 \\    cache
2: eth0    inet 192.0.2.8/24 brd 192.0.2.255 scope global eth0\\       valid_lft forever
2: eth0    inet 192.0.2.9/24 scope global secondary eth0\\       valid_lft forever
2: eth0    inet6 2001:db8::9/64 scope global \\       valid_lft forever
`;
  expect(readSources(text)).toEqual(['192.0.2.9', '192.0.2.8']);
  expect(readSources('')).toEqual([]);
});
