import { describe, expect, it } from 'vitest';
import type { LiveStreamName } from '../../../../../contract/live.ts';
import type { LiveAccessUnit } from '../../../app/live-frame.ts';
import type { EndReason, WatchHandlers } from '../../../app/live-socket.ts';
import { subAgainMs, TileStream } from './tile-stream.ts';

const small = { subStream: true, tileWidthPx: 400, windowWidthPx: 1_920 };
const large = { tileWidthPx: 1_500 };
const unit = (key: boolean): LiveAccessUnit => ({ key, cached: false, mediaAt: 1, arrivedAt: 1, data: new Uint8Array([1]) });

const tile = (needs: Parameters<TileStream['need']>[0] = small) => {
  const watches: { stream: LiveStreamName; handlers: WatchHandlers; stopped: boolean }[] = [];
  const shown: string[] = [];
  const stream = new TileStream(
    {
      watch: (_cameraId, handlers, name) => {
        const watch = { stream: name ?? 'main', handlers, stopped: false };
        watches.push(watch);
        return () => void (watch.stopped = true);
      },
    },
    'cam_1',
    { onConfig: ({ codec }) => shown.push(`config ${codec}`), onAccessUnit: ({ key }) => shown.push(key ? 'key' : 'unit'), onState: () => undefined, onRefused: ({ code }) => shown.push(code), onEnded: (reason: EndReason) => shown.push(reason), onInterrupted: () => shown.push('interrupted') },
  );
  stream.need(needs);
  const begin = (index: number, codec: string): void => watches[index]!.handlers.onConfig({ codec, width: 1, height: 1, decoderConfig: '' });
  return { stream, watches, shown, begin, names: () => watches.map((watch) => `${watch.stream}${watch.stopped ? ' over' : ''}`) };
};

describe('the stream of a tile', () => {
  it('is the small one in a tile under half the window, the large one else, and where there is no small one', () => {
    expect(tile().stream.wanted(0)).toBe('sub');
    for (const needs of [{ ...small, ...large }, { ...small, tileWidthPx: 960 }, { ...small, subStream: false }, { ...small, tileWidthPx: 0 }, { ...small, sharp: true }]) expect(tile(needs).stream.wanted(0)).toBe('main');
  });
  it('changes without a dark moment: the old one is shown until the key frame of the new one', () => {
    const { stream, watches, shown, begin, names } = tile();
    stream.start(0);
    begin(0, 'sub');
    watches[0]!.handlers.onAccessUnit(unit(true));
    stream.need(large);
    stream.look(1);
    stream.look(2);
    expect(names()).toEqual(['sub', 'main']);
    begin(1, 'main');
    watches[1]!.handlers.onAccessUnit(unit(false));
    watches[0]!.handlers.onAccessUnit(unit(false));
    expect(shown).toEqual(['config sub', 'key', 'unit']);
    watches[1]!.handlers.onAccessUnit(unit(true));
    watches[0]!.handlers.onAccessUnit(unit(false));
    expect(shown).toEqual(['config sub', 'key', 'unit', 'config main', 'key']);
    expect([names(), stream.shown]).toEqual([['sub over', 'main'], 'main']);
  });
  it('a tile that is small again before the change was made stays as it is', () => {
    const { stream, names } = tile();
    stream.start(0);
    stream.need(large);
    stream.look(1);
    stream.need(small);
    stream.look(2);
    expect([names(), stream.shown]).toEqual([['sub', 'main over'], 'sub']);
  });
  it('a small stream that cannot be had gives way to the large one at once, and is tried again later', () => {
    const { stream, watches, shown, names } = tile();
    stream.start(0);
    watches[0]!.handlers.onEnded('sub_unavailable');
    expect([names().at(-1), shown]).toEqual(['main', ['interrupted']]);
    stream.look(performance.now() + subAgainMs / 2);
    expect(names()).toHaveLength(2);
    stream.look(performance.now() + subAgainMs);
    expect(names().at(-1)).toBe('sub');
    watches[1]!.handlers.onEnded('right_ended');
    expect(shown.at(-1)).toBe('right_ended');
  });
  it('a large stream that this browser cannot decode gives way to the small one in a tile of any size; two such are said', () => {
    const { stream, watches, begin, names } = tile({ ...small, ...large });
    stream.start(0);
    expect(stream.undecodable(1)).toBe(true);
    begin(1, 'sub');
    watches[1]!.handlers.onAccessUnit(unit(true));
    expect([names(), stream.shown]).toEqual([['main over', 'sub'], 'sub']);
    stream.look(2);
    expect(names()).toHaveLength(2);
    stream.undecodable(3);
    expect(tile({ ...small, ...large, subStream: false }).stream.undecodable(1)).toBe(false);
  });
  it('a change that is refused leaves what is shown', () => {
    const { stream, watches, shown, names } = tile();
    stream.start(0);
    stream.need(large);
    stream.look(1);
    watches[1]!.handlers.onRefused({ code: 'video.watch_limit', kind: 'too_many', zh: '', en: '', fields: [] });
    stream.look(performance.now());
    expect([names(), shown, stream.shown]).toEqual([['sub', 'main'], [], 'sub']);
  });
});
