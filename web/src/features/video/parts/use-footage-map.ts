/** The timeline of a camera for what is in view, asked for by whole UTC days and kept; the day that still grows is read again and again. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { timeline } from '../../../../../contract/video.ts';
import { call } from '../../../app/client.ts';
import { joinMaps, type FootageMap, type Span } from '../playback/footage-map.ts';
import { blocksOf, maxViewMs } from '../playback/timeline-geometry.ts';

export interface FootageAnswer {
  map: FootageMap;
  pending: boolean;
  error: Error | null;
  retry: () => void;
}
/** freshMs: how often the newest day is read while it is needed. */
export const useFootageMap = (cameraId: string | null, spans: readonly Span[], now: number, freshMs: number): FootageAnswer => {
  const today = Math.floor(now / maxViewMs) * maxViewMs;
  const blocks = cameraId === null ? [] : [...new Set(spans.flatMap(blocksOf))].filter((from) => from <= now).toSorted((a, b) => a - b);
  const answers = useQueries({
    queries: blocks.map((from) => ({
      queryKey: [timeline.path, cameraId, from],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(timeline, { params: { cameraId: cameraId ?? '' }, query: { from, until: from + maxViewMs }, signal }),
      refetchInterval: from === today ? freshMs : (false as const),
      staleTime: from === today ? 1_000 : 300_000,
    })),
  });
  const versions = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join(' ');
  const key = blocks.join(' ');
  const map = useMemo(
    () => joinMaps(answers.flatMap(({ data }, n) => (data === undefined ? [] : [{ ...data, covers: [{ from: blocks[n] ?? 0, until: (blocks[n] ?? 0) + maxViewMs }] }]))),
    // The answers themselves are new objects on each render; their times say whether anything is new.
    // oxlint-disable-next-line react/exhaustive-deps
    [versions, key, cameraId],
  );
  return {
    map,
    pending: answers.some(({ isPending }) => isPending),
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error !== null) void answer.refetch();
    },
  };
};
