import { expect, test } from 'vitest';
import { readConnections, readListed } from '../../src/verify/ipvs-proc.ts';

test('a table as the kernel lists it, in hexadecimal', () => {
  expect(
    readListed(
      ';TCP C0A850C8:0050 C0A85066:0050/1 C0A85067:0050/0;UDP C0A850C8:0035 C0A85066:0035/1;TCP [2001:0db8:0000:0000:0000:0000:0000:00c8]:01BB [2001:0db8:0000:0000:0000:0000:0000:0066]:01BB/3',
    ),
  ).toEqual([
    {
      key: '192.168.80.200:80',
      servers: [
        { server: '192.168.80.102:80', weight: 1 },
        { server: '192.168.80.103:80', weight: 0 },
      ],
    },
    { key: '[2001:db8::c8]:443', servers: [{ server: '[2001:db8::66]:443', weight: 3 }] },
  ]);
  expect(readListed('')).toEqual([]);
  expect(readListed('nonsense; TCP x y/z')).toEqual([]);
});

test('connections by the port of the client', () => {
  const text = `TCP C0A85032 D431 C0A850C8 0050 C0A85066 0050 ESTABLISHED     899
TCP C0A85032 D432 C0A850C8 0050 C0A85067 0050 ESTABLISHED     899
not a connection`;
  expect([...readConnections(text)]).toEqual([
    [0xd431, '192.168.80.102:80'],
    [0xd432, '192.168.80.103:80'],
  ]);
});
