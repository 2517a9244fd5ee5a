import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRtspAddress, splitAddress } from './address.ts';

describe('camera address', () => {
  it('gives up its user and password when pasted whole', () => {
    expect(splitAddress('rtsp://admin:Pa%40ss:1@192.168.1.64:554/Streaming/Channels/101?a=1')).toEqual({
      url: 'rtsp://192.168.1.64:554/Streaming/Channels/101?a=1',
      username: 'admin',
      password: 'Pa@ss:1',
    });
    expect(splitAddress('RTSP://viewer@cam.local/')).toEqual({ url: 'RTSP://cam.local/', username: 'viewer', password: null });
  });
  it('takes a password with @ and % as it was typed', () => {
    expect(splitAddress('rtsp://admin:a@b%@10.0.0.8/1')).toEqual({ url: 'rtsp://10.0.0.8/1', username: 'admin', password: 'a@b%' });
  });
  it('is left alone when there is nothing to take out, also with @ in the path', () => {
    expect(splitAddress('rtsp://10.0.0.8/a@b')).toBeNull();
    expect(splitAddress('http://admin:x@10.0.0.8/')).toBeNull();
    expect(splitAddress('')).toBeNull();
  });
  it('never leaves a credential in the visible address', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/[/?#]/.test(text));
    fc.assert(
      fc.property(word, word, (user, password) => {
        const split = splitAddress(`rtsp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@10.0.0.8/1`);
        expect(split).toEqual({ url: 'rtsp://10.0.0.8/1', username: user, password });
      }),
    );
  });
  it('must be rtsp', () => {
    expect(isRtspAddress(' rtsp://10.0.0.8')).toBe(true);
    expect(isRtspAddress('rtsp:///x')).toBe(false);
    expect(isRtspAddress('10.0.0.8')).toBe(false);
  });
});
