/** Endpoints as queries and acts of TanStack Query. Keys start with the endpoint's path, so that a 'changed' notice finds what it concerns. */
import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { listActs } from '../../../contract/audit.ts';
import { listFacts } from '../../../contract/ledger.ts';
import type { ChangedTopic } from '../../../contract/live.ts';
import { call, RefusalError } from './client.ts';
import type { CallInput, InputArgument } from './client.ts';

const retryable = (error: Error): boolean => error instanceof RefusalError && (error.away || error.refusal.kind === 'unavailable');

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A server that is away is tried for ever, gently; a refusal is an answer and not tried again.
        retry: (failures, error) => retryable(error) && failures < 2,
        retryDelay: (failures) => Math.min(4_000, 500 * 2 ** failures),
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

export const queryKey = (endpoint: { path: string }, input: unknown = null): readonly unknown[] => [endpoint.path, input];

/** Reads an endpoint and keeps it fresh. */
export const useEndpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: CallInput<P, Q, B>,
  options: { enabled?: boolean; refetchMs?: number; keepOld?: boolean } = {},
): UseQueryResult<z.output<R>> =>
  useQuery<z.output<R>>({
    queryKey: queryKey(endpoint, input),
    queryFn: async ({ signal }) => call(endpoint, ...([{ ...input, signal }] as unknown as InputArgument<P, Q, B>)),
    enabled: options.enabled ?? true,
    // While the server is away a page asks again by itself.
    refetchInterval: (query) => (query.state.error !== null && retryable(query.state.error) ? 3_000 : (options.refetchMs ?? false)),
    ...(options.keepOld === true ? { placeholderData: (previous: unknown) => previous as never } : {}),
  });

/** An act: `const add = useAct(addCamera, ['/api/video/cameras'])`, then `add.mutate({ body })`. `changes` names the paths to read again. */
export const useAct = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  changes: readonly string[] = [],
): UseMutationResult<z.output<R>, Error, CallInput<P, Q, B>> => {
  const client = useQueryClient();
  return useMutation<z.output<R>, Error, CallInput<P, Q, B>>({
    mutationFn: async (input) => call(endpoint, ...([input] as unknown as InputArgument<P, Q, B>)),
    onSuccess: async () => invalidatePaths(client, changes),
  });
};

/** Entries of the ledger are never read again by themselves, not even when everything is: reading them is a recorded act of the person. */
const recordedReads: ReadonlySet<string> = new Set([listFacts.path, listActs.path]);
export const invalidatePaths = async (client: QueryClient, prefixes: readonly string[]): Promise<void> => {
  if (prefixes.length === 0) return;
  await client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === 'string' && !recordedReads.has(path) && prefixes.some((prefix) => path.startsWith(prefix)) });
};

const topicPaths: Record<ChangedTopic, readonly string[]> = {
  'video.cameras': ['/api/video/cameras'],
  'video.timeline': ['/api/video/cameras/:cameraId/timeline'],
  'video.snapshots': ['/api/video/snapshots'],
  'notifications.alarms': ['/api/notifications/alarms'],
  'notifications.notices': ['/api/notifications/notices'],
  'duty.log': ['/api/duty'],
  'approvals.requests': ['/api/approvals'],
  'evidence.requests': ['/api/evidence/requests'],
  'evidence.holds': ['/api/evidence/holds'],
  system: ['/api'],
};
export const invalidateTopic = async (client: QueryClient, topic: ChangedTopic): Promise<void> => invalidatePaths(client, topicPaths[topic]);
