import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { SshUser } from '../../src/collect/ssh/settings.ts';

/** A pair of keys as ssh-keygen makes them. */
export interface Keys {
  readonly private: string;
  /** `ssh-ed25519 AAAA…` */
  readonly public: string;
}

export function newKeys(type: 'ed25519' | 'ecdsa' = 'ed25519', passphrase = ''): Keys {
  const sealed = { passphrase, cipher: 'aes256-ctr', rounds: 4 };
  const { generateKeyPairSync: generate } = ssh2.utils;
  if (passphrase === '') return type === 'ed25519' ? generate(type) : generate(type, { bits: 256 });
  return type === 'ed25519' ? generate(type, sealed) : generate(type, { ...sealed, bits: 256 });
}

/** What a served host does with a script; by default, a shell runs it. `say` sends a part of what it prints. */
export type Shell = (
  script: string,
  answer: (output: string, code: number) => void,
  say: (output: string) => void,
) => void;

const realShell: Shell = (script, answer) => {
  const child = spawn('sh', ['-s'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const texts: Buffer[] = [];
  child.stdout.on('data', (bytes) => texts.push(bytes));
  child.once('close', (code) => answer(Buffer.concat(texts).toString(), code ?? 255));
  child.stdin.end(script);
};

export interface Served {
  readonly port: number;
  /** Commands that were started, in order. */
  readonly started: string[];
  close(): Promise<void>;
}

/** An ssh host inside this process, on loopback, that takes one key. */
export async function serve(hostKey: Keys, accepted: Keys, shell: Shell = realShell): Promise<Served> {
  const started: string[] = [];
  const sockets = new Set<Socket>();
  const blob = Buffer.from(accepted.public.split(' ')[1] ?? '', 'base64');
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
    client.on('error', () => client.end());
    client.on('authentication', (context) => {
      if (context.method === 'publickey' && context.key.data.equals(blob)) context.accept();
      else context.reject(['publickey']);
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _, { command }) => {
        started.push(command);
        const channel = acceptExec();
        const script: Buffer[] = [];
        channel.on('data', (bytes: Buffer) => script.push(bytes));
        channel.on('end', () =>
          shell(
            Buffer.concat(script).toString(),
            (output, code) => {
              channel.write(output);
              channel.exit(code);
              channel.end();
            },
            (output) => channel.write(output),
          ),
        );
      });
    });
    client.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const socket = connect(destPort, destIP);
      sockets.add(socket);
      socket.once('error', () => reject());
      socket.once('connect', () => {
        const channel = accept();
        channel.pipe(socket).pipe(channel);
        channel.on('error', () => socket.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    started,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A user with a home of their own, made of files below `.ssh`. */
export function userWith(files: Readonly<Record<string, string>>): SshUser & { readonly remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'lvsdoctor-ssh-'));
  mkdirSync(join(home, '.ssh'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(home, '.ssh', name), text, { mode: 0o600 });
  return {
    home,
    name: 'operator',
    agentSocket: undefined,
    remove: () => rmSync(home, { recursive: true }),
  };
}
