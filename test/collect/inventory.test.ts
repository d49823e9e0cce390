import { describe, expect, test } from 'vitest';
import { readInventory } from '../../src/collect/inventory.ts';

const read = (data: unknown) => readInventory(JSON.stringify(data));

describe('an inventory as ansible-inventory prints it', () => {
  test('hosts, where they are reached, and their groups', () => {
    const inventory = read({
      _meta: {
        hostvars: {
          lb1: { ansible_host: '192.0.2.11', ansible_user: 'root', ansible_port: 2222 },
          lb2: { ansible_ssh_host: '2001:db8::12', ansible_port: '22' },
          rs1: { ansible_host: '{{ address }}' },
        },
      },
      all: { children: ['ungrouped', 'site'] },
      site: { children: ['directors'] },
      directors: { hosts: ['lb1', 'lb2'] },
      ungrouped: { hosts: ['rs1', 'rs2'] },
    });
    expect(inventory).toEqual({
      hosts: [
        { name: 'lb1', to: 'root@192.0.2.11:2222', groups: ['all', 'directors', 'site'] },
        { name: 'lb2', to: '[2001:db8::12]:22', groups: ['all', 'directors', 'site'] },
        { name: 'rs1', to: 'rs1', groups: ['all', 'ungrouped'] },
        { name: 'rs2', to: 'rs2', groups: ['all', 'ungrouped'] },
      ],
    });
  });

  test('groups that are children of each other end', () => {
    const inventory = read({ a: { children: ['b'], hosts: ['lb1'] }, b: { children: ['a'] } });
    expect(inventory).toEqual({ hosts: [{ name: 'lb1', to: 'lb1', groups: ['a', 'b'] }] });
  });

  test.each([
    ['the text of an inventory', '[directors]\nlb1\n'],
    ['a list', '[]'],
    ['nothing', '{}'],
    ['odd things', '{"_meta":[],"all":{"hosts":"lb1","children":[1]}}'],
  ])('%s is a problem that is told', (_, text) => {
    expect(readInventory(text)).toHaveProperty('problem');
  });
});
