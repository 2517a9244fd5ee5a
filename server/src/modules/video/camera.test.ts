import { describe, expect, test } from 'vitest';
import { checkRetention, freeNumber, readAddress } from './camera.ts';

const read = (url: string, allowLocal = false) => readAddress({ url, username: null, password: null }, allowLocal);

describe('the address of a camera', () => {
  test('credentials pasted into the address are split off and never kept in it', () => {
    const address = read('rtsp://admin:p%40ss@192.168.1.64:554/Streaming/Channels/101');
    expect(address).toEqual({ url: 'rtsp://192.168.1.64:554/Streaming/Channels/101', username: 'admin', password: 'p@ss' });
  });
  test('credentials in their own fields win over pasted ones', () => {
    const address = readAddress({ url: 'rtsp://a:b@10.0.0.1/x', username: 'c', password: 'd' }, false);
    expect(address).toMatchObject({ url: 'rtsp://10.0.0.1/x', username: 'c', password: 'd' });
  });
  test.each(['http://10.0.0.1/', 'rtsp://', 'not an address', 'file:///etc/passwd', 'rtsp:10.0.0.1'])('%s is refused as no camera address', (url) => {
    expect(() => read(url)).toThrow(expect.objectContaining({ code: 'video.address_wrong', kind: 'invalid' }));
  });
  test.each(['rtsp://127.0.0.1/x', 'rtsp://localhost/x', 'rtsp://cam.localhost/x', 'rtsp://[::1]/x', 'rtsp://169.254.1.1/x', 'rtsp://[fe80::1]/x', 'rtsp://0.0.0.0/x', 'rtsp://[::ffff:127.0.0.1]/x'])(
    '%s is refused as local unless the machine allows it',
    (url) => {
      expect(() => read(url)).toThrow(expect.objectContaining({ code: 'video.address_local' }));
      expect(read(url, true).url).toContain('rtsp://');
    },
  );
});

test('a new camera gets the smallest free number', () => {
  expect(freeNumber(new Set([1, 2, 4]))).toBe(3);
  expect(freeNumber(new Set())).toBe(1);
});

test('footage cannot be set to be kept shorter than its floor', () => {
  expect(() => checkRetention(29, 30)).toThrow(expect.objectContaining({ code: 'video.retention_below_floor' }));
  expect(() => checkRetention(30, 30)).not.toThrow();
});
