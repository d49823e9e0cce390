import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { traitsOf } from '../../src/model/service-traits.ts';
import { hasDynamicWeights } from '../../src/model/weights.ts';

export default defineRule({
  id: 'ipvs/wrr-with-equal-weights',
  severity: 'info',
  title: 'weighted round robin, and all weights are equal',
  why: 'It works as rr does: either the machines are alike, or somebody forgot to weigh them.',
  remedy: 'Write rr, or give the stronger machines the larger weight.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [first, ...others] = allServices(host).filter(isEven);
      if (first === undefined) continue;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      report({
        host,
        about: first,
        at: first.scheduler,
        message: `${first.label}${more} by wrr: every server has weight ${traitsOf(first).mostWeight}`,
      });
    }
  },
});

function isEven(service: VirtualService): boolean {
  const { scheduler, realServers } = service;
  if (scheduler.value !== 'wrr' || scheduler.basis === 'default' || realServers.length < 2) return false;
  const { leastWeight, mostWeight } = traitsOf(service);
  return leastWeight === mostWeight && mostWeight > 0 && !hasDynamicWeights(service);
}
