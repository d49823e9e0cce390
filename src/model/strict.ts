import type { Fact, Located } from '../evidence/fact.ts';
import type { Host, Subject } from './cluster.ts';
import { allServices } from './duties.ts';
import { remembered } from './memory.ts';
import { movedVips } from './vip-list.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';
import { dropsVipTraffic, isOwner } from './vrrp-effect.ts';

/** Something that an instance asks for and strict mode takes away. */
export interface Refusal {
  readonly what: string;
  readonly at: Located;
}

/** keepalived.conf(5), vrrp_strict; what 2.2.7 resets with a message, and unicast, which it lets pass by mistake. */
export function refusedInStrict(instance: VrrpInstance): readonly Refusal[] {
  if (!instance.strict?.value) return [];
  const { other, unicastPeers, preemptDelay, state, accept, version } = instance;
  const asked = (what: string, at: Located | undefined) => (at === undefined ? [] : [{ what, at }]);
  return [
    ...asked('authentication', other.get('authentication')),
    ...asked('unicast peers', unicastPeers.length > 0 ? other.get('unicast_peer') : undefined),
    ...asked('preempt_delay', preemptDelay?.value ? preemptDelay : undefined),
    ...asked('state MASTER', state.value === 'MASTER' && !isOwner(instance) ? state : undefined),
    ...asked('accept', accept?.value && version.value === 2 ? accept : undefined),
    ...asked('higher_prio_send_advert', other.get('higher_prio_send_advert')),
    ...asked('garp_lower_prio_repeat', other.get('garp_lower_prio_repeat')),
  ];
}

const servedAddresses = remembered(
  (host: Host): ReadonlySet<string> =>
    new Set(
      allServices(host).flatMap(({ endpoints }) => endpoints.flatMap(({ address }) => address?.value ?? [])),
    ),
);

/** The addresses of an instance that virtual servers of this host are reached through. */
export function serviceVips(host: Host, instance: VrrpInstance): readonly Fact<Vip>[] {
  const served = servedAddresses(host);
  return movedVips(instance).filter(({ value }) => value.key !== undefined && served.has(value.key));
}

/** True where strict mode neither takes something away nor makes a service silent: nothing else is said about it. */
export function isStrictUnreported(host: Host, instance: VrrpInstance): boolean {
  return (
    refusedInStrict(instance).length === 0 &&
    (dropsVipTraffic(instance) === undefined || serviceVips(host, instance).length === 0)
  );
}

/** What findings about strict mode are about: the whole node where `vrrp_strict` is global, else the instance. */
export function strictSubject(host: Host, instance: VrrpInstance): Subject {
  const { globals } = host;
  return globals !== undefined && instance.strict === globals.strict && globals.strict !== undefined
    ? globals
    : instance;
}
