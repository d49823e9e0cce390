import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf } from '../support/answer.ts';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const confOf = (state: string, priority: number, password: string) => `
MARK file -rw-r--r-- /etc/keepalived/keepalived.conf
global_defs {
    enable_script_security
    script_user nobody
}
vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id 77
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass ${password}
    }
    virtual_ipaddress {
        192.0.2.10/24
    }
}
virtual_server 192.0.2.10 80 {
    delay_loop 5
    lb_algo wrr
    lb_kind DR
    protocol TCP
    real_server 192.0.2.21 80 {
        weight 3
        TCP_CHECK {
            connect_timeout 2
        }
    }
    real_server 192.0.2.22 80 {
        weight 1
        TCP_CHECK {
            connect_timeout 2
        }
    }
}
`;
const TABLE = `-A -t 192.0.2.10:80 -s wrr
-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 3
-a -t 192.0.2.10:80 -r 192.0.2.22:80 -g -w 1
`;
const SYSCTL = 'kernel.ostype = Linux\nnet.ipv4.ip_forward = 0\nnet.ipv4.vs.expire_nodest_conn = 1\n';
const FILES = '\nMARK file -rw-r--r-- /etc/sysctl.d/90-lvs.conf\nnet.ipv4.vs.expire_nodest_conn = 1\n';
const LB1 = {
  'saved-tables': '',
  'setup-scripts': '',
  'keepalived-conf': confOf('MASTER', 100, 'Unguess3'),
  'sysctl-files': FILES,
  'ipvs-table': TABLE,
  sysctl: SYSCTL,
};
const LB2 = { ...LB1, 'keepalived-conf': confOf('BACKUP', 90, 'Unguess3') };

/** The rules of a report, without those of answers that lack most probes. */
function diagnosed(files: Readonly<Record<string, string>>) {
  const run = program.run(
    'lvsdoctor diagnose --snapshot . --format json --no-settings',
    program.folderWith(files),
  );
  const report = JSON.parse(run.out) as {
    findings: readonly {
      rule: string;
      host: string;
      message: string;
      place: { file: string; line: number };
    }[];
  };
  return { ...run, findings: report.findings };
}

describe('answers that others fetched', () => {
  test('of a sound pair hold nothing at warning or above, and the passwords agree', () => {
    const { findings } = diagnosed({ 'lb1.out': answerOf('lb1', LB1), 'lb2.out': answerOf('lb2', LB2) });
    const rules = findings.map(({ rule }) => rule);
    expect(rules).not.toContain('vrrp-pair/auth-mismatch');
    expect(rules.filter((rule) => rule.startsWith('drift/'))).toEqual([]);
  });

  test('show a password that differs, a table changed by hand and a setting that no file has', () => {
    const { findings, out, status } = diagnosed({
      'lb1.out': answerOf('lb1', { ...LB1, 'ipvs-table': TABLE.replace('-w 3', '-w 2') }),
      'lb2.out': answerOf('lb2', {
        ...LB2,
        'keepalived-conf': confOf('BACKUP', 90, 'Unguess4'),
        sysctl: SYSCTL.replace('conn = 1', 'conn = 0'),
      }),
    });
    const by = (rule: string) => findings.find((finding) => finding.rule === rule);
    expect(by('vrrp-pair/auth-mismatch')?.message).toContain('has another VRRP password than');
    expect(by('drift/table-differs-from-config')?.host).toBe('lb1');
    expect(by('drift/runtime-not-persisted')).toMatchObject({
      host: 'lb2',
      place: { file: 'lb2/etc/sysctl.d/90-lvs.conf', line: 1 },
    });
    expect(out).not.toContain('Unguess');
    // Nobody can write to a look.
    expect(out).not.toContain('"fix"');
    expect(status).toBe(3);
  });

  test('are judged for the release of keepalived that the host has', () => {
    const conf = LB1['keepalived-conf'].replace('advert_int 1', 'advert_int 1\n    timer_expired_backup 3');
    const parts = { ...LB1, 'keepalived-conf': conf };
    const messages = (version: string) =>
      diagnosed({
        'lb1.out': answerOf('lb1', {
          ...parts,
          'keepalived-version': `Keepalived v${version} (01/16,2022)\n`,
        }),
      }).findings.map(({ message }) => message);
    const newer = "keepalived 2.2.7 does not know 'timer_expired_backup', which came with 2.2.8";
    expect(messages('2.2.7')).toContain(newer);
    expect(messages('2.2.8').join('\n')).not.toContain('does not know');
  });

  test('that break off, or are none, cost the others nothing', () => {
    const whole = answerOf('lb1', { ...LB1, 'ipvs-table': TABLE.replace('-w 3', '-w 2') });
    const { findings, out, status } = diagnosed({
      'lb1.out': whole,
      'lb2.out': whole.slice(0, 200),
      'lb3.out': 'ssh: no route\n',
    });
    expect(findings.map(({ rule }) => rule)).toContain('drift/table-differs-from-config');
    expect(status).toBe(3);
    const { gaps } = JSON.parse(out) as { gaps: readonly { host: string; name: string; why: string }[] };
    expect(gaps.find(({ name }) => name === 'lb2')?.why).toBe('command failed: the answer breaks off');
    expect(gaps.find(({ name }) => name === 'lb3')?.why).toMatch(/holds no answer of the script$/);
  });
});

