/** vitest globalSetup of the data tests: one PostgreSQL for the whole run. */
import type { TestProject } from 'vitest/node';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    vigilTestCluster: TestCluster;
  }
}

let stop: (() => Promise<void>) | undefined;

export const setup = async (project: TestProject): Promise<void> => {
  const started = await startTestCluster();
  stop = started.stop;
  project.provide('vigilTestCluster', started.urls);
};

export const teardown = async (): Promise<void> => {
  await stop?.();
};
