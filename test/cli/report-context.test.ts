import { expect, test } from 'vitest';
import { hostsOf } from '../../src/cli/report-context.ts';
import { buildCluster } from '../../src/model/build.ts';
import { expectLinear } from '../support/cost.ts';
import { sourceOf } from '../support/source.ts';

test('a host of many files costs what they are', () => {
  expectLinear(1000, (size) => {
    const sources = Array.from({ length: size }, (_, at) =>
      sourceOf('', 'sysctl', { host: 'lb1', name: `${at}.conf` }),
    );
    const cluster = { hosts: buildCluster({ sources: sources.slice(0, 1), gaps: [] }).hosts, target: {} };
    const hosts = hostsOf(cluster, sources);
    expect(hosts.map(({ files }) => files.length)).toEqual([size]);
  });
});
