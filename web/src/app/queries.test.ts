import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { head, listFacts } from '../../../contract/ledger.ts';
import { listCameras } from '../../../contract/video.ts';
import { invalidateTopic, queryKey } from './queries.ts';

const stale = (client: QueryClient, endpoint: { path: string }): boolean | undefined => client.getQueryState(queryKey(endpoint))?.isInvalidated;

it('a notice reads again what it concerns, and never the entries of the ledger: reading them is a recorded act', async () => {
  const client = new QueryClient();
  for (const endpoint of [head, listFacts, listCameras]) client.setQueryData(queryKey(endpoint), {});
  await invalidateTopic(client, 'video.cameras');
  expect([head, listFacts, listCameras].map((endpoint) => stale(client, endpoint))).toEqual([false, false, true]);
  await invalidateTopic(client, 'system');
  expect([head, listFacts, listCameras].map((endpoint) => stale(client, endpoint))).toEqual([true, false, true]);
});
