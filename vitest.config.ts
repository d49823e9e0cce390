import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Half of the time goes into waiting for other programs: two files at a time, even where there are two processors only.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['test/support/every-test.ts'],
    // Some tests read hundreds of files or start dozens of processes; a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
