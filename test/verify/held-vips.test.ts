import { expect, test } from 'vitest';
import { heldVips } from '../../src/verify/held-vips.ts';

/* What iproute2 6.1 prints by `ip -o address show` and `ip -o -ts monitor address`. */

const LISTING = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet 192.0.2.201/32 scope global lo\\       valid_lft forever preferred_lft forever
2: eth0    inet 192.0.2.1/24 scope global eth0\\       valid_lft forever preferred_lft forever
2: eth0    inet 192.0.2.200/24 scope global secondary eth0\\       valid_lft forever preferred_lft forever
2: eth0    inet6 2001:db8::c8/64 scope global \\       valid_lft forever preferred_lft forever`;
const VIPS = ['192.0.2.200', '192.0.2.201', '2001:db8::c8'];

test('an address on lo is no VIP of a director', () => {
  expect(heldVips(VIPS).set(LISTING)).toEqual(['192.0.2.200', '2001:db8::c8']);
});

test('a change tells what was before, what is now, and when by the clock of the host', () => {
  const held = heldVips(VIPS);
  held.set(LISTING);
  const lost =
    '[2026-11-20T16:40:00.123456] Deleted 2: eth0    inet 192.0.2.200/24 scope global secondary eth0\\       valid_lft forever';
  expect(held.change(lost)).toEqual({
    time: Date.UTC(2026, 10, 20, 16, 40, 0, 123),
    before: ['192.0.2.200', '2001:db8::c8'],
    after: ['2001:db8::c8'],
  });
  expect(held.change(lost)).toBeUndefined();
  expect(held.change('3: eth1    inet 192.0.2.200/24 scope global eth1')).toMatchObject({
    time: undefined,
    after: ['192.0.2.200', '2001:db8::c8'],
  });
});

test('other addresses and other words change nothing', () => {
  const held = heldVips(VIPS);
  for (const line of [
    '',
    'Deleted',
    '2: eth0    inet 192.0.2.9/24 scope global eth0',
    '1: lo    inet 192.0.2.201/32',
  ])
    expect(held.change(line)).toBeUndefined();
});
