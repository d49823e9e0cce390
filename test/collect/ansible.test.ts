import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

/* The playbook of docs/ansible.md, run by Ansible itself. */

const isForced = /^(?:1|true)$/.test(process.env['CI'] ?? '');
const isMissing = spawnSync('ansible-playbook', ['--version']).error !== undefined && !isForced;
if (isMissing) console.log('the playbook: skipped, install ansible-core to run it');

const program = useProgram();
const PLAYBOOK = resolve('docs/examples/look-at-hosts.yml');
const INVENTORY = `[lvs]
lb1 ansible_connection=local
lb2 ansible_connection=local ansible_host=192.0.2.12 ansible_user=root ansible_port=2222
[other]
web1 ansible_connection=local
`;

test.skipIf(isMissing)('two hosts are looked at by Ansible, and judged', { timeout: 180_000 }, () => {
  const folder = program.folderWith({ inventory: INVENTORY });
  const env = { HOME: folder, ANSIBLE_LOCALHOST_WARNING: 'false', LC_ALL: 'C.UTF-8' };
  const made = program.run('lvsdoctor collect --script > look.sh', folder, env);
  expect(made).toMatchObject({ err: '', status: 0 });
  const where = `-e target=lvs -e as_root=false -e script=${folder}/look.sh -e answers=${folder}/look`;
  const played = program.run(`ansible-playbook -i inventory ${where} ${PLAYBOOK}`, folder, env);
  expect(played.status, played.out + played.err).toBe(0);
  expect(readdirSync(join(folder, 'look'))).toEqual(['lb1.out', 'lb2.out']);
  expect(statSync(join(folder, 'look')).mode & 0o077).toBe(0);
  const { out, err } = program.run('lvsdoctor diagnose --snapshot look --format json', folder, env);
  const { summary, gaps } = JSON.parse(out);
  expect(summary.hosts).toMatchObject([{ name: 'lb1' }, { name: 'lb2' }]);
  // Both answers came whole: nothing says of a host itself that it could not be seen.
  expect(gaps.filter(({ host, name }: { host: string; name: string }) => name === host)).toEqual([]);
  expect(err).not.toContain('breaks off');

  const listed = program.run('ansible-inventory -i inventory --list > all.json', folder, env);
  expect(listed.status, listed.err).toBe(0);
  const hosts = program.run('lvsdoctor diagnose --inventory all.json nobody', folder, env);
  expect(hosts).toMatchObject({ status: 2 });
  expect(hosts.err).toContain('all.json has no host and no group nobody');
});
