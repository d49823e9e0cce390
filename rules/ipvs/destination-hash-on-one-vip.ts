import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';

/** Schedulers that look at the destination address: made for transparent caches (Kconfig IP_VS_DH, IP_VS_LBLC, IP_VS_LBLCR). */
const HASHES_DESTINATION = new Set(['dh', 'lblc', 'lblcr']);

export default defineRule({
  id: 'ipvs/destination-hash-on-one-vip',
  severity: 'warning',
  title: 'the scheduler chooses by the destination address, and there is only one',
  why: 'Every connection has the same key, so one server gets all of them and the others get nothing.',
  remedy: 'Use another scheduler: wrr or wlc to spread connections, sh or mh to keep a client on one server.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { scheduler, endpoints, realServers, label } = service;
      if (!HASHES_DESTINATION.has(scheduler.value) || realServers.length < 2) continue;
      const [first] = endpoints;
      if (first?.address === undefined) continue;
      if (endpoints.some(({ address }) => address?.value !== first.address?.value)) continue;
      report({
        host,
        about: service,
        at: scheduler,
        message: `${label} schedules with ${scheduler.value}: all connections to ${first.address.value} go to one of its ${realServers.length} servers`,
      });
    }
  },
});
