import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { type MarkRule, markRules } from '../../src/model/mark-rules.ts';

/** IPVS takes packets in LOCAL_IN, after PREROUTING and INPUT of mangle; these chains never see them before it. */
const TOO_LATE = new Set(['FORWARD', 'OUTPUT', 'POSTROUTING']);

export default defineRule({
  id: 'ipvs/fwmark-without-mark-rule',
  severity: 'error',
  title: 'no packet ever carries the mark that a service waits for',
  why: 'Packets without the mark match no service: they go to the director itself, which refuses them.',
  remedy:
    'Mark them in time: iptables -t mangle -A PREROUTING -d VIP -p tcp --dport 80 -j MARK --set-mark N.',
  needs: ['services', 'commands'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const rules = markRules(host);
      // Without a single rule in the scripts, the marks are set where nobody looked.
      if (rules === undefined || rules.length === 0) continue;
      for (const { service } of servicesOf([host])) {
        for (const { mark, family } of service.endpoints) {
          if (mark === undefined) continue;
          const setting = rules.filter((rule) => rule.mark === mark.value);
          if (setting.some((rule) => rule.family === family && !TOO_LATE.has(rule.chain ?? ''))) continue;
          const [near] = setting.length > 0 ? setting : rules;
          report({
            host,
            about: service,
            at: mark,
            message: `${service.label} waits for mark ${mark.value}, ${reasonFor(setting, family, rules)}`,
            related: near === undefined ? [] : [{ at: near.command, message: `sets mark ${near.mark}` }],
          });
        }
      }
    }
  },
});

function reasonFor(setting: readonly MarkRule[], family: 4 | 6, all: readonly MarkRule[]): string {
  const [rule] = setting;
  if (rule === undefined) {
    const marks = [...new Set(all.map(({ mark }) => mark))];
    return `but the scripts set ${marks.length === 1 ? 'mark' : 'marks'} ${marks.slice(0, 5).join(', ')} only`;
  }
  const fitting = setting.find((each) => each.family === family);
  if (fitting === undefined) return `which is set for IPv${rule.family} packets only`;
  return `which is set in ${fitting.chain}, where packets to the service do not pass before IPVS takes them`;
}
