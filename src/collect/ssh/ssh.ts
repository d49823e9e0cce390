import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ServerHostKeyAlgorithm } from 'ssh2';
import { type Disk, isTrouble, localDisk } from '../files.ts';
import { type Answer, type Hearing, type Remote, RemoteFailure, type Script, textOf } from '../remote.ts';
import { fingerprintOf, offersOf } from './keys.ts';
import { KnownHosts, typeOf } from './known-hosts.ts';
import { type Destination, destinationOf, type SshSettings, type SshUser, sshSettings } from './settings.ts';

/** A host's answer may be this long; a host that goes on is cut off. */
const MAX_OUTPUT = 64 * 1024 * 1024;
/** For the way to a host and the log in. */
const CONNECT_MS = 10_000;

/** Opens ways to hosts by ssh, with the settings, keys and known hosts of this user. Nothing is asked, nothing is learnt. */
export async function sshWays(
  user: SshUser,
  disk: Disk = localDisk,
): Promise<(host: string, to: string) => Remote> {
  const settings = await sshSettings(user, disk);
  const known = new Map<string, KnownHosts>();
  const knownOf = (files: readonly string[]): KnownHosts => {
    const name = files.join('\n');
    const found = known.get(name) ?? new KnownHosts(files.flatMap((file) => textIn(file, disk)));
    known.set(name, found);
    return found;
  };
  const hop = (destination: Destination): Hop => {
    const said = settings(destination);
    return { settings: said, known: knownOf(said.knownHostsFiles), disk };
  };
  return (host, to) => ({
    host,
    async run(script, signal, hearing) {
      const last = hop(destinationOf(to));
      const hops = [...last.settings.jumps.map((jump) => hop(destinationOf(jump))), last];
      return await throughHops(hops, script, signal, hearing);
    },
  });
}

function textIn(name: string, disk: Disk): { name: string; text: string }[] {
  const bytes = disk.read(name, Number.POSITIVE_INFINITY);
  return isTrouble(bytes) ? [] : [{ name, text: new TextDecoder().decode(bytes) }];
}

/** A host on the way, or the one at its end. */
interface Hop {
  readonly settings: SshSettings;
  readonly known: KnownHosts;
  readonly disk: Disk;
}

async function throughHops(
  hops: readonly Hop[],
  script: Script,
  signal: AbortSignal,
  hearing: Hearing | undefined,
): Promise<Answer> {
  const clients: Client[] = [];
  const [first, ...others] = hops;
  let door: Socket | undefined;
  let say = () => {};
  const late = new Promise<never>((_, reject) => {
    say = () => reject(new RemoteFailure('timeout', 'no answer before the deadline'));
    if (signal.aborted) say();
    signal.addEventListener('abort', say, { once: true });
  });
  const work = async () => {
    if (first === undefined) throw new RemoteFailure('unreachable', 'there is no way to it');
    for (const { settings } of hops) refuseUnknownWays(settings);
    // Many hosts may lie behind one jump host, which takes few at a time (sshd_config(5), MaxStartups).
    const early = others.length > 0 ? await textOf(script) : undefined;
    door = connect({ host: first.settings.hostName, port: first.settings.port });
    await answered(door, first.settings);
    const text = early ?? (await textOf(script));
    let client = await logIn(first, door, clients);
    for (const hop of others) client = await logIn(hop, await onwards(client, hop.settings), clients);
    return await runOn(client, text, hearing);
  };
  try {
    return await Promise.race([work(), late]);
  } finally {
    // Else the signal keeps the connections in memory until the deadline.
    signal.removeEventListener('abort', say);
    door?.destroy();
    for (const client of clients) client.destroy();
  }
}

function refuseUnknownWays({ port, beyondUs }: SshSettings): void {
  if (beyondUs !== undefined) throw new RemoteFailure('unreachable', beyondUs);
  if (!(port >= 1 && port <= 65_535)) throw new RemoteFailure('unreachable', `${port} is no port`);
}

/** Until the host says its first word, which stays to be read (RFC 4253, 4.2). */
function answered(door: Socket, settings: SshSettings): Promise<void> {
  const { hostName } = settings;
  return new Promise((resolve, reject) => {
    const failed = (error: SshError) => reject(failureOf(error, settings, undefined, ''));
    const timer = setTimeout(() => failed(Object.assign(new Error(), { code: 'ETIMEDOUT' })), CONNECT_MS);
    door.on('error', failed);
    door.once('close', () => {
      clearTimeout(timer);
      reject(new RemoteFailure('unreachable', `${hostName} closed the connection`));
    });
    door.once('readable', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function onwards(client: Client, { hostName, port }: SshSettings): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, hostName, port, (error, stream) => {
      if (error === undefined) resolve(stream);
      else
        reject(
          new RemoteFailure(
            'unreachable',
            `the jump host cannot reach ${hostName}:${port}: ${error.message}`,
          ),
        );
    });
  });
}

