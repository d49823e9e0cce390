import { defineRule } from '../../src/judge/rule.ts';
import { nestedVips } from '../../src/model/nested-vip.ts';

export default defineRule({
  id: 'l4l7/nested-vip-conflict',
  severity: 'error',
  title: 'the tier behind the directors moves an address that is theirs',
  why: 'Directors and servers both announce the VIP: clients reach now a director, now a single box of the tier behind it.',
  remedy: 'Give the servers fixed addresses, raise the VIP on lo there, and leave its VRRP to the directors.',
  needs: ['vrrp'],
  spans: true,
  evenIfPartial: true,
  check({ whole }, report) {
    for (const { host, instance, ...doubt } of nestedVips(whole)) report({ host, about: instance, ...doubt });
  },
});
