/** The window's live socket, from sign-in to sign-out, and the clock that comes with it. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { currentSession } from '../../../contract/identity.ts';
import { ChangedTopic } from '../../../contract/live.ts';
import { call } from './client.ts';
import { LiveSocket, windowNow } from './live-socket.ts';
import type { Connection } from './live-socket.ts';
import { invalidateTopic } from './queries.ts';
import { useSessionState } from './session.tsx';

const LiveContext = createContext<LiveSocket | null>(null);

const liveUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`;

export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const client = useQueryClient();
  const { session, leave } = useSessionState();
  // Whoever must do something else first is not let in by the live socket either.
  const signedIn = session != null && session.restriction === null;
  const [socket] = useState(
    () =>
      new LiveSocket({
        url: liveUrl(),
        onChanged: (topic) => void invalidateTopic(client, topic),
        onSignedOut: () => leave(),
        // An answer "not signed in" reaches the session provider through the client.
        onLost: () => void call(currentSession).catch(() => undefined),
      }),
  );
  useEffect(() => {
    if (!signedIn) return;
    socket.start();
    const hurry = () => {
      if (document.visibilityState === 'visible') socket.hurry();
    };
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
    // What changed while the line was down was not heard: read everything that is shown again. The first time that is what was read
    // between the page's own start and the opening of the line, and only what is told of by it.
    let wasOpen = false;
    const stopListening = socket.subscribe(() => {
      if (socket.connection.state !== 'open') return;
      if (wasOpen) void invalidateTopic(client, 'system');
      else for (const topic of ChangedTopic.options) if (topic !== 'system') void invalidateTopic(client, topic);
      wasOpen = true;
    });
    return () => {
      removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
      stopListening();
      socket.stop();
    };
  }, [signedIn, socket, client]);
  return <LiveContext value={socket}>{children}</LiveContext>;
};

export const useLiveSocket = (): LiveSocket => {
  const socket = useContext(LiveContext);
  if (socket === null) throw new Error('useLiveSocket outside of LiveProvider');
  return socket;
};

export const useConnection = (): Connection => {
  const socket = useLiveSocket();
  return useSyncExternalStore(socket.subscribe, () => socket.connection);
};

/** Server time in ms, renewed on each full second (or every `everyMs`), in step with the server's own seconds. */
export const useServerNow = (everyMs = 1_000): number => {
  const socket = useLiveSocket();
  const { session } = useSessionState();
  const [now, setNow] = useState(() => socket.serverNow());
  const known = session?.serverNow;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    // Before the first pong the session's own figure is the better guess than this machine's clock.
    const guess = known === undefined ? 0 : known - windowNow();
    const tick = () => {
      const value = socket.clockOffsetMs === null && Math.abs(guess) > 5_000 ? windowNow() + guess : socket.serverNow();
      setNow(value);
      timer = setTimeout(tick, everyMs - (value % everyMs) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [socket, everyMs, known]);
  return now;
};
