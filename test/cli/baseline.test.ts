import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const LB1 = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 255
    virtual_ipaddress {
        192.0.2.10/24
    }
    foo 1
}
`;
const LINT = 'lvsdoctor lint --format short';

test('--write-baseline keeps what is found, and lint then reports only what is new', () => {
  const folder = program.folderWith({ 'lb1.conf': LB1 });
  const file = join(folder, 'known.json');
  const written = program.run(`${LINT} --write-baseline known.json`, folder);
  expect(written.err).toMatch(/^lvsdoctor: known\.json lets \d+ findings through\n$/);
  expect(written).toMatchObject({ out: '', status: 0 });
  const { findings } = JSON.parse(readFileSync(file, 'utf8'));
  expect(findings.map(({ rule }: { rule: string }) => rule)).toContain('vrrp/implicit-address-owner');

  expect(program.run(`${LINT} --baseline known.json`, folder)).toEqual({ out: '', err: '', status: 0 });
  expect(program.run(`${LINT} --no-baseline`, folder).status).toBe(1);
  writeFileSync(join(folder, 'lb1.conf'), LB1.replace('foo', 'quux'));
  const { out, status } = program.run(`${LINT} --baseline known.json`, folder);
  expect(out.split('\n').map((line) => /\[(.*)\]$/.exec(line)?.[1])).toEqual([
    'ignore/stale-baseline',
    'syntax/unknown-keyword',
    undefined,
  ]);
  expect(status).toBe(1);
});

test('the settings name it, from their own folder; text counts and shows what it ignores', () => {
  const folder = program.folderWith({ 'lvsdoctor.yaml': 'baseline: known.json\n', 'deep/lb1.conf': LB1 });
  const refused = program.run(`cd deep && ${LINT}`, folder);
  expect(refused).toMatchObject({ out: '', status: 2 });
  expect(refused.err).toBe(
    'lvsdoctor: there is no baseline ../known.json: lint --write-baseline ../known.json writes what is found now\n',
  );
  program.run(`cd deep && ${LINT} --write-baseline ../known.json`, folder);
  const file = join(folder, 'known.json');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/("fingerprint": ".*")/, '$1,\n      "reason": "a reason"'),
  );
  const text = program.run('cd deep && lvsdoctor lint', folder);
  expect(text.out.replaceAll(/\s+/g, ' ')).toMatch(
    /^no errors, no warnings .* \d+ ignored, --report-ignored shows them $/,
  );
  const shown = program.run('cd deep && lvsdoctor lint --report-ignored', folder).out;
  expect(shown.replaceAll(/\s+/g, ' ')).toMatch(/ignored: .*: a reason \(baseline, \.\.\/known\.json:\d+\)/);
  const again = program.run(`cd deep && ${LINT} --write-baseline ../known.json`, folder);
  expect(again.status).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('"reason": "a reason"');
});

test.each([
  ['{', /^lvsdoctor: the baseline cannot be used\nknown\.json:1:\d: not JSON/],
  ['{"schemaVersion": 1, "findings": [{}]}', /known\.json:1:35: an entry lacks its rule\n/],
])('a broken baseline %s is told with its place', (text, message) => {
  const folder = program.folderWith({ 'lb1.conf': LB1, 'known.json': text });
  for (const option of ['--baseline', '--write-baseline']) {
    const { err, status } = program.run(`${LINT} ${option} known.json`, folder);
    expect(err).toMatch(message);
    expect(status).toBe(2);
  }
  expect(readFileSync(join(folder, 'known.json'), 'utf8')).toBe(text);
});

test.each([
  ['--write-baseline a --fix', '--write-baseline keeps what is found'],
  ['--write-baseline a --baseline b', '--write-baseline keeps what its own file says'],
  ['--write-baseline none/a', 'none/a cannot be written (ENOENT)'],
])('%s is refused', (options, message) => {
  const { err, status } = program.run(`${LINT} ${options}`, program.folderWith({ 'lb1.conf': LB1 }));
  expect(err).toContain(message);
  expect(status).toBe(2);
});

test('JSON keeps what is ignored, with the reason', () => {
  const note = '    # lvsdoctor ignore vrrp/implicit-address-owner: the old way\n';
  const folder = program.folderWith({ 'lb1.conf': LB1.replace('    priority', `${note}    priority`) });
  const report = JSON.parse(program.run('lvsdoctor lint --format json', folder).out);
  expect(report.summary.ignored).toBe(1);
  expect(report.ignored).toMatchObject([
    {
      by: 'comment',
      reason: 'the old way',
      at: { file: 'lb1.conf', line: 5 },
      finding: { rule: 'vrrp/implicit-address-owner', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
    },
  ]);
});
