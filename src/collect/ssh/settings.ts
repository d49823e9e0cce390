import { dirname, join } from 'node:path';
import { type Disk, isTrouble } from '../files.ts';

/** What ssh itself would use for a host: ~/.ssh/config and /etc/ssh/ssh_config, read as ssh_config(5) says. */
export interface SshSettings {
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** The name under which the host's key is known. */
  readonly keyName: string;
  readonly identityFiles: readonly string[];
  /** Whether the agent may offer keys that no identity file names. */
  readonly anyAgentKey: boolean;
  /** The socket of the agent; undefined where none is to be asked. */
  readonly agent: string | undefined;
  readonly knownHostsFiles: readonly string[];
  /** `[user@]host[:port]`, from the first hop to the last. */
  readonly jumps: readonly string[];
  /** Something that only ssh itself can do. */
  readonly beyondUs: string | undefined;
}

/** Whose settings they are. */
export interface SshUser {
  readonly home: string;
  readonly name: string;
  readonly agentSocket: string | undefined;
}

/** A destination as people write it: `host`, `user@host`, `host:2222`, `ssh://user@[2001:db8::1]:2222`. */
export interface Destination {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

export function destinationOf(written: string): Destination {
  const bare = written.replace(/^ssh:\/\//, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const user = at > 0 ? { user: bare.slice(0, at) } : {};
  const place = bare.slice(at + 1);
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(place);
  // An address with several colons is IPv6 without a port.
  const named = bracketed ?? /^([^:]+):(\d+)$/.exec(place);
  const [, host = place, port] = named ?? [];
  return { host, ...user, ...(port !== undefined && { port: Number(port) }) };
}

type Computed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the settings of any host, the files once. */
export async function sshSettings(
  user: SshUser,
  disk: Disk,
): Promise<(destination: Destination) => SshSettings> {
  const own = join(user.home, '.ssh');
  const texts = [
    await withIncludes(join(own, 'config'), own, user.home, disk),
    await withIncludes('/etc/ssh/ssh_config', '/etc/ssh', user.home, disk),
  ];
  const { default: SshConfig } = await import('ssh-config');
  // What a file says outside of a Host block holds for all; the files must not run into each other's last block.
  const config = SshConfig.parse(texts.join('\nMatch all\n'));
  return (destination) => {
    const { host, user: as } = destination;
    const said = config.compute(as === undefined ? { Host: host } : { Host: host, User: as }, {
      ignoreCase: true,
    }) as Computed;
    return settingsOf(said, destination, user);
  };
}

function settingsOf(said: Computed, { host, user: as, port }: Destination, user: SshUser): SshSettings {
  const one = (key: string) => [said[key]].flat()[0];
  const words = (key: string) => [said[key]].flat().flatMap((text) => text?.split(/\s+/) ?? []);
  const hostName = (one('hostname') ?? host).replaceAll('%h', host).replaceAll('%%', '%');
  const name = as ?? one('user') ?? user.name;
  const known = { h: hostName, n: host, r: name, p: String(port ?? one('port') ?? 22), u: user.name };
  const path = (written: string) => filled(written, { ...known, d: user.home }, user.home);
  const identities = [said['identityfile']]
    .flat()
    .flatMap((file) => (file === undefined ? [] : [path(file)]));
  const agent = one('identityagent');
  const jump = one('proxyjump');
  const command = one('proxycommand');
  return {
    hostName,
    port: Number(known.p),
    user: name,
    keyName: one('hostkeyalias') ?? hostName,
    identityFiles:
      identities.length > 0 ? identities : DEFAULT_KEYS.map((key) => join(user.home, '.ssh', key)),
    anyAgentKey: one('identitiesonly')?.toLowerCase() !== 'yes',
    agent: agent === 'none' ? undefined : agentOf(agent, user, path),
    knownHostsFiles: [
      ...(words('userknownhostsfile').length > 0 ? words('userknownhostsfile') : OWN_KNOWN_HOSTS).map(path),
      ...(words('globalknownhostsfile').length > 0 ? words('globalknownhostsfile') : ALL_KNOWN_HOSTS),
    ],
    jumps:
      jump === undefined || jump.toLowerCase() === 'none' ? [] : jump.split(',').map((hop) => hop.trim()),
    // ssh_config(5): whichever of ProxyJump and ProxyCommand is said first counts; both together are rare.
    beyondUs:
      jump === undefined && command !== undefined && command.toLowerCase() !== 'none'
        ? 'its ssh settings have a ProxyCommand: name the hop with ProxyJump'
        : undefined,
  };
}

/** ssh_config(5), IdentityFile: those of its defaults whose kinds of keys need no hardware. */
const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const OWN_KNOWN_HOSTS = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
const ALL_KNOWN_HOSTS = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

function agentOf(
  said: string | undefined,
  { agentSocket }: SshUser,
  path: (written: string) => string,
): string | undefined {
  return said === undefined || said === 'SSH_AUTH_SOCK' ? agentSocket : path(said);
}

/** The tokens of ssh_config(5), TOKENS, that paths may have. */
function filled(written: string, values: Readonly<Record<string, string>>, home: string): string {
  const text = written.replace(/%([%a-z])/g, (token, letter: string) =>
    letter === '%' ? '%' : (values[letter] ?? token),
  );
  return text.replace(/^~(?=\/|$)/, home);
}

/** As deep as ssh itself goes (readconf.c, READCONF_MAX_DEPTH). */
const MAX_DEPTH = 16;

/** A file with what it includes in the place of the line. Behind it the block goes on in which the line stands. */
async function withIncludes(
  path: string,
  folder: string,
  home: string,
  disk: Disk,
  depth = 0,
): Promise<string> {
  const bytes = disk.read(path, Number.POSITIVE_INFINITY);
  if (isTrouble(bytes) || depth > MAX_DEPTH) return '';
  const lines: string[] = [];
  let block = 'Match all';
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (/^\s*(?:host|match)[\s=]/i.test(line)) block = line;
    const included = /^\s*include[\s=]+(.*?)\s*$/i.exec(line)?.[1];
    if (included === undefined) {
      lines.push(line);
      continue;
    }
    for (const pattern of included.split(/\s+/)) {
      const full = pattern.replaceAll('"', '').replace(/^~(?=\/)/, home);
      const from = full.startsWith('/') ? dirname(full) : folder;
      for (const file of await disk.match(full, from))
        lines.push(await withIncludes(file, folder, home, disk, depth + 1));
    }
    lines.push(block);
  }
  return lines.join('\n');
}
