import type { Fault } from './fault.ts';
import { DR_FAULTS } from './faults-dr.ts';
import { NAT_FAULTS, NAT_SYNC_FAULTS } from './faults-nat.ts';
import { IPVSADM_FAULTS, MARK_FAULTS, UNICAST_FAULTS } from './faults-other-dr.ts';
import { TUN_FAULTS } from './faults-tun.ts';

/** All of them; each names its design. */
export const FAULTS: readonly Fault[] = [
  ...DR_FAULTS,
  ...NAT_FAULTS,
  ...TUN_FAULTS,
  ...MARK_FAULTS,
  ...UNICAST_FAULTS,
  ...NAT_SYNC_FAULTS,
  ...IPVSADM_FAULTS,
];
