/** Keeps what is typed on the server: some seconds after the last change, and when the person asks for it. Sent or thrown away it is gone. */
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { drafts as draftsEndpoint, saveDraft, type Attachment } from '../../../../../contract/approvals.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths } from '../../../app/queries.ts';

const restMs = 3_000;

export interface Typed {
  kind: string;
  content: Record<string, string>;
  reason: string;
  attachments: readonly Attachment[];
}

const isEmpty = ({ content, reason, attachments }: Typed): boolean => reason.trim() === '' && attachments.length === 0 && Object.values(content).every((text) => text.trim() === '');

export const useDraft = (first: string | null, enabled: boolean) => {
  const client = useQueryClient();
  const [keptAt, setKeptAt] = useState<Date | null>(null);
  const [error, setError] = useState<unknown>(null);
  const id = useRef(first);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  // One after the other: two that run at once would make two drafts of one form.
  const turn = useRef<Promise<void>>(Promise.resolve());
  const keep = (typed: Typed): Promise<void> => {
    if (timer.current !== null) clearTimeout(timer.current);
    turn.current = turn.current.then(async () => {
      try {
        const { draftId } = await call(saveDraft, { body: { draftId: id.current, kind: typed.kind, content: typed.content, reason: typed.reason, attachments: [...typed.attachments] } });
        id.current = draftId;
        setKeptAt(new Date());
        setError(null);
        await invalidatePaths(client, [draftsEndpoint.path]);
      } catch (refused) {
        setError(refused);
      }
    });
    return turn.current;
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return {
    keptAt, error, keep,
    draftId: (): string | null => id.current,
    /** Before it is sent: no late keeping may bring it back. */
    settle: async (): Promise<void> => {
      if (timer.current !== null) clearTimeout(timer.current);
      await turn.current;
    },
    typed: (typed: Typed): void => {
      if (!enabled || isEmpty(typed)) return;
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(typed), restMs);
    },
  };
};
