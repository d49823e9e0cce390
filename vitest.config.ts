import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that measure times of real clusters: nothing else runs beside them. */
const MEASURING = 'test/lab/verify/**/*.test.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/support/every-test.ts'],
    // Some tests read hundreds of files or start dozens of processes; a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['test/**/*.test.ts'],
          exclude: [MEASURING],
          // Half of the time goes into waiting for other programs: two files at a time, even where there are two processors only.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'measuring', include: [MEASURING], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
