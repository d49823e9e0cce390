import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectLinear } from '../support/cost.ts';
import {
  CONNECTIONS,
  DAEMONS,
  NAMES,
  PERSISTENT,
  RATE,
  read,
  STATS,
  TABLE,
  THRESHOLDS,
  TIMEOUTS,
  TUNNELS,
} from '../support/listings.ts';

const LINES = [TABLE, TUNNELS, STATS, RATE, THRESHOLDS, PERSISTENT, NAMES, CONNECTIONS, TIMEOUTS, DAEMONS]
  .join('')
  .split('\n');

test('no text breaks the reader, and every range lies in it', () => {
  const line = fc.oneof(
    fc.constantFrom(...LINES),
    fc.tuple(fc.constantFrom(...LINES), fc.nat(90), fc.string()).map(([text, at, more]) => {
      return text.slice(0, at) + more + text.slice(at + 1);
    }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end);
      const { services, connections, daemons, faults } = read(text);
      const servers = services.flatMap((service) => service.servers);
      const rows = [...services, ...servers, ...connections, ...daemons].map((row) => row.range);
      for (const { start, end: stop } of [...rows, ...faults.map((fault) => fault.at.range)]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(stop).toBeGreaterThan(start);
        expect(stop).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['services', (size: number) => TABLE.repeat(size)],
  ['servers of one service', (size: number) => TABLE + '  -> 10.0.0.1:80  Route 1 0 0\n'.repeat(size * 4)],
  ['a long heading', (size: number) => STATS.replace('\n', `${' x'.repeat(size)}\n`).repeat(4)],
  ['a long line', (size: number) => `TCP  10.0.0.1:80 rr ${'(a,b) '.repeat(size * 8)}`],
  ['blanks', (size: number) => `${' '.repeat(size * 64)}x\n${'-> '.repeat(size * 16)}`],
  ['a long daemon', (size: number) => `master sync daemon (${'a=b,'.repeat(size * 8)}`],
  ['letters', (size: number) => `master sync daemon (${'a'.repeat(size * 8)})\nTCP ${'9'.repeat(size * 8)}`],
])('%s cost in proportion to their size', (_, build) => {
  expectLinear(200, (size) => read(build(size)));
});
