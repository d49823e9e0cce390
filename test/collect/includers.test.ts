import { expect, test } from 'vitest';
import { collectFiles } from '../../src/collect/collection.ts';
import { diskOf, ROOT } from '../support/disk.ts';
import { lint } from '../support/lint.ts';

const MAIN = '$VIP=192.0.2.10\n$NIC=eth0\ninclude conf.d/*.conf\n';
const PART = `vrrp_instance VI_1 {
    interface $NIC
    virtual_router_id 67
    virtual_ipaddress {
        \${VIP}/24
    }
}
`;

/** What is read of a few files when some of them are asked for. */
async function read(files: Readonly<Record<string, string>>, ...paths: string[]) {
  const request = { paths, workingFolder: ROOT, declared: [] };
  const { evidence, missed } = await collectFiles(request, diskOf(files));
  return [
    ...evidence.sources.map(({ name, host }) => `${host}: ${name}`),
    ...missed.map(({ name, why }) => `${name}: ${why}`),
  ];
}

const director = { 'lb1/keepalived.conf': MAIN, 'lb1/conf.d/web.conf': PART };

test.each([
  ['a part', ['lb1/conf.d/web.conf']],
  ['a folder of parts', ['lb1/conf.d']],
  ['a part and the file that includes it', ['lb1/conf.d/web.conf', 'lb1/keepalived.conf']],
  ['the file that includes it', ['lb1/keepalived.conf']],
  ['the folder of all', ['lb1']],
])('%s is read as the whole', async (_, paths) =>
  expect(await read(director, ...paths)).toEqual(['lb1: lb1/keepalived.conf']),
);

test('a part whose own lines tell no format is read as the whole', async () => {
  const files = { ...director, 'lb1/conf.d/web.conf': 'interface $NIC\n' };
  expect(await read(files, 'lb1/conf.d/web.conf')).toEqual(['lb1: lb1/keepalived.conf']);
});

test('a part that two files beside it include is read as both', async () => {
  const files = {
    'keepalived-lb1.conf': 'include web.conf\n',
    'keepalived-lb2.conf': 'include web.conf\n',
    'web.conf': PART,
  };
  expect(await read(files, 'web.conf')).toEqual(['lb1: keepalived-lb1.conf', 'lb2: keepalived-lb2.conf']);
});

test('a file that nobody includes is read as it is', async () => {
  const files = { ...director, 'lb1/lb7.conf': PART };
  expect(await read(files, 'lb1/lb7.conf')).toEqual(['lb7: lb1/lb7.conf']);
});

const aboutNames = async (files: Readonly<Record<string, string>>) =>
  (await lint(files)).findings.map(({ message }) => message).filter((message) => message.includes('$'));

test('of a part without the whole nobody says that its names are not defined', async () => {
  expect(await aboutNames({ 'lb1/web.conf': PART })).toEqual([]);
  const { notJudged } = await lint({ 'lb1/web.conf': PART });
  expect(notJudged.map(({ why }) => why)).toContain(
    'it uses names that it does not define, so it is part of a file that was not given',
  );
});

test.each([
  ['a main file', { 'lb1/keepalived.conf': PART }],
  ['a file with definitions', { 'lb1/web.conf': `$VLAN=7\n${PART}` }],
  ['a file with global settings', { 'lb1/web.conf': `global_defs {\n}\n${PART}` }],
])('of %s somebody does', async (_, files) =>
  expect(await aboutNames(files)).toEqual([
    '$NIC is defined nowhere above, so keepalived takes it for text',
    '$VIP is defined nowhere above, so keepalived takes it for text',
  ]),
);
