import { describe, expect, it } from 'vitest';
import { wallKeyOf, type KeyPress } from './wall-keys.ts';

const press = (code: string, change: Partial<KeyPress> = {}) => wallKeyOf({ code, key: code, composing: false, modified: false, focus: 'none', ...change });

describe('wall keys', () => {
  it('snapshot and blanking work wherever the focus is', () => {
    for (const focus of ['none', 'empty line', 'taken'] as const) {
      expect(press('F3', { focus })).toEqual({ act: 'snapshot' });
      expect(press('Pause', { focus })).toEqual({ act: 'blank' });
    }
  });
  it('arrows belong to a text that is being written, and to the wall when the line is empty', () => {
    expect(press('ArrowLeft', { focus: 'taken' })).toBeNull();
    expect(press('ArrowLeft', { focus: 'empty line' })).toEqual({ act: 'select', direction: 'left' });
    expect(press('NumpadAdd', { focus: 'taken', key: '+' })).toBeNull();
  });
  it('nothing acts while an input method composes', () => {
    expect(press('F3', { composing: true })).toBeNull();
    expect(press('ArrowDown', { key: 'Process' })).toBeNull();
  });
  it('the signs printed on the buttons work on a keyboard without number pad, and are text in a line', () => {
    for (const [code, key, act] of [['Digit8', '*', 'enlarge'], ['BracketRight', '*', 'enlarge'], ['Equal', '+', 'more'], ['Minus', '-', 'fewer'], ['NumpadMultiply', '*', 'enlarge']] as const) expect(press(code, { key })).toEqual({ act });
    for (const focus of ['empty line', 'taken'] as const) expect(press('Digit8', { key: '*', focus })).toBeNull();
    expect(press('Digit8', { key: '8' })).toBeNull();
  });
  it('a pin, the rounds, saved layouts, a mark and the help have keys of their own; an arrow with Shift turns the camera and is none of the wall', () => {
    for (const [code, key, act] of [['Home', 'Home', 'pin'], ['End', 'End', 'layouts'], ['Insert', 'Insert', 'mark'], ['NumpadDivide', '/', 'tour'], ['Slash', '/', 'tour'], ['Slash', '?', 'help']] as const) expect(press(code, { key })).toEqual({ act });
    expect(press('Slash', { key: '?', focus: 'empty line' })).toBeNull();
    expect(press('ArrowLeft', { shift: true })).toBeNull();
  });
  it('no letter, Enter, Esc or space acts, nor anything with Ctrl or Alt', () => {
    for (const code of ['KeyA', 'KeyF', 'KeyJ', 'Enter', 'NumpadEnter', 'Escape', 'Space', 'Digit4', 'Numpad4']) expect(press(code)).toBeNull();
    expect(press('ArrowLeft', { modified: true })).toBeNull();
    expect(press('F3', { modified: true })).toBeNull();
  });
});
