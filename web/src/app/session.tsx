/** Who is signed in, what this machine is, and what the person may do. One provider on top; pages ask useSession and useCan. */
import { createContext, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { currentSession, roomState } from '../../../contract/identity.ts';
import type { SessionView } from '../../../contract/identity.ts';
import { call, onRefusal, RefusalError } from './client.ts';
import type { Wording } from './feature.ts';
import { queryKey, useEndpoint } from './queries.ts';

interface SessionState {
  /** Null: nobody is signed in. Undefined: not known yet. */
  session: SessionView | null | undefined;
  /** The server could not be asked so far. */
  error: Error | null;
  /** After signing in. */
  enter: (session: SessionView) => void;
  /** After signing out, or when the server says that the session is over. */
  leave: () => void;
}
const SessionContext = createContext<SessionState | null>(null);
const sessionKey = queryKey(currentSession);

/** What one person has read must not be shown to the next. The session's own query stays: this provider looks at it. */
const forgetOthers = (client: QueryClient): void => client.removeQueries({ predicate: ({ queryKey: [path] }) => path !== currentSession.path });

export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const client = useQueryClient();
  const query: UseQueryResult<SessionView | null> = useQuery<SessionView | null>({
    queryKey: sessionKey,
    queryFn: async () => {
      try {
        return await call(currentSession);
      } catch (error) {
        if (error instanceof RefusalError && error.refusal.kind === 'unauthenticated') return null;
        throw error;
      }
    },
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.error === null ? false : 2_000),
    retry: false,
  });
  useEffect(
    () =>
      onRefusal(({ refusal }) => {
        // Any answer may say that the session has ended meanwhile: then this window is signed out too.
        if (refusal.kind === 'unauthenticated' && client.getQueryData(sessionKey) != null) client.setQueryData(sessionKey, null);
      }),
    [client],
  );
  const state = useMemo<SessionState>(
    () => ({
      session: query.data,
      error: query.error,
      enter: (session) => {
        forgetOthers(client);
        client.setQueryData(sessionKey, session);
      },
      leave: () => {
        // A sign-out is said twice, by its answer and over the live socket; the second must not forget what the sign-in page is reading by then.
        if (client.getQueryData(sessionKey) === null) return;
        // In this order: what the next page asks for must not be forgotten with the rest.
        forgetOthers(client);
        client.setQueryData(sessionKey, null);
      },
    }),
    [query.data, query.error, client],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
};

export const useSessionState = (): SessionState => {
  const state = useContext(SessionContext);
  if (state === null) throw new Error('useSessionState outside of SessionProvider');
  return state;
};

/** For pages behind the sign-in, where there is always somebody. */
export const useSession = (): SessionView => {
  const { session } = useSessionState();
  if (session == null) throw new Error('useSession on a page without a session');
  return session;
};

const noRight: Wording = { zh: '您的岗位没有这项权限。需要时请找系统管理员。', en: 'Your post does not include this. Ask the system administrator if you need it.' };

/** True, or the reason why not, in both languages. */
export const canDo = (session: SessionView, verb: string | null): true | Wording => (verb === null ? true : (session.can[verb] ?? noRight));
export const useCan = (verb: string | null): true | Wording => canDo(useSession(), verb);

/** Is this machine set up? Public; asked by the first pages only. */
export const useRoomState = () => useEndpoint(roomState, {});
