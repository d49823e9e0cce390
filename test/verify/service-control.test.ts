import { expect, test } from 'vitest';
import { controlOf } from '../../src/verify/service-control.ts';

const found = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const FOREGROUND = ['word keepalived', 'word -n', 'word -f', "word /etc/keepalived/it's.conf"];

test('systemd stops what it started, by its unit', () => {
  const { stop, start } = expectControl(
    found('pid 7', 'above 1', 'unit keepalived.service', 'word keepalived'),
  );
  expect([stop, start]).toEqual([
    "systemctl stop 'keepalived.service'",
    "systemctl start 'keepalived.service'",
  ]);
});

test('an init script stops a daemon of its own, but no process that stays in the foreground', () => {
  const script = 'init /etc/init.d/keepalived';
  expect(expectControl(found('pid 7', 'above 1', script, 'word keepalived')).stop).toBe(
    '/etc/init.d/keepalived stop',
  );
  expect(expectControl(found('pid 7', 'above 1', script, ...FOREGROUND)).how).toBe('process 7');
});

test('a plain process is ended, and started again by its own words, in its folder, with its log', () => {
  const control = expectControl(
    found('pid 7', 'above 0', 'folder /root', 'log /var/log/keepalived.log', ...FOREGROUND),
  );
  expect(control.stop).toBe('ends 7 20');
  expect(control.start).toBe(
    "cd '/root'\nsetsid 'keepalived' '-n' '-f' '/etc/keepalived/it'\\''s.conf' </dev/null >>'/var/log/keepalived.log' 2>&1 &",
  );
});

test('a process that somebody keeps, or that is the host itself, is left to the settings', () => {
  for (const lines of [['pid 7', 'above 5'], ['pid 1', 'above 0'], []])
    expect(controlOf(found(...lines, ...FOREGROUND), undefined)).toHaveProperty('why');
  const declared = { stop: 'sv stop keepalived', start: 'sv start keepalived' };
  expect(controlOf(found('pid 7', 'above 5'), declared)).toMatchObject(declared);
});

function expectControl(text: string) {
  const control = controlOf(text, undefined);
  if ('why' in control) throw new Error(control.why);
  return control;
}
