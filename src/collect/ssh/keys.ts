import { createHash } from 'node:crypto';
import type {
  AgentAuthMethod,
  AuthHandlerMiddleware,
  KnownPublicKeys,
  ParsedKey,
  PublicKeyAuthMethod,
} from 'ssh2';
import { type Disk, isTrouble } from '../files.ts';
import type { SshSettings } from './settings.ts';

type Ssh2 = Pick<typeof import('ssh2'), 'utils' | 'createAgent'>;

/** What is offered to a host, and what is told where it takes none of it. */
export interface Offers {
  readonly handler: AuthHandlerMiddleware;
  readonly told: () => string;
}

/** As ssh does: the keys of the agent first, then those of files that need no passphrase. */
export function offersOf(settings: SshSettings, disk: Disk, ssh2: Ssh2): Offers {
  const { user: username, agent, identityFiles } = settings;
  const offers: (AgentAuthMethod | PublicKeyAuthMethod)[] = [];
  const told: string[] = [];
  const files = identityFiles.flatMap((path) => keyIn(path, disk, ssh2) ?? []);
  if (agent !== undefined) {
    const only = settings.anyAgentKey ? undefined : files.map(({ open }) => open);
    offers.push({ type: 'agent', username, agent: agentWith(agent, only, told, ssh2) });
  }
  for (const { path, key } of files) {
    if (key === undefined) told.push(`${path} needs a passphrase: give it to the agent with ssh-add`);
    else {
      offers.push({ type: 'publickey', username, key });
      told.push(path);
    }
  }
  let next = 0;
  return {
    handler: (_left, _partial, callback) => {
      const offer = offers[next++];
      // @types/ssh2 forgets that `false` ends it.
      callback(offer ?? (false as unknown as AgentAuthMethod));
    },
    told: () => told.join('; ') || 'there is no key to offer: no agent, and no key file without passphrase',
  };
}

interface KeyFile {
  readonly path: string;
  /** Undefined where it needs a passphrase. */
  readonly key: ParsedKey | undefined;
  /** The public half, by which the agent knows it. */
  readonly open: Buffer | undefined;
}

function keyIn(path: string, disk: Disk, { utils }: Ssh2): KeyFile | undefined {
  const text = disk.read(path, Number.POSITIVE_INFINITY);
  const open = disk.read(`${path}.pub`, Number.POSITIVE_INFINITY);
  const parsed = (bytes: Uint8Array) => [utils.parseKey(Buffer.from(bytes))].flat()[0];
  const half = isTrouble(open) ? undefined : parsed(open);
  const known = half === undefined || half instanceof Error ? undefined : half.getPublicSSH();
  if (isTrouble(text)) return known === undefined ? undefined : { path, key: undefined, open: known };
  const key = parsed(text);
  if (key === undefined || key instanceof Error) return { path, key: undefined, open: known };
  return { path, key, open: key.getPublicSSH() };
}

/** An agent that offers only some of its keys, where IdentitiesOnly asks for that. */
function agentWith(
  socket: string,
  only: readonly (Buffer | undefined)[] | undefined,
  told: string[],
  { createAgent }: Ssh2,
) {
  const agent = createAgent(socket);
  const all = agent.getIdentities.bind(agent);
  agent.getIdentities = (callback) =>
    all((error, keys: KnownPublicKeys = []) => {
      const offered = keys.filter(
        (key) => only === undefined || only.some((own) => own?.equals(blobOf(key))),
      );
      told.unshift(
        error ? `the agent does not answer (${error.message})` : `the agent, keys: ${offered.length}`,
      );
      callback(error, offered);
    });
  return agent;
}

function blobOf(key: KnownPublicKeys[number]): Buffer {
  if (Buffer.isBuffer(key)) return key;
  if (typeof key === 'object' && 'getPublicSSH' in key) return key.getPublicSSH();
  return Buffer.alloc(0);
}

/** As ssh-keygen -l prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
