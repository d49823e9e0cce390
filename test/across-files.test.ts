import { describe, expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import { lint } from './support/lint.ts';

/** What a rule says of a few files: where it points, and at which other places. */
async function told(rule: string, files: Readonly<Record<string, string>>) {
  const { findings } = await lint(files);
  return findings
    .flatMap((finding) => [finding, ...finding.also])
    .filter((finding) => finding.rule === rule)
    .map(({ at, related }) => [at, ...related.map((other) => other.at)].map(lineOf));
}

function lineOf({
  source,
  range,
}: {
  source: { name: string; text: string };
  range: { start: number };
}): string {
  return `${source.name}:${linesOf(source).positionAt(range.start).line}`;
}

const SERVICE =
  'virtual_server 192.0.2.100 80 {\n    delay_loop 6\n    lb_algo rr\n    lb_kind DR\n    protocol TCP\n    real_server 192.0.2.21 80 {\n        TCP_CHECK {\n        }\n    }\n}\n';
const SAVED = '-A -t 192.0.2.200:25 -s rr\n-a -t 192.0.2.200:25 -r 192.0.2.31:25 -g\n';
const SCRIPT =
  '#!/bin/sh\nipvsadm -A -t 192.0.2.100:80 -s rr\nipvsadm -a -t 192.0.2.100:80 -r 192.0.2.21:80 -g\n';
const VIP = '#!/bin/sh\nip addr add 192.0.2.100/32 dev lo\n';
const ANNOUNCE = 'net.ipv4.conf.all.arp_announce = 2\n';

describe('two managers of one table', () => {
  test('keepalived and a saved table', async () => {
    expect(
      await told('drift/two-managers', { 'lb1/keepalived.conf': SERVICE, 'lb1/ipvsadm.rules': SAVED }),
    ).toEqual([['lb1/ipvsadm.rules:1', 'lb1/keepalived.conf:1']]);
  });

  test('keepalived and a script', async () => {
    expect(
      await told('drift/two-managers', { 'lb1/keepalived.conf': SERVICE, 'lb1/lvs.sh': SCRIPT }),
    ).toEqual([['lb1/lvs.sh:2', 'lb1/keepalived.conf:1']]);
  });

  test('on two hosts they are none', async () => {
    expect(
      await told('drift/two-managers', { 'lb1/keepalived.conf': SERVICE, 'lb2/lvs.sh': SCRIPT }),
    ).toEqual([]);
  });
});

describe('the setting that wins is the one that is pointed at', () => {
  test('a script runs behind the files of the boot', async () => {
    const files = {
      'rs1/rs.sh': `${VIP}echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore\n`,
      'rs1/sysctl.d/90-lvs.conf': `net.ipv4.conf.all.arp_ignore = 1\n${ANNOUNCE}`,
    };
    expect(await told('arp/missing-arp-ignore', files)).toEqual([['rs1/rs.sh:3', 'rs1/rs.sh:2']]);
  });

  test('and repairs what a file has wrong, until the next boot', async () => {
    const files = {
      'rs1/rs.sh': `${VIP}echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore\n`,
      'rs1/sysctl.d/90-lvs.conf': `net.ipv4.conf.all.arp_ignore = 0\n${ANNOUNCE}`,
    };
    expect(await told('arp/missing-arp-ignore', files)).toEqual([]);
    expect((await told('script/runtime-only', files)).map(([at]) => at)).toEqual(['rs1/rs.sh:3']);
  });

  test('of files the last one by name, whatever their order here', async () => {
    const files = {
      'rs1/rs.sh': VIP,
      'rs1/sysctl.d/95-old.conf': '# from the old days\nnet.ipv4.conf.all.arp_ignore = 0\n',
      'rs1/sysctl.d/90-lvs.conf': `net.ipv4.conf.all.arp_ignore = 1\n${ANNOUNCE}`,
    };
    expect(await told('arp/missing-arp-ignore', files)).toEqual([
      ['rs1/sysctl.d/95-old.conf:2', 'rs1/rs.sh:2'],
    ]);
  });

  test('what the running kernel says is believed over both', async () => {
    const files = {
      'rs1/rs.sh': VIP,
      'rs1/sysctl.d/90-lvs.conf': `net.ipv4.conf.all.arp_ignore = 1\n${ANNOUNCE}`,
      'rs1$ sysctl -a': 'net.ipv4.conf.all.arp_ignore = 0\nnet.ipv4.conf.eth0.arp_ignore = 0\n',
    };
    expect((await told('arp/missing-arp-ignore', files)).map(([at]) => at)).toEqual(['rs1$ sysctl -a:1']);
  });
});
