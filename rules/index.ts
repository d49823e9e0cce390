/* Every rule, one line each. */
export { default as weightsIgnoredByScheduler } from './ipvs/weights-ignored-by-scheduler.ts';
export { default as implicitAddressOwner } from './vrrp/implicit-address-owner.ts';
export { default as vridMismatch } from './vrrp-pair/vrid-mismatch.ts';
