import { defineRule, threshold } from '../../src/judge/rule.ts';
import { addressesIn } from '../../src/model/command-line.ts';
import { addressKey } from '../../src/model/endpoint.ts';
import { latenessOf } from '../../src/model/script-timing.ts';

export default defineRule({
  id: 'vrrp/track-script-verdict-unreliable',
  severity: 'warning',
  title: 'a health check answers late, or answers something else',
  why: 'The VIP moves late, not at all, or to and fro under load.',
  remedy: 'Use interval 2, timeout 1, fall 2, rise 2, and ask the local service, not the VIP.',
  needs: ['vrrp', 'trackScripts'],
  evenIfPartial: true,
  thresholds: {
    warnAbove: threshold(60, 's', 'so long nobody waits for a verdict, not even of a database'),
    adviseAbove: threshold(30, 's', 'ten times what VRRP needs to notice a dead director'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const vips = new Set(host.vrrp.flatMap(({ vips }) => vips.map(({ value }) => value.key)));
      for (const script of host.trackScripts) {
        const { command, label } = script;
        const say = { host, about: script };
        const late = latenessOf(script, thresholdsOn(host));
        if (late !== undefined)
          report({ ...say, at: late.at, message: `${label} ${late.what}`, severity: late.severity });
        const asked = addressesIn(command?.value ?? '').find((text) => vips.has(addressKey(text)));
        if (command !== undefined && asked !== undefined)
          report({
            ...say,
            at: command,
            message: `${label} asks the VIP ${asked}, so every node judges the one that is master`,
          });
      }
      for (const instance of host.vrrp) {
        for (const { name, weight, reverse } of instance.tracks) {
          if (!reverse || weight.value !== 0) continue;
          report({
            host,
            about: instance,
            at: name,
            message: `${name.value} has weight 0 reverse, so ${instance.label} is in FAULT while the check passes`,
          });
        }
      }
    }
  },
});
