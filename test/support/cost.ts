import { expect } from 'vitest';

const TIMES_LARGER = 8;

/**
 * Fails where cost grows like a square: eight times the size may cost 24 times as much, a square costs 64 times.
 * Measured in processor time, which a busy machine does not stretch; what is too fast to be measured passes.
 */
export function expectLinear(size: number, run: (size: number) => void): void {
  run(size);
  const small = Math.min(...[1, 2, 3].map(() => processorTime(() => run(size))));
  const large = Math.min(...[1, 2].map(() => processorTime(() => run(size * TIMES_LARGER))));
  expect(large, `${size} cost ${small} ms, ${size * TIMES_LARGER} cost ${large} ms`).toBeLessThan(
    24 * (small + 2),
  );
}

/** Milliseconds that this process computed. */
function processorTime(run: () => void): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
