import { describe, expect, it } from 'vitest';
import { bytesOfBase64, choosePlayer } from './live-player.ts';

describe('which player', () => {
  it('WebCodecs where it is there, MSE where it is not, none when neither is', () => {
    expect(choosePlayer('', { webcodecs: true, mse: true })).toBe('webcodecs');
    expect(choosePlayer('', { webcodecs: false, mse: true })).toBe('mse');
    expect(choosePlayer('', { webcodecs: false, mse: false })).toBeNull();
  });
  it('the address can force one, but not one that the browser lacks', () => {
    expect(choosePlayer('?player=mse', { webcodecs: true, mse: true })).toBe('mse');
    expect(choosePlayer('?player=webcodecs', { webcodecs: false, mse: true })).toBe('mse');
    expect(choosePlayer('?player=hls', { webcodecs: true, mse: true })).toBe('webcodecs');
  });
  it('base64 becomes its bytes', () => {
    expect([...bytesOfBase64('AWQAKP8=')]).toEqual([1, 0x64, 0, 0x28, 0xff]);
  });
});
