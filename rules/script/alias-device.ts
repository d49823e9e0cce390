import { type Fix, reviewedFix, worded } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { type AliasEffect, type AliasUse, aliasUses, isGrave } from '../../src/model/alias-use.ts';

const EFFECTS: Readonly<Record<AliasEffect, (device: string) => string>> = {
  removes: (device) => `this removes every address of ${device}`,
  'takes down': (device) => `this takes all of ${device} down`,
  raises: (device) => `this raises ${device} itself`,
  'no label': (device) => `the address comes up on ${device} without a label`,
  route: (device) => `the route is one of ${device}`,
  'no setting': () => 'this sets nothing',
};

export default defineRule({
  id: 'script/alias-device',
  severity: 'warning',
  title: 'iproute2 or sysctl is given an alias for a device',
  why: 'An alias is only a label. iproute2 drops what follows the colon and acts on the whole device; the kernel has no settings for an alias.',
  remedy: 'Name the device and add a label: ip addr add ADDRESS/32 dev eth0 label eth0:0.',
  needs: [],
  check({ whole }, report) {
    for (const host of whole.hosts) {
      for (const { alias, device, at, others, effect } of aliasUses(host)) {
        report({
          host,
          about: { id: `${host.id}/${alias}/${effect}`, label: alias, place: at.place },
          at,
          message: `${alias} is no device to ${effect === 'no setting' ? 'the kernel' : 'ip'}: ${EFFECTS[effect](device)}`,
          related: others.slice(0, 3).map((other) => ({ at: other, message: 'here as well' })),
          severity: isGrave(effect) ? 'error' : 'warning',
          ...(effect === 'no setting' && { remedy: `Set the key for ${device}, or for all.` }),
          fix: others.length === 0 ? deviceFix({ alias, device, at, effect }) : undefined,
        });
      }
    }
  },
});

/** To keep the alias visible, iproute2 wants it as a label; what takes more away than was meant is for a person. */
function deviceFix({ alias, device, at, effect }: Omit<AliasUse, 'others'>): Fix | undefined {
  if (effect !== 'no label' && effect !== 'route') return undefined;
  const words = effect === 'route' ? device : `${device} label ${alias}`;
  return reviewedFix(`write ${words}`, worded(at, alias, words));
}
