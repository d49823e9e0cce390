import type { VrrpInstance } from './vrrp.ts';
import { type Authentication, authenticationOf } from './vrrp-effect.ts';

/** The passwords that really travel, with the instances that send them. */
export function passwordsOf(
  instances: readonly VrrpInstance[],
): readonly (Authentication & { readonly instance: VrrpInstance })[] {
  return instances.flatMap((instance) => {
    const used = authenticationOf(instance);
    return used === undefined ? [] : [{ instance, ...used }];
  });
}