test('a comment in a file of a running host answers for what is found there', () => {
  const note = '    # lvsdoctor ignore security/plaintext-auth: nothing else is on the link\n';
  const said = LB1['keepalived-conf'].replace('    authentication', `${note}    authentication`);
  const folder = program.folderWith({ 'lb1.out': answerOf('lb1', { ...LB1, 'keepalived-conf': said }) });
  const { out } = program.run('lvsdoctor diagnose --snapshot . --format json', folder);
  const { ignored, findings } = JSON.parse(out);
  expect(ignored).toMatchObject([
    {
      by: 'comment',
      reason: 'nothing else is on the link',
      at: { from: 'host', host: 'lb1' },
      finding: { rule: 'security/plaintext-auth' },
    },
  ]);
  expect(findings.map(({ rule }: { rule: string }) => rule)).not.toContain('security/plaintext-auth');
  const text = program.run('lvsdoctor diagnose --snapshot . --report-ignored', folder).out;
  expect(text.replaceAll(/\s+/g, ' ')).toContain(': nothing else is on the link (comment, lb1');
});

test('a live look and its snapshot are judged alike, byte for byte, and neither writes over anything', () => {
  const folder = program.folderWith({});
  const collected = program.run('lvsdoctor collect --local -o look', folder);
  expect(collected).toMatchObject({ out: '', status: 0 });
  expect(collected.err).toMatch(/^lvsdoctor: 1 host saved in look/);
  for (const format of ['text', 'json', 'short']) {
    const live = program.run(`lvsdoctor diagnose --local --advice --format ${format}`, folder);
    const saved = program.run(`lvsdoctor diagnose --snapshot look --advice --format ${format}`, folder);
    expect(saved).toEqual(live);
  }
  expect(program.run('lvsdoctor collect --local -o look', folder)).toMatchObject({ status: 2 });
});

test('the script that is printed can be run by others', () => {
  const folder = program.folderWith({});
  const { status, err } = program.run(
    'mkdir s; lvsdoctor collect --script > s.sh; sh -s < s.sh > s/this.out',
    folder,
  );
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const { out } = program.run('lvsdoctor diagnose --snapshot s --format json', folder);
  expect(JSON.parse(out)).toMatchObject({ summary: { hosts: [{ name: 'this' }] } });
});

test('a snapshot holds no secret of what was looked at', () => {
  const folder = program.folderWith({ 'in/lb1.out': answerOf('lb1', LB1) });
  const report = program.run(
    'lvsdoctor diagnose --snapshot in --advice; lvsdoctor diagnose --snapshot in --format json',
    folder,
  );
  expect(report.out + report.err).not.toContain('Unguess');
  program.run('lvsdoctor collect --local -o look', folder);
  const texts = readdirSync(join(folder, 'look'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, 'look', name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
  expect(texts.length).toBeGreaterThan(10);
});

test('every command can be read before any runs', () => {
  const folder = program.folderWith({});
  const { out, status } = program.run('lvsdoctor diagnose --show-commands', folder);
  expect(status).toBe(0);
  expect(out).toContain('root ipvsadm -S -n\n');
  expect(out).toContain('# sysctl, at most 20 s\n');
  expect(program.run('lvsdoctor collect --show-commands', folder).out).toBe(out);
});

test.each([
  ['lvsdoctor diagnose', '--local'],
  ['lvsdoctor diagnose --local --snapshot x', '--snapshot'],
  ['lvsdoctor diagnose --snapshot nowhere', 'cannot be read'],
  ['lvsdoctor diagnose --local --deadline soon', 'seconds'],
  ['lvsdoctor collect --local', '-o DIR'],
  ['lvsdoctor diagnose --localy', '--local?'],
])('%s is wrong use', (command, hint) => {
  const { status, out, err } = program.run(command, program.folderWith({}));
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain(hint);
});
