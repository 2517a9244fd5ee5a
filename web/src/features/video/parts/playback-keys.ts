/** Keys of playback: arrows, space, comma and period, page keys, the number pad. A field that takes text keeps its keys; F3 works everywhere. */
import { useEffect, useEffectEvent } from 'react';
import { pressOf, type KeyPress } from './wall-keys.ts';

export type PlaybackAct = 'toggle' | 'back' | 'on' | 'stepBack' | 'stepOn' | 'slower' | 'faster' | 'gapBack' | 'gapOn' | 'eventBack' | 'eventOn' | 'mark' | 'help' | 'snapshot';

const acts: Partial<Record<string, PlaybackAct>> = {
  Space: 'toggle', ArrowLeft: 'back', ArrowRight: 'on', Comma: 'stepBack', Period: 'stepOn',
  NumpadSubtract: 'slower', NumpadAdd: 'faster', PageUp: 'gapBack', PageDown: 'gapOn', Home: 'eventBack', End: 'eventOn', Insert: 'mark',
};
export const playbackActOf = ({ code, composing, key, modified, focus }: KeyPress): PlaybackAct | null => {
  if (composing || key === 'Process' || modified) return null;
  if (code === 'F3') return 'snapshot';
  // An empty time field is about to be typed into: here a line keeps its keys, empty or not.
  if (focus !== 'none') return null;
  return key === '?' ? 'help' : (acts[code] ?? null);
};

export const usePlaybackKeys = (onAct: (act: PlaybackAct) => void): void => {
  const act = useEffectEvent(onAct);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const found = document.querySelector('dialog[open]') === null ? playbackActOf(pressOf(event)) : null;
      if (found === null) return;
      // A button that was reached by the keyboard is pressed by the space bar, as everywhere.
      if (event.code === 'Space' && event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      const repeats = found === 'stepBack' || found === 'stepOn' || found === 'back' || found === 'on';
      if (!event.repeat || repeats) act(found);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
};
