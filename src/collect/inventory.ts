/** A host of an inventory, and where it is reached. */
export interface InventoryHost {
  readonly name: string;
  /** `[user@]host[:port]` */
  readonly to: string;
  readonly groups: readonly string[];
}

/** What an inventory says, or why it cannot be used. */
export type Inventory = { readonly hosts: readonly InventoryHost[] } | { readonly problem: string };

/**
 * Reads what `ansible-inventory --list` prints: groups with hosts and children, and the variables of each host below
 * `_meta`. Variables that only Ansible can work out (templates) are passed over.
 */
export function readInventory(text: string): Inventory {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON: write it with ansible-inventory --list' };
  }
  if (!isRecord(data)) return { problem: 'it is no inventory: write it with ansible-inventory --list' };
  const meta = isRecord(data['_meta']) ? data['_meta'] : {};
  const variables = isRecord(meta['hostvars']) ? meta['hostvars'] : {};
  const groups = groupsIn(data);
  const names = new Set([...groups.keys(), ...Object.keys(variables)]);
  if (names.size === 0) return { problem: 'it names no host' };
  return {
    hosts: [...names].sort().map((name) => {
      const said = variables[name];
      return { name, to: destinationOf(name, isRecord(said) ? said : {}), groups: groups.get(name) ?? [] };
    }),
  };
}

/** The groups of each host, with the groups that these are children of. */
function groupsIn(data: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  const members: [string, string][] = [];
  for (const [group, said] of Object.entries(data)) {
    if (group === '_meta' || !isRecord(said)) continue;
    for (const child of textsIn(said['children'])) parents.set(child, [...(parents.get(child) ?? []), group]);
    for (const host of textsIn(said['hosts'])) members.push([host, group]);
  }
  const found = new Map<string, Set<string>>();
  for (const [host, group] of members) {
    const all = found.get(host) ?? new Set();
    found.set(host, all);
    const open = [group];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (all.has(next)) continue;
      all.add(next);
      open.push(...(parents.get(next) ?? []));
    }
  }
  return new Map([...found].map(([host, all]) => [host, [...all].sort()]));
}

function destinationOf(name: string, variables: Readonly<Record<string, unknown>>): string {
  const said = (...keys: readonly string[]) =>
    keys.map((key) => variables[key]).find((value) => isPlain(value));
  const host = String(said('ansible_ssh_host', 'ansible_host') ?? name);
  const user = said('ansible_ssh_user', 'ansible_user');
  const port = said('ansible_ssh_port', 'ansible_port');
  const place = port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return user === undefined ? place : `${user}@${place}`;
}

/** A value that is no template. */
function isPlain(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && !value.includes('{{'));
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
