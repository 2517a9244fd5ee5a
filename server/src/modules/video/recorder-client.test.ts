import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUnframer } from './recorder-client.ts';
import { parseRange } from './segment-file.ts';

const framed = (body: Uint8Array): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
};

test('bodies come out whole and in order however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }), fc.integer({ min: 1, max: 17 }), (bodies, step) => {
      const stream = Buffer.concat(bodies.map(framed));
      const seen: string[] = [];
      const unframe = createUnframer((body) => seen.push(body.toString('hex')));
      for (let at = 0; at < stream.length; at += step) unframe(stream.subarray(at, at + step));
      expect(seen).toEqual(bodies.map((body) => Buffer.from(body).toString('hex')));
    }),
  );
});

test('an endless length is refused before it is believed', () => {
  const unframe = createUnframer(() => undefined);
  expect(() => unframe(Buffer.from([0xff, 0xff, 0xff, 0xff, 0]))).toThrow();
});

test.each([
  ['bytes=0-99', { start: 0, end: 99 }],
  ['bytes=900-', { start: 900, end: 999 }],
  ['bytes=-100', { start: 900, end: 999 }],
  ['bytes=0-5000', { start: 0, end: 999 }],
])('%s of 1000 bytes', (header, range) => {
  expect(parseRange(header, 1_000)).toEqual(range);
});

test.each(['bytes=1000-', 'bytes=5-1', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes=0-1,5-6'])('%s is refused', (header) => {
  expect(() => parseRange(header, 1_000)).toThrow(expect.objectContaining({ code: 'video.range_wrong' }));
});
