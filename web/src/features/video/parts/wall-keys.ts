/**
 * The wall's keys (visual.md 6): acts never on letters, Enter or Esc, and none while an input method composes. Arrow and number-pad keys belong
 * to a text field as soon as something stands in it; an empty log line lets them through, so that one hand can stay where it is.
 */
import { useEffect, useEffectEvent } from 'react';
import type { Direction } from './wall-screens.ts';

export type WallKey = { act: 'select'; direction: Direction } | { act: 'more' | 'fewer' | 'enlarge' | 'snapshot' | 'blank' | 'pageBack' | 'pageOn' | 'pin' | 'tour' | 'layouts' | 'mark' | 'help' };

const always: Partial<Record<string, WallKey>> = { F3: { act: 'snapshot' }, Pause: { act: 'blank' } };
const unlessTyping: Partial<Record<string, WallKey>> = {
  ArrowLeft: { act: 'select', direction: 'left' },
  ArrowRight: { act: 'select', direction: 'right' },
  ArrowUp: { act: 'select', direction: 'up' },
  ArrowDown: { act: 'select', direction: 'down' },
  NumpadAdd: { act: 'more' },
  NumpadSubtract: { act: 'fewer' },
  NumpadMultiply: { act: 'enlarge' },
  PageUp: { act: 'pageBack' },
  PageDown: { act: 'pageOn' },
  Home: { act: 'pin' },
  End: { act: 'layouts' },
  Insert: { act: 'mark' },
  NumpadDivide: { act: 'tour' },
};
/** The signs as they are printed on the buttons, on a keyboard without number pad; in a line they are text. */
const signs: Partial<Record<string, WallKey>> = { '*': { act: 'enlarge' }, '+': { act: 'more' }, '-': { act: 'fewer' }, '/': { act: 'tour' }, '?': { act: 'help' } };

export interface KeyPress {
  code: string;
  key: string;
  composing: boolean;
  modified: boolean;
  /** With an arrow: turns the camera, not the selection. */
  shift?: boolean;
  /** What has the focus: nothing that takes text, an empty line, or something that needs these keys itself. */
  focus: 'none' | 'empty line' | 'taken';
}
export const wallKeyOf = ({ code, key, composing, modified, shift = false, focus }: KeyPress): WallKey | null => {
  if (composing || key === 'Process' || modified) return null;
  const act = always[code] ?? always[key];
  if (act !== undefined) return act;
  if (focus === 'taken' || (shift && code.startsWith('Arrow'))) return null;
  return unlessTyping[code] ?? (focus === 'none' ? (signs[key] ?? null) : null);
};

const focusOf = (target: EventTarget | null): KeyPress['focus'] => {
  if (target instanceof HTMLInputElement && ['text', 'search', ''].includes(target.type)) return target.value === '' ? 'empty line' : 'taken';
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return 'taken';
  return target instanceof HTMLElement && target.isContentEditable ? 'taken' : 'none';
};
export const pressOf = (event: KeyboardEvent): KeyPress => ({
  code: event.code,
  key: event.key,
  composing: event.isComposing,
  modified: event.ctrlKey || event.altKey || event.metaKey,
  shift: event.shiftKey,
  focus: focusOf(event.target),
});

/** Listens on the window while mounted; an open dialog has the keys for itself, all but blanking: that must work whatever stands before the pictures. */
export const useWallKeys = (onKey: (key: WallKey) => void): void => {
  const act = useEffectEvent(onKey);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = wallKeyOf(pressOf(event));
      if (key === null || (key.act !== 'blank' && document.querySelector('dialog[open]') !== null)) return;
      event.preventDefault();
      if (!event.repeat || key.act === 'select') act(key);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
};
