import { describe, expect, it } from 'vitest';
import { playbackActOf } from './playback-keys.ts';
import type { KeyPress } from './wall-keys.ts';

const press = (code: string, change: Partial<KeyPress> = {}) => playbackActOf({ code, key: code, composing: false, modified: false, focus: 'none', ...change });

describe('playback keys', () => {
  it('space plays and pauses, comma and period step, arrows go by seconds', () => {
    expect(['Space', 'Comma', 'Period', 'ArrowLeft', 'ArrowRight', 'PageDown'].map((code) => press(code))).toEqual(['toggle', 'stepBack', 'stepOn', 'back', 'on', 'gapOn']);
  });
  it('a time that is being typed keeps its keys, F3 works all the same', () => {
    expect(press('Space', { focus: 'taken' })).toBeNull();
    expect(press('ArrowLeft', { focus: 'empty line' })).toBeNull();
    expect(press('F3', { focus: 'taken' })).toBe('snapshot');
  });
  it('no letter acts, nor anything while an input method composes', () => {
    for (const code of ['KeyJ', 'KeyK', 'KeyL', 'Enter', 'Escape']) expect(press(code)).toBeNull();
    expect(press('Space', { composing: true })).toBeNull();
    expect(press('ArrowLeft', { modified: true })).toBeNull();
  });
});
