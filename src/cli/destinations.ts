import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type InventoryHost, readInventory } from '../collect/inventory.ts';
import { destinationOf } from '../collect/ssh/settings.ts';
import { WrongUse } from './exit.ts';
import type { Settings } from './settings.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';

/** What a command line says of the hosts that ssh reaches. */
export interface DestinationArguments {
  /** `[user@]host[:port]`, or names of the settings or the inventory. */
  readonly host?: readonly string[] | undefined;
  /** A file that `ansible-inventory --list` printed. */
  readonly inventory?: string | undefined;
}

/** A host as the report calls it, and where ssh finds it. */
export interface NamedDestination {
  readonly name: string;
  readonly to: string;
}

/** The hosts that are meant, by name: those that are named, else all of the inventory, else all that the settings reach. */
export async function destinationsOf(
  { host: words = [], inventory }: DestinationArguments,
  { ssh }: Settings,
  terminal: Terminal,
): Promise<readonly NamedDestination[]> {
  if (inventory !== undefined) {
    const hosts = await hostsIn(inventory, terminal);
    return apart(words.length > 0 ? words.flatMap((word) => meant(word, hosts, inventory)) : hosts);
  }
  const known = [...ssh].map(([name, to]) => ({ name, to }));
  if (words.length === 0) return known;
  return apart(
    words.map((word) => {
      const said = known.find(({ name }) => name === word);
      return said ?? { name: destinationOf(word).host, to: word };
    }),
  );
}

async function hostsIn(file: string, terminal: Terminal): Promise<readonly InventoryHost[]> {
  const found = readInventory(await textOf(file, terminal));
  if ('problem' in found) throw new WrongUse(`${file} cannot be used: ${found.problem}`);
  return found.hosts;
}

/** The text of a file that was named, or of standard input. */
export async function textOf(file: string, terminal: Terminal): Promise<string> {
  if (file === '/dev/stdin') return new TextDecoder().decode(await terminal.readInput());
  try {
    return readFileSync(resolve(terminal.workingFolder, file), 'utf8');
  } catch (error) {
    throw new WrongUse(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function meant(word: string, hosts: readonly InventoryHost[], inventory: string): readonly InventoryHost[] {
  const found = hosts.filter(({ name, groups }) => name === word || groups.includes(word));
  if (found.length > 0) return found;
  const names = hosts.flatMap(({ name, groups }) => [name, ...groups]);
  throw new WrongUse(`${inventory} has no host and no group ${word}${didYouMean(word, new Set(names))}`);
}

/** Each host once. Where different ways lead to one name, each is called by its way. */
function apart(hosts: readonly NamedDestination[]): readonly NamedDestination[] {
  const ways = new Map<string, Set<string>>();
  for (const { name, to } of hosts) ways.set(name, (ways.get(name) ?? new Set()).add(to));
  return [...ways].flatMap(([name, all]) => [...all].map((to) => ({ name: all.size > 1 ? to : name, to })));
}
