import type { Located } from '../evidence/fact.ts';
import { type Fix, safeFix, valued } from '../evidence/fix.ts';
import { blockRemoved } from '../evidence/line-edit.ts';
import type { VrrpInstance } from './vrrp.ts';

/** What is wrong with an authentication block by itself, and what to write instead. */
export interface HalfAuthentication {
  readonly at: Located;
  readonly what: string;
  readonly remedy: string;
  /** `keepalived -t` says it too. */
  readonly told: boolean;
  readonly fix?: Fix | undefined;
}

/** An authentication block that keepalived drops, or takes in another sense (vrrp.c; keepalived 2.2.7). */
export function halfAuthentication(instance: VrrpInstance): HalfAuthentication | undefined {
  const { other, authPass, writtenAuthType, version, strict, state } = instance;
  const block = other.get('authentication');
  if (block === undefined || strict?.value) return undefined;
  if (version.value === 3 && (authPass ?? writtenAuthType) !== undefined)
    return {
      at: block,
      what: 'asks for a password, which VRRP version 3 does not know',
      remedy: 'Delete the authentication block, or use version 2 on every node.',
      told: true,
      fix: safeFix('delete the authentication block, which does nothing', blockRemoved(block)),
    };
  if (writtenAuthType !== undefined && authPass === undefined)
    return {
      at: writtenAuthType,
      what: `has auth_type ${writtenAuthType.value} and no auth_pass, so its adverts carry no password`,
      remedy: 'Write auth_pass as on the other nodes, or delete the authentication block.',
      told: true,
      fix: safeFix('delete the authentication block, which does nothing', blockRemoved(block)),
    };
  if (authPass !== undefined && writtenAuthType === undefined)
    return {
      at: authPass,
      what: 'has a password and no auth_type, so its adverts carry no password',
      remedy: 'Write auth_type PASS as on the other nodes, or delete the authentication block.',
      told: false,
    };
  if (writtenAuthType?.value === 'AH' && state.value === 'MASTER')
    return {
      at: writtenAuthType,
      what: 'has state MASTER, which keepalived does not take with auth_type AH: it starts as BACKUP',
      remedy: 'Write state BACKUP, or auth_type PASS.',
      told: true,
      fix: safeFix('write BACKUP, which is what runs', valued(state, 'BACKUP')),
    };
  return undefined;
}
