import { defineConfig } from 'vitest/config';

// Four kinds of tests by their name; all run by `npm test`. Of the browser tests (.e2e.ts) those that play footage starve beside another Chromium.
const playing = ['web/e2e/{first-light,playback,wall}.e2e.ts'];
const exclude = ['node_modules/**', 'dist/**', 'test-results/**', '.git/**'];
export default defineConfig({
  test: {
    // Most tests wait for a database, a socket or a frame: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, '**/*.db.test.ts', '**/*.http.test.ts'],
          environment: 'node',
          setupFiles: ['server/src/base/testing/agreement.ts'],
          // Generous, since nothing is timed: a busy machine must not fail what is right.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'data',
          include: ['**/*.db.test.ts', '**/*.http.test.ts'],
          exclude,
          environment: 'node',
          setupFiles: ['server/src/base/testing/agreement.ts'],
          globalSetup: ['server/src/platform/postgres/testing/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['web/e2e/**/*.e2e.ts'],
          exclude: [...exclude, ...playing],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'playing',
          include: playing,
          exclude,
          environment: 'node',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
