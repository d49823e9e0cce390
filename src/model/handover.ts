import type { Located } from '../evidence/fact.ts';
import type { VrrpMember } from './peers.ts';
import { isStrictUnreported } from './strict.ts';
import { downTimerAdverts, settingOf } from './vrrp-effect.ts';

/** How a node hands over: the value to compare, and where it stands. */
export interface HandoverSetting {
  readonly name: string;
  stateOf(member: VrrpMember): string | undefined;
  placeOf(member: VrrpMember): Located | undefined;
  /** Matters only where the node that waits is not the one with the highest priority. */
  readonly waits?: true;
}

/** What has to be equal on all nodes (keepalived.conf(5): "All virtual routers … MUST use the same value" of down_timer_adverts). */
export const HANDOVER_SETTINGS: readonly HandoverSetting[] = [
  {
    name: 'nopreempt',
    stateOf: ({ instance }) => onOff(instance.nopreempt?.value),
    placeOf: ({ instance }) => instance.nopreempt,
    waits: true,
  },
  {
    name: 'preempt_delay',
    stateOf: ({ instance }) => (instance.nopreempt?.value ? undefined : onOff(instance.preemptDelay?.value)),
    placeOf: ({ instance }) => instance.preemptDelay,
    waits: true,
  },
  {
    name: 'down_timer_adverts',
    stateOf: ({ host, instance }) => String(downTimerAdverts(host, instance)),
    placeOf: ({ host, instance }) => settingOf(host, instance, 'down_timer_adverts'),
  },
  {
    name: 'strict mode',
    stateOf: ({ host, instance }) =>
      isStrictUnreported(host, instance) ? onOff(instance.strict?.value) : undefined,
    placeOf: ({ instance }) => instance.strict,
  },
];

function onOff(value: number | boolean | undefined): string {
  return value ? 'on' : 'off';
}
