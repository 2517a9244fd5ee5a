import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.ts';
import { GopBuffer } from './gop-buffer.ts';
import type { AccessUnit, Region } from './interface.ts';

const bounds = { capBytes: 4 << 20, unitCapBytes: 1 << 20 };

const writeNal = (gop: GopBuffer, content: Buffer): void => {
  gop.beginNal();
  gop.append(content, 0, content.length);
  gop.endNal();
};

describe('GOP buffer', () => {
  it('hands units over whole, in order, where they were announced, whatever was cut in between', () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ act: fc.constant('unit' as const), sizes: fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 3 }) }) },
      { weight: 2, arbitrary: fc.constantFrom({ act: 'cut' as const }, { act: 'cutBefore' as const }, { act: 'cutOpen' as const }, { act: 'dropped' as const }, { act: 'release' as const }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const pool = new BufferPool();
        const gop = new GopBuffer(pool, bounds);
        let announced: { unit: AccessUnit; bytes: Buffer }[] = [];
        const held: Region[] = [];
        let stamp = 1;
        const unit = (sizes: readonly number[], during?: () => void): void => {
          const contents = sizes.map((size) => Buffer.alloc(size, (stamp += 1)));
          for (const content of contents) {
            gop.beginNal();
            gop.append(content, 0, content.length >> 1);
            during?.();
            gop.append(content, content.length >> 1, content.length);
            gop.endNal();
          }
          const sealed = gop.seal(false, stamp, 0);
          const bytes = Buffer.concat(contents.flatMap((c) => [Buffer.from([0, c.length >> 16, (c.length >> 8) & 0xff, c.length & 0xff]), c]));
          announced.push({ unit: sealed!, bytes });
        };
        const cut = (before?: AccessUnit): void => {
          const kept = before === undefined ? 0 : 1;
          const due = announced.slice(0, announced.length - kept);
          const region = gop.cut(before);
          if (region === null) return expect(due).toHaveLength(0);
          expect(region.bytes.equals(Buffer.concat(due.map((d) => d.bytes)))).toBe(true);
          for (const d of due) expect(region.bytes.subarray(d.unit.offset, d.unit.offset + d.unit.size).equals(d.bytes)).toBe(true);
          announced = announced.slice(announced.length - kept);
          held.push(region);
        };
        for (const step of acts) {
          if (step.act === 'unit') unit(step.sizes);
          else if (step.act === 'cut') cut();
          else if (step.act === 'cutBefore') cut(announced.at(-1)?.unit);
          else if (step.act === 'cutOpen') unit([1_000, 5], () => cut());
          else if (step.act === 'release') held.shift()?.release();
          else {
            writeNal(gop, Buffer.alloc(3_000));
            gop.dropUnit();
          }
          // In place until cut and released.
          for (const a of announced) expect(a.unit.buffer.subarray(a.unit.offset, a.unit.offset + a.unit.size).equals(a.bytes)).toBe(true);
        }
        gop.discard();
        for (const region of held) {
          region.release();
          region.release();
        }
        expect(pool.stats().lentBytes).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('stops at its bounds: of one unit, and of all that nobody cut', () => {
    const gop = new GopBuffer(new BufferPool(), { capBytes: 300_000, unitCapBytes: 100_000 });
    const piece = Buffer.alloc(90_000);
    for (let i = 0; i < 3; i += 1) {
      writeNal(gop, piece);
      gop.seal(false, i, 0);
    }
    expect(gop.beginNal()).toBe(true);
    expect(gop.append(piece, 0, piece.length)).toBe(false);
    gop.dropUnit();
    gop.cut()?.release();
    gop.beginNal();
    expect(gop.append(piece, 0, piece.length)).toBe(true);
    expect(gop.append(piece, 0, piece.length)).toBe(false);
  });

  it('keeps buffers by size and no more idle than its bound', () => {
    const pool = new BufferPool({ idleLimitBytes: 200_000 });
    expect([1, 65_537, 98_305, 131_073].map((n) => BufferPool.classFor(n))).toEqual([65_536, 98_304, 131_072, 196_608]);
    const first = pool.take(1);
    pool.give(first);
    expect(pool.take(65_536)).toBe(first);
    pool.give(first);
    pool.give(pool.take(150_000));
    expect(pool.stats()).toEqual({ idleBytes: 65_536, lentBytes: 0 });
  });
});
