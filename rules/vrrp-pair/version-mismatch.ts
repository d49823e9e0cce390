import type { Place } from '../../src/evidence/place.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';

export default defineRule({
  id: 'vrrp-pair/version-mismatch',
  severity: 'error',
  title: 'directors of one virtual router speak different VRRP versions',
  why: 'A node refuses adverts of another version, so both become master and hold the VIP.',
  remedy:
    'Write the same vrrp_version (or version) on every node and restart keepalived on all of them together.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  evenIfPartial: true,
  follows: ['vrrp-pair/vrid-mismatch'],
  check(cluster, report) {
    // vrrp_version is one word for all instances of a node.
    const told = new Set<string>();
    const versionOf = ({ instance }: VrrpMember) => String(instance.version.value);
    for (const { group, expected, found } of deviationsOf(cluster, versionOf)) {
      // IPv4 beside IPv6 is more than another version.
      if (found.instance.family !== expected.instance.family) continue;
      const { source, range } = placeWritten(expected, found);
      const word = `${source.host} ${source.name} ${range.start}`;
      if (told.has(word)) continue;
      told.add(word);
      report({
        host: found.host,
        about: group,
        at: found.instance.version,
        message: `${found.host.label} speaks VRRP version ${versionOf(found)}, ${expected.host.label} version ${versionOf(expected)}`,
        related: [
          {
            at: expected.instance.version,
            message: `${expected.host.label} speaks version ${versionOf(expected)}${expected.instance.version.basis === 'default' ? ', the default' : ''}`,
          },
        ],
      });
    }
  },
});

function placeWritten(expected: VrrpMember, { instance: { version } }: VrrpMember): Place {
  return (version.basis === 'default' ? expected.instance.version : version).place;
}
