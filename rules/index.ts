/* Every rule, one line each. */
export { default as weightsIgnoredByScheduler } from './ipvs/weights-ignored-by-scheduler.ts';
export { default as connReuseMode } from './ipvs-sysctl/conn-reuse-mode.ts';
export { default as connTableBits } from './ipvs-sysctl/conn-table-bits.ts';
export { default as defenceLeftOn } from './ipvs-sysctl/defence-left-on.ts';
export { default as differsBetweenDirectors } from './ipvs-sysctl/differs-between-directors.ts';
export { default as expireNodestConn } from './ipvs-sysctl/expire-nodest-conn.ts';
export { default as obsoleteKey } from './kernel/obsolete-key.ts';
export { default as portRangeOverlap } from './kernel/port-range-overlap.ts';
export { default as queueValues } from './kernel/queue-values.ts';
export { default as settingForAnotherRole } from './kernel/setting-for-another-role.ts';
export { default as twBucketsLowered } from './kernel/tw-buckets-lowered.ts';
export { default as twReuseMisread } from './kernel/tw-reuse-misread.ts';
export { default as implicitAddressOwner } from './vrrp/implicit-address-owner.ts';
export { default as vridMismatch } from './vrrp-pair/vrid-mismatch.ts';
