import { spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What the lab is made of, by the Debian package that brings it. */
const PARTS = {
  'user-mode-linux': ['linux.uml'],
  kmod: ['modprobe'],
  ipvsadm: ['ipvsadm'],
  keepalived: ['keepalived'],
  iproute2: ['ip'],
  procps: ['sysctl', 'pgrep'],
  iptables: ['iptables-legacy'],
  arptables: ['arptables-legacy'],
  systemd: ['systemd-sysctl'],
} as const;
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/lib/systemd'];

/** The Debian packages that the lab lacks on this machine. */
function missingPackages(): readonly string[] {
  return Object.entries(PARTS).flatMap(([name, programs]) => (programs.every(isInstalled) ? [] : [name]));
}

function isInstalled(program: string): boolean {
  return FOLDERS.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** True where the lab cannot run and nobody insists on it, said once in one line; with CI set it has to run. */
export function isLabMissing(): boolean {
  const missing = missingPackages();
  if (missing.length === 0 || /^(?:1|true)$/.test(process.env['CI'] ?? '')) return false;
  console.log(`lab kernel: skipped, install ${missing.join(' ')} to run it`);
  return true;
}

/** The files of the lab's folder when its job has ended. */
export interface LabResult {
  readonly folder: string;
  read(path: string): string;
}

/** Far more than a boot, which takes seconds, on a machine that is busy. */
const DEADLINE_SECONDS = 240;
/** For the test around it, in milliseconds: the kernel ends first, and says why. */
export const LAB_DEADLINE = testDeadline(DEADLINE_SECONDS);

/** For a test around a job that may take so many seconds. */
export function testDeadline(seconds: number): number {
  return (seconds + 60) * 1000;
}

/**
 * Runs a shell script of this folder as root of a Linux kernel of its own (User Mode Linux, a process like any other),
 * with these files in its working folder. The machine's files are there to be read; its network and kernel are out of
 * reach. Throws unless the script ends with 0 before the deadline, and leaves neither process nor folder behind.
 */
export async function runInLab<T>(
  job: string,
  files: Readonly<Record<string, string>>,
  use: (result: LabResult) => T | Promise<T>,
  seconds = DEADLINE_SECONDS,
): Promise<T> {
  const missing = missingPackages();
  if (missing.length > 0) throw new Error(`the lab kernel needs ${missing.join(' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-lab-'));
  try {
    copyFileSync(join(import.meta.dirname, 'init.sh'), join(folder, 'init'));
    chmodSync(join(folder, 'init'), 0o755);
    copyFileSync(join(import.meta.dirname, job), join(folder, 'job.sh'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const printed = await boot(folder, seconds);
    keep(folder);
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    const said = (path: string) => {
      try {
        return read(path).trim();
      } catch {
        return '';
      }
    };
    if (said('status') !== '0')
      throw new Error(
        `the lab's job failed, or ran into the deadline of ${seconds} s\n${printed}\n${said('job.log').slice(-4000)}`,
      );
    return await use({ folder, read });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `LVSDOCTOR_KEEP=FOLDER` keeps what jobs wrote there, for a look at what went wrong. */
function keep(folder: string): void {
  const kept = process.env['LVSDOCTOR_KEEP'];
  if (kept === undefined) return;
  // The kernel's own folder holds sockets.
  cpSync(folder, join(kept, basename(folder)), {
    recursive: true,
    filter: (path) => !path.endsWith('/kernel'),
  });
}

/** What the kernel printed. At the deadline it is killed; it ends itself a little later where nobody is left to do so. */
function boot(folder: string, seconds: number): Promise<string> {
  const child = spawn(
    'linux.uml',
    [
      ...['mem=512M', 'rootfstype=hostfs', 'ro', 'quiet', `uml_dir=${folder}`, 'umid=kernel'],
      ...[`init=${folder}/init`, `LAB=${folder}`, `DEADLINE=${seconds + 20}`],
      ...['con=null', 'con0=null,fd:1'],
    ],
    // Its own group: what runs inside the kernel are processes of this machine too, and end with it.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: FOLDERS.join(':'), TMPDIR: folder } },
  );
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  };
  const deadline = setTimeout(end, seconds * 1000);
  process.once('exit', end);
  const texts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => texts.push(String(text)));
  return new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    // Not `close`: helpers of the kernel may hold its output open until they are ended.
    child.once('exit', () => {
      end();
      resolve(texts.join('').slice(-4000));
    });
  }).finally(() => {
    clearTimeout(deadline);
    process.removeListener('exit', end);
  });
}
