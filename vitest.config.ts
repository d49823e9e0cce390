import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/every-test.ts'],
    // Some tests read hundreds of files or start dozens of processes; a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
