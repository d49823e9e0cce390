import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import { traitsOf } from '../../src/model/service-traits.ts';
import { hasDynamicWeights } from '../../src/model/weights.ts';

/** Schedulers that ask only whether a weight is 0 (ipvsadm(8); net/netfilter/ipvs/ip_vs_{rr,lc,dh}.c). */
const IGNORES_WEIGHT = new Set(['rr', 'lc', 'dh']);

export default defineRule({
  id: 'ipvs/weights-ignored-by-scheduler',
  severity: 'warning',
  title: 'weights differ, but the scheduler does not look at them',
  why: 'Strong and weak servers get the same share of connections, whatever the weights say.',
  remedy: 'Use the weighted scheduler (wrr for rr, wlc for lc), or give all servers the same weight.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const service of allServices(host)) {
        if (!IGNORES_WEIGHT.has(service.scheduler.value) || hasDynamicWeights(service)) continue;
        const { leastWeight, mostWeight } = traitsOf(service);
        if (leastWeight === mostWeight) continue;
        const [first, ...others] = service.realServers.filter(({ weight }) => weight.value > 0);
        const different = others.find(({ weight }) => weight.value !== first?.weight.value);
        if (first === undefined || different === undefined) continue;
        report({
          host,
          about: service,
          at: service.scheduler,
          message: `${service.label} schedules with ${service.scheduler.value}, which ignores the weights ${first.weight.value} and ${different.weight.value}`,
          fix: WEIGHTED.has(service.scheduler.value)
            ? reviewedFix(
                `write w${service.scheduler.value}`,
                valued(service.scheduler, `w${service.scheduler.value}`),
              )
            : undefined,
          related: [
            { at: first.weight, message: `${first.label} has weight ${first.weight.value}` },
            { at: different.weight, message: `${different.label} has weight ${different.weight.value}` },
          ],
        });
      }
    }
  },
});

/** These have a twin that looks at weights: wrr and wlc. */
const WEIGHTED: ReadonlySet<string> = new Set(['rr', 'lc']);
