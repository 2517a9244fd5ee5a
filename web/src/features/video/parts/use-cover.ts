/**
 * The wall covered because outsiders are in the room. The key acts at once and on all windows of the console; the server is told as soon as
 * it can be reached, with the moment of the key. A reload does not uncover.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
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

/** Tells the server, one after the other and as often as it takes: a room out of reach is told later. False: it said no. */
const tell = async (pressed: Pressed): Promise<boolean> => {
  for (;;) {
    try {
      await call(coverWall, { body: pressed });
      return true;
    } catch (error) {
      if (error instanceof RefusalError && !error.away) return false;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
};

/**
 * Covered or not, and how to change it. `known`: what the server says of this session; before it has said anything nothing is shown.
 * Covering acts before the server knows, uncovering after it: until then it would refuse the pictures.
 */
export const useCover = (known: SeenWall): [boolean, () => void] => {
  const socket = useLiveSocket();
  const { person } = useSession();
  const key = `vigil.cover.${person.personId}`;
  const [pressed, setPressed] = useState<boolean | null>(null);
  const order = useRef(Promise.resolve());
  const covered = pressed ?? known.cover !== null;
  useEffect(() => {
    const other = (event: StorageEvent) => {
      const there = event.key === key ? readPressed(event.newValue) : null;
      if (there !== null) setPressed(there.covered);
    };
    addEventListener('storage', other);
    return () => removeEventListener('storage', other);
  }, [key]);
  const toggle = useCallback(() => {
    const next = { covered: !covered, at: Math.round(socket.serverNow()) };
    const take = () => {
      localStorage.setItem(key, JSON.stringify(next));
      setPressed(next.covered);
    };
    if (next.covered) take();
    order.current = order.current.then(async () => {
      const told = await tell(next);
      if (!next.covered && told) take();
    });
  }, [covered, key, socket]);
  return [covered, toggle];
};
