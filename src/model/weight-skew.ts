import type { Doubt } from './doubt.ts';
import type { VirtualService } from './service.ts';
import { traitsOf } from './service-traits.ts';
import { commonDivisor, extremesOf } from './weights.ts';

/** How far weights may be apart, and how long the sequence of turns may be until all shares are right. */
interface Bounds {
  readonly ratio: number;
  readonly sequence: number;
}

/** wrr gives turns from the largest weight down, in steps of the common divisor (ip_vs_wrr.c); wlc divides by weights. */
export function weightSkewOf(service: VirtualService, { ratio, sequence }: Bounds): Doubt | undefined {
  if (service.scheduler.value !== 'wrr' && service.scheduler.value !== 'wlc') return undefined;
  const { leastWeight, mostWeight } = traitsOf(service);
  if (leastWeight === mostWeight) return undefined;
  const [light, heavy] = extremesOf(service) ?? [];
  if (light === undefined || heavy === undefined) return undefined;
  const [least, most] = [light.weight.value, heavy.weight.value];
  if (least === most) return undefined;
  const isSkewed = most / least > ratio;
  const weights = service.realServers.map(({ weight }) => weight.value);
  if (!isSkewed && most / commonDivisor(weights) <= sequence) return undefined;
  return {
    at: heavy.weight,
    message: `${service.label} gives ${heavy.label} weight ${most} and ${light.label} weight ${least}`,
    related: [{ at: light.weight, message: `${light.label} has weight ${least}` }],
    ...(!isSkewed && {
      severity: 'info',
      why: 'The shares are right only after a long sequence: in between, one server is served in long runs.',
    }),
  };
}
