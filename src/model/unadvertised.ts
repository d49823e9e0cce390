import { type Fact, stated } from '../evidence/fact.ts';
import type { VrrpInstance } from './vrrp.ts';

/** A list that moves with the VIP without being advertised, as texts to compare. */
export interface UnadvertisedList {
  readonly keyword: string;
  /** `sets the route` */
  readonly does: string;
  itemsOf(instance: VrrpInstance): readonly Fact<string>[];
}

export const UNADVERTISED_LISTS: readonly UnadvertisedList[] = [
  {
    keyword: 'virtual_ipaddress_excluded',
    does: 'raises',
    itemsOf: ({ excludedVips }) => excludedVips.map((vip) => stated(vip.value.key ?? '', vip)),
  },
  { keyword: 'virtual_routes', does: 'sets the route', itemsOf: ({ virtualRoutes }) => virtualRoutes },
  { keyword: 'virtual_rules', does: 'sets the rule', itemsOf: ({ virtualRules }) => virtualRules },
];

/** What has to be equal on all nodes of an item: the names of their devices may differ. */
export function itemKey({ value }: Fact<string>): string {
  return value
    .replaceAll(/\b(?:dev|oif|iif|src) \S+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
