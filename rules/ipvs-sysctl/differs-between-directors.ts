import { defineRule } from '../../src/judge/rule.ts';
import {
  differencesOfKeys,
  differencesOfTimeouts,
  type IpvsDifference,
} from '../../src/model/ipvs-difference.ts';
import { hasSysctlFiles, noSysctlFiles } from '../../src/model/kernel-files.ts';
import { directorPairs } from '../../src/model/peers.ts';

/** Values that another rule reports on the one director that has them. */
const REPORTED_ALONE =
  /vs\.(?:(?:expire_nodest_conn|conn_reuse_mode) 0|(?:drop_entry|drop_packet|secure_tcp) 3)$/;
const OF_SYNC = /vs\.sync_(?:version|ports)$/;

export default defineRule({
  id: 'ipvs-sysctl/differs-between-directors',
  severity: 'warning',
  title: 'directors give IPVS different settings',
  why: 'After a failover the same service behaves in another way: it is broken on one of the nodes only, and nobody sees why.',
  remedy: 'Write the same values on both directors, best in one file that is copied to both.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  check(cluster, report) {
    for (const [one, other] of directorPairs(cluster)) {
      const unseen = [one, other].filter((host) => !hasSysctlFiles(host));
      if (unseen.length === 1) for (const host of unseen) report.notJudged(host, noSysctlFiles(host));
      const ofKeys = unseen.length === 0 ? differencesOfKeys(one, other) : [];
      for (const { name, values, at } of [...ofKeys, ...differencesOfTimeouts(one, other)]) {
        const [first, second] = at;
        const place = second ?? first;
        const synced = OF_SYNC.test(name) && one.globals?.syncDaemon !== undefined;
        if (place === undefined || synced || values.some((value) => isReportedAlone(name, value))) continue;
        const host = second === undefined ? one : other;
        report({
          host,
          about: host,
          at: place,
          message: `${name} is ${values[1]} on ${other.label}, ${values[0]} on ${one.label}`,
          related:
            first === undefined || first === place
              ? []
              : [{ at: first, message: `${values[0]} on ${one.label}` }],
        });
      }
    }
  },
});

function isReportedAlone(name: IpvsDifference['name'], value: string): boolean {
  return REPORTED_ALONE.test(`${name} ${value}`);
}