async function logIn({ settings, known, disk }: Hop, stream: Duplex, clients: Client[]): Promise<Client> {
  const { hostName, port, user, keyName } = settings;
  const { default: ssh2 } = await import('ssh2');
  const offers = offersOf(settings, disk, ssh2);
  const client = new ssh2.Client();
  clients.push(client);
  let refusal: string | undefined;
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.once('close', () => reject(new RemoteFailure('unreachable', `${hostName} closed the connection`)));
    client.on('error', (error: SshError) => {
      // The agent is one of several keepers of keys; the next is asked.
      if (error.level !== 'agent') reject(failureOf(error, settings, refusal, offers.told()));
    });
    client.connect({
      host: hostName,
      port,
      username: user,
      sock: stream,
      readyTimeout: CONNECT_MS,
      authHandler: offers.handler,
      algorithms: { serverHostKey: algorithmsFor(known.typesOf(keyName, port)) },
      hostVerifier: (key: Buffer) => {
        refusal = refusalOf(key, known, settings);
        return refusal === undefined;
      },
    });
  });
  return client;
}

/** Those of known keys first, else a known host shows a key that nobody has noted. */
function algorithmsFor(types: readonly string[]): ServerHostKeyAlgorithm[] {
  // A key of type ssh-rsa signs by newer algorithms (RFC 8332).
  const isKnown = (name: string) => types.includes(name.startsWith('rsa-sha2-') ? 'ssh-rsa' : name);
  return ALGORITHMS.toSorted((one, other) => Number(isKnown(other)) - Number(isKnown(one)));
}
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const satisfies ServerHostKeyAlgorithm[];

function refusalOf(key: Buffer, known: KnownHosts, { keyName, port }: SshSettings): string | undefined {
  const verdict = known.judge(keyName, port, key);
  const shown = `${typeOf(key)} ${fingerprintOf(key)}`;
  switch (verdict.kind) {
    case 'known':
      return undefined;
    case 'revoked':
      return `its key ${shown} is revoked at ${verdict.where}`;
    case 'changed':
      return `its key ${shown} is not the one noted at ${verdict.where}: the host was set up anew, or somebody stands in between`;
    case 'unknown':
      return verdict.certified
        ? `its key ${shown} is known by a certificate only, which cannot be checked here: add the key to known_hosts`
        : `its key ${shown} is not in known_hosts: compare it on the host's console, then log in once with ssh`;
  }
}

interface SshError extends Error {
  readonly level?: string;
  readonly code?: string;
}

function failureOf(
  error: SshError,
  { hostName, port, user }: SshSettings,
  refusal: string | undefined,
  offered: string,
): RemoteFailure {
  if (refusal !== undefined) return new RemoteFailure('host key refused', refusal);
  if (error.level === 'client-authentication')
    return new RemoteFailure('authentication failed', `${user}@${hostName} takes no key of: ${offered}`);
  if (error.level === 'client-timeout' || error.code === 'ETIMEDOUT')
    return new RemoteFailure('timeout', `${hostName}:${port} does not answer`);
  if (error.code === 'ECONNREFUSED')
    return new RemoteFailure('refused', `nothing listens at ${hostName}:${port}`);
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new RemoteFailure('unreachable', `no address is known for ${hostName}`);
  return new RemoteFailure('unreachable', `${hostName}:${port}: ${error.message}`);
}

/** The script travels as the input of a shell, so that no login shell reads a word of it. */
function runOn(client: Client, script: string, hearing: Hearing | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => reject(new RemoteFailure('command failed', why));
    client.once('close', () => failed('the connection broke while the commands ran'));
    client.exec('sh -s', (error, channel) => {
      if (error) return failed(`it starts no command: ${error.message}`);
      const output: Buffer[] = [];
      const complaint: Buffer[] = [];
      let length = 0;
      const say = (text: string) => void channel.write(text);
      channel.on('data', (bytes: Buffer) => {
        if (hearing !== undefined) return hearing(bytes, say);
        length += bytes.length;
        if (length > MAX_OUTPUT) failed(`it printed more than ${MAX_OUTPUT} bytes`);
        else output.push(bytes);
      });
      channel.stderr.on('data', (bytes: Buffer) => {
        if (complaint.length < 100) complaint.push(bytes);
      });
      channel.on('close', (code: number | null | undefined) =>
        resolve({
          code: code ?? undefined,
          output: Buffer.concat(output),
          complaint: Buffer.concat(complaint).toString('utf8'),
        }),
      );
      if (hearing === undefined) channel.end(script);
      else say(`${script}\n`);
    });
  });
}
