import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { SetupCommand } from './commands.ts';
import { confTarget } from './conf-keys.ts';

/** What comes of an alias where a device is expected: measured with iproute2 6.1. */
export type AliasEffect = 'removes' | 'takes down' | 'raises' | 'no label' | 'route' | 'no setting';

/** The places where a host's files give one alias to a program that knows none; the effect is the first one's. */
export interface AliasUse {
  readonly alias: string;
  readonly device: string;
  readonly effect: AliasEffect;
  readonly at: Located;
  readonly others: readonly Located[];
}

/** `ip … dev lo:0` in scripts and keys of `lo:0` in any file; ARP keys are left to the rules that ask what they protect. */
export function aliasUses({ commands = [], sysctl }: Host): readonly AliasUse[] {
  const uses = new Map<string, AliasUse & { others: Located[] }>();
  const add = (alias: string, effect: AliasEffect, at: Located) => {
    const key = `${alias} ${isGrave(effect)} ${at.place.source.name}`;
    const known = uses.get(key);
    if (known !== undefined) known.others.push(at);
    else uses.set(key, { alias, device: alias.replace(/:.*$/, ''), effect, at, others: [] });
  };
  for (const command of commands) {
    const effect = effectOf(command);
    const alias = 'alias' in command ? command.alias : undefined;
    if (effect === undefined || alias === undefined) continue;
    add(alias, effect, command.words.findLast(({ text }) => text === alias) ?? command);
  }
  for (const setting of sysctl?.settings ?? []) {
    const target = confTarget(setting.key);
    if (target?.device.includes(':') && !target.name.startsWith('arp_'))
      add(target.device, 'no setting', setting);
  }
  return [...uses.values()];
}

/** True where more is hit than the alias: these are told apart from the others. */
export function isGrave(effect: AliasEffect): boolean {
  return effect === 'removes' || effect === 'takes down';
}

/** Taking one address away works under either name. */
function effectOf(command: SetupCommand): AliasEffect | undefined {
  if (!('tool' in command) || command.tool !== 'ip') return undefined;
  if (command.does === 'add-address') return 'no label';
  if (command.does === 'add-route') return 'route';
  if (command.does === 'set-link') return command.state === 'down' ? 'takes down' : 'raises';
  return command.does === 'remove-address' && command.flush ? 'removes' : undefined;
}
