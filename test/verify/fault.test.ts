import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/verify/failover-plan.ts';
import { type Fault, failoverFault, listFaults, serverFault } from '../../src/verify/fault.ts';
import { jobScript } from '../../src/verify/job.ts';
import { WORDS } from '../../src/verify/words.ts';

const control = { how: 'its unit', stop: "systemctl stop 'keepalived.service'", start: 'true' };
const KINDS: readonly FaultKind[] = ['stop', 'crash', 'link', 'isolate'];
const target = { control, interfaces: ["eth0'; reboot #", 'eth1'], vips: ['192.0.2.1', '2001:db8::1'] };
const FAULTS: readonly (readonly [string, Fault])[] = [
  ...KINDS.map((kind) => [kind, failoverFault(kind, target)] as const),
  ['a server that refuses', serverFault('stop', 443, undefined)],
  ['a server that is silent', serverFault('drop', 80, undefined)],
  ['a server that its settings stop', serverFault('stop', 80, { stop: 'a', start: 'b' })],
];

test.each(FAULTS)('%s is a script that a shell can read', (_, fault) => {
  const script = `${WORDS}${jobScript(fault, { expire: 60, hold: 10 })}`;
  const { status, stderr } = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(script).not.toContain('undefined');
});

test('names of devices stay words, whatever they are', () => {
  for (const kind of KINDS.filter((each) => each !== 'stop')) {
    const { ready, fault, undo, undone } = failoverFault(kind, target);
    expect([ready, fault, undo, undone].join('\n')).not.toMatch(/(^|[^\\'])'; reboot/m);
  }
});

test('the list of commands shows every fault with its undo', () => {
  for (const name of ['stop', 'crash', 'link', 'isolate'])
    expect(listFaults()).toContain(`# failover --fault ${name} (changes the host)`);
  expect(listFaults().match(/# undo$/gm)?.length).toBe(6);
});
