import { expect, test } from 'vitest';
import { guessHost, tellApart } from '../../src/collect/host-name.ts';
import type { Format } from '../../src/evidence/source.ts';

const KEEPALIVED = 'keepalived.conf';

test.each<[path: string, format: Format, host: string]>([
  ['lb1/keepalived.conf', KEEPALIVED, 'lb1'],
  ['lb1/etc/keepalived/keepalived.conf', KEEPALIVED, 'lb1'],
  ['lb1/etc/sysctl.d/90-x.conf', 'sysctl', 'lb1'],
  ['lb1/etc/sysctl.d/rs1.conf', 'sysctl', 'lb1'],
  ['lb1/conf.d/vips.conf', KEEPALIVED, 'lb1'],
  ['prod/keepalived/keepalived.conf', KEEPALIVED, 'prod'],
  ['keepalived-master.conf', KEEPALIVED, 'master'],
  ['keepalived_backup.conf', KEEPALIVED, 'backup'],
  ['keepalived.conf.lb2', KEEPALIVED, 'lb2'],
  ['keepalived.conf.node-192.0.2.50', KEEPALIVED, '192.0.2.50'],
  ['keepalived-1.conf', KEEPALIVED, 'keepalived-1'],
  ['lb1.conf', KEEPALIVED, 'lb1'],
  ['lb-2.conf', KEEPALIVED, 'lb-2'],
  ['primary.conf', KEEPALIVED, 'primary'],
  ['lb1.example.com.conf', KEEPALIVED, 'lb1.example.com'],
  ['keepalived.conf', KEEPALIVED, 'cluster'],
  ['etc/keepalived/keepalived.conf', KEEPALIVED, 'cluster'],
  ['rs1/rs.sh', 'script', 'rs1'],
  ['rs1/bind-vip.sh', 'script', 'rs1'],
  ['scripts/rs2.sh', 'script', 'rs2'],
  ['lb1/rs1.sh', 'script', 'rs1'],
  ['lb1/director.sh', 'script', 'lb1'],
  ['lb1/etc/keepalived/master.sh', 'script', 'lb1'],
  ['scripts/director.sh', 'script', 'director'],
  ['scripts/real_server_1.sh', 'script', 'real_server_1'],
  ['web/99-lvs.conf', 'sysctl', 'web'],
  ['99-lvs.conf', 'sysctl', 'cluster'],
  ['LVS_VIP0.sh', 'script', 'cluster'],
  ['sysctl-lb1.conf', 'sysctl', 'lb1'],
  ['lb1/ipvsadm.rules', 'ipvsadm-save', 'lb1'],
])('%s belongs to the host %s', (path, format, host) => {
  expect(guessHost(`/home/me/cluster/${path}`, format, '/home/me/cluster').name).toBe(host);
});

test('nothing above the working folder names a host, so that a clone elsewhere gives the same report', () => {
  expect(guessHost('/home/me/etc/keepalived/keepalived.conf', KEEPALIVED, '/home/me/etc').name).toBe(
    'localhost',
  );
  expect(guessHost('/etc/keepalived/keepalived.conf', KEEPALIVED, '/home/me').name).toBe('localhost');
});

test('two folders of one name are two hosts', () => {
  const places = [
    '/c/dc1/lb1/keepalived.conf',
    '/c/dc2/lb1/keepalived.conf',
    '/c/dc2/lb1/etc/sysctl.d/1.conf',
  ];
  const guesses = places.map((path) => guessHost(path, KEEPALIVED, '/c'));
  expect([...tellApart(guesses).values()]).toEqual(['dc1/lb1', 'dc2/lb1']);
});
