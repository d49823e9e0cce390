import { defineRule } from '../../src/judge/rule.ts';
import { balancesAsMasterOnly, localLoops } from '../../src/model/local-loop.ts';

export default defineRule({
  id: 'forward/local-node-loop',
  severity: 'error',
  title: 'two directors send each other connections that they balance again',
  why: 'The backup balances what the master sends it, and may send it back: packets circle until their TTL ends.',
  remedy:
    'Set net.ipv4.vs.backup_only = 1 and run the sync daemon on both, or balance firewall marks that packets from the peer do not get.',
  needs: ['services'],
  spans: true,
  evenIfPartial: true,
  check({ whole }, report) {
    const seen = new Set<string>();
    for (const { one, other } of localLoops(whole)) {
      const hosts = [one, other].map(({ director }) => director);
      if (hosts.every(balancesAsMasterOnly) || isByScript(one.service) || isByScript(other.service)) continue;
      const pair = hosts.map(({ name }) => name).join(' ');
      if (seen.has(pair)) continue;
      seen.add(pair);
      report({
        host: one.director,
        about: one.service,
        at: one.server,
        message: `${one.director.label} sends connections of ${one.service.label} to ${other.director.label}, which sends them to ${one.director.label}`,
        related: [{ at: other.server, message: `${other.director.label} sends them back here` }],
      });
    }
  },
});

/** A script may load its rules on the master only. */
function isByScript({ manager }: { readonly manager: string }): boolean {
  return manager === 'script';
}
