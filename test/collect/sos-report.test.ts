import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSnapshot } from '../../src/collect/snapshot.ts';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const DIRECTOR = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 44
    priority 100
    authentication {
        auth_type PASS
        auth_pass Unguess3
    }
    virtual_ipaddress {
        192.0.2.10/24
    }
}
include local.conf
`;
const LISTING = 'IP Virtual Server version 1.2.1 (size=4096)\nTCP  192.0.2.10:80 wrr\n';

function report(host: string) {
  return {
    'etc/keepalived/keepalived.conf': DIRECTOR,
    'etc/keepalived/local.conf': 'global_defs {\n    router_id LVS\n}\n',
    'etc/sysctl.conf': '# nothing\n',
    'etc/sysctl.d/90-lvs.conf': 'net.ipv4.ip_forward = 1\nnet.ipv4.vs.expire_nodest_conn = 1\n',
    'usr/lib/sysctl.d/50-default.conf': 'net.ipv4.conf.all.rp_filter = 2\n',
    'sos_commands/host/hostname': `${host}.example.com\n`,
    'sos_commands/ipvs/ipvsadm_-Ln': LISTING,
    'sos_commands/kernel/sysctl_-a': 'net.ipv4.ip_forward = 0\nnet.ipv4.vs.expire_nodest_conn = 1\n',
    hostname: `${host}.example.com\n`,
  };
}

const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

test('an extracted sos report is a look: files as written, commands as observed, the rest unseen', () => {
  const folder = program.folderWith(report('lb1'));
  const [look] = readSnapshot(folder);
  expect(look?.host).toBe('lb1');
  const by = (name: string) => look?.probes.find((probe) => probe.name === name);
  expect(by('keepalived-conf')?.texts.map(({ path }) => path)).toEqual([
    '/etc/keepalived/keepalived.conf',
    '/etc/keepalived/local.conf',
  ]);
  expect(by('sysctl-files')?.texts.map(({ path }) => path)).toEqual([
    '/usr/lib/sysctl.d/50-default.conf',
    '/etc/sysctl.d/90-lvs.conf',
    '/etc/sysctl.conf',
  ]);
  expect(by('sysctl')).toMatchObject({ basis: 'observed', format: 'sysctl', shown: 'sysctl -a' });
  expect(by('ipvs-servers')?.texts).toEqual([{ text: LISTING }]);
  expect(by('addresses')).toMatchObject({ texts: [], gap: 'the sos report holds nothing of it' });
  expect(JSON.stringify(look)).not.toContain('Unguess3');
});

test('several reports are a cluster, judged with their files beside what ran', () => {
  const folder = program.folderWith({
    ...below('sosreport-lb1-2026', report('lb1')),
    ...below('sosreport-lb2-2026', {
      ...report('lb2'),
      'etc/keepalived/keepalived.conf': DIRECTOR.replace('router_id 44', 'router_id 45').replace('100', '90'),
    }),
  });
  const { out, status } = program.run('lvsdoctor diagnose --snapshot . --format json --no-settings', folder);
  const { summary, findings, gaps } = JSON.parse(out);
  expect(summary.hosts).toMatchObject([{ name: 'lb1' }, { name: 'lb2' }]);
  const rules = findings.map(({ rule }: { rule: string }) => rule);
  expect(rules).toEqual(expect.arrayContaining(['vrrp-pair/vrid-mismatch', 'drift/runtime-not-persisted']));
  expect(gaps.map(({ why }: { why: string }) => why)).toContain('the sos report holds nothing of it');
  expect(out).not.toContain('Unguess3');
  expect(status).toBe(3);
});

test('what a file includes and sos does not take along is no mistake of the host', () => {
  const conf = `${DIRECTOR}include services/*.conf\ninclude /srv/lvs.conf\n`;
  const folder = program.folderWith({ ...report('lb1'), 'etc/keepalived/keepalived.conf': conf });
  const { out } = program.run('lvsdoctor diagnose --snapshot . --format json --no-settings', folder);
  const rules = JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
  expect(rules.filter((rule: string) => rule.includes('include'))).toEqual([]);
});

test('a link out of a report is not followed, one to /dev/null is an empty file', () => {
  const folder = program.folderWith(report('lb1'));
  symlinkSync('/etc/passwd', join(folder, 'etc/sysctl.d/91-out.conf'));
  symlinkSync('/dev/null', join(folder, 'etc/sysctl.d/50-default.conf'));
  const sysctl = readSnapshot(folder)[0]?.probes.find(({ name }) => name === 'sysctl-files');
  expect(sysctl?.gap).toBe('etc/sysctl.d/91-out.conf of the sos report cannot be read');
  expect(sysctl?.texts).toContainEqual({ path: '/etc/sysctl.d/50-default.conf', text: '' });
  expect(JSON.stringify(sysctl)).not.toContain('root:');
});
