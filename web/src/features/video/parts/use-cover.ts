/**
 * The wall covered because outsiders are in the room. The key acts at once and on all windows of the console; the server is told as soon as
 * it answers, with the moment of the key. A reload does not uncover.
 */
import { useCallback, useEffect, useState } from 'react';
import { coverWall, type seeWall } from '../../../../../contract/wall.ts';
import type { z } from 'zod';
import { call, RefusalError } from '../../../app/client.ts';
import { useLiveSocket } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';

export type SeenWall = z.output<typeof seeWall.response>;
interface Pressed {
  covered: boolean;
  at: number;
}
const againMs = 3_000;

const readPressed = (text: string | null): Pressed | null => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null || !('covered' in value) || !('at' in value)) return null;
    return typeof value.covered === 'boolean' && typeof value.at === 'number' ? { covered: value.covered, at: value.at } : null;
  } catch {
    return null;
  }
};

/** Covered or not, and how to change it. `known`: what the server says of this session; before it has said anything nothing is shown. */
export const useCover = (known: SeenWall): [boolean, () => void] => {
  const socket = useLiveSocket();
  const { person } = useSession();
  const key = `vigil.cover.${person.personId}`;
  const [pressed, setPressed] = useState<(Pressed & { here: boolean }) | null>(null);
  const covered = pressed?.covered ?? known.cover !== null;
  useEffect(() => {
    const other = (event: StorageEvent) => {
      const there = event.key === key ? readPressed(event.newValue) : null;
      if (there !== null) setPressed({ ...there, here: false });
    };
    addEventListener('storage', other);
    return () => removeEventListener('storage', other);
  }, [key]);
  useEffect(() => {
    if (pressed?.here !== true) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const tell = () => {
      call(coverWall, { body: { covered: pressed.covered, at: pressed.at } }).catch((error: unknown) => {
        // A no is an answer; a room out of reach is told later.
        if (!over && (!(error instanceof RefusalError) || error.away)) timer = setTimeout(tell, againMs);
      });
    };
    tell();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [pressed]);
  const toggle = useCallback(() => {
    const next = { covered: !covered, at: Math.round(socket.serverNow()) };
    localStorage.setItem(key, JSON.stringify(next));
    setPressed({ ...next, here: true });
  }, [covered, key, socket]);
  return [covered, toggle];
};
