import { expect, test } from 'vitest';
import { clusterFoldersIn } from '../../src/collect/cluster-folders.ts';
import { diskOf, ROOT } from '../support/disk.ts';

function clusters(...paths: readonly string[]): readonly string[] {
  const disk = diskOf(Object.fromEntries(paths.map((path) => [path, ''])));
  return clusterFoldersIn('.', ROOT, 'lvsdoctor.yaml', disk).map(({ name }) => name);
}

const cluster = (name: string) => [
  `${name}/lb1/etc/keepalived/keepalived.conf`,
  `${name}/lb2/keepalived.conf`,
  `${name}/rs1/sysctl.conf`,
];

test('folders with hosts of the same names are clusters', () => {
  expect(clusters(...cluster('prod'), ...cluster('staging'), 'common/sysctl.conf')).toEqual([
    'prod',
    'staging',
  ]);
});

test('a folder with settings of its own is a cluster', () => {
  expect(clusters('a/keepalived.conf', 'a/lvsdoctor.yaml', 'b/lb7.conf', 'b/lvsdoctor.yaml')).toEqual([
    'a',
    'b',
  ]);
});

test.each([
  ['one cluster', cluster('.')],
  ['one folder with a cluster', cluster('prod')],
  [
    'roles',
    [
      'directors/lb1/keepalived.conf',
      'directors/lb2/keepalived.conf',
      'servers/rs1/sysctl.conf',
      'servers/rs2/sysctl.conf',
    ],
  ],
  [
    'sites',
    ['east/lb1/keepalived.conf', 'east/rs1/sysctl.conf', 'west/lb2/keepalived.conf', 'west/rs2/sysctl.conf'],
  ],
  [
    'kinds of files',
    [
      'balancing/lb1/keepalived.conf',
      'balancing/lb2/keepalived.conf',
      'kernel/lb1/sysctl.conf',
      'kernel/lb2/sysctl.conf',
    ],
  ],
  [
    'roots of hosts',
    [
      'lb1/etc/keepalived/keepalived.conf',
      'lb1/usr/lib/x.sh',
      'lb2/etc/keepalived/keepalived.conf',
      'lb2/usr/lib/x.sh',
    ],
  ],
])('%s are not told apart', (_, paths) => {
  expect(clusters(...paths)).toEqual([]);
});
