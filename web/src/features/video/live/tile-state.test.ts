import { describe, expect, it } from 'vitest';
import { DelayWindow, lostAfterMs, staleAfterMs, tileState, type TileFacts } from './tile-state.ts';

const now = 1_800_000_000_000;
const facts = (change: Partial<TileFacts> = {}): TileFacts => ({
  watchedSince: now - 60_000, connected: true, drawnArrivedAt: now - 40, unitReceivedAt: now - 20, thinned: false, ageMs: 18, unchangedMs: null, frozenAfterMs: 10_000, staleAfterMs, ended: null, refusal: null, undecodableCodec: null,
  camera: { state: 'recording', since: now - 60_000, reason: null, lastFrameAt: null }, ...change,
});

describe('tile state', () => {
  it('a fresh picture is live and says its measured age', () => {
    expect(tileState(facts(), now)).toEqual({ kind: 'live', ageMs: 18, thinned: false });
  });
  it('a picture just under the limit is live, at the limit it is stale, at five seconds lost', () => {
    expect(tileState(facts({ drawnArrivedAt: now - staleAfterMs + 1 }), now).kind).toBe('live');
    expect(tileState(facts({ drawnArrivedAt: now - staleAfterMs }), now)).toEqual({ kind: 'stale', ageMs: staleAfterMs });
    // A room that allows less is told earlier.
    expect(tileState(facts({ drawnArrivedAt: now - 600, staleAfterMs: 500 }), now)).toEqual({ kind: 'stale', ageMs: 600 });
    expect(tileState(facts({ drawnArrivedAt: now - lostAfterMs, unitReceivedAt: now - lostAfterMs }), now).kind).toBe('lost');
  });
  it('frames in time that all show one picture are frozen from the limit on, and never live', () => {
    expect(tileState(facts({ unchangedMs: 9_999 }), now).kind).toBe('live');
    expect(tileState(facts({ unchangedMs: 10_000 }), now)).toEqual({ kind: 'frozen', forMs: 10_000 });
    expect(tileState(facts({ unchangedMs: 60_000, thinned: true }), now).kind).toBe('frozen');
    expect(tileState(facts({ unchangedMs: 60_000, drawnArrivedAt: now - staleAfterMs }), now).kind).toBe('stale');
  });
  it('a stopped camera is named with its reason, the time of its last frame and how long it is gone', () => {
    const state = tileState(facts({ drawnArrivedAt: now - 484_000, unitReceivedAt: now - 484_000, camera: { state: 'lost', since: now - 480_000, reason: 'network', lastFrameAt: null } }), now);
    expect(state).toEqual({ kind: 'lost', cause: { kind: 'reason', reason: 'network' }, lastFrameAt: now - 484_000, receivedAt: null, forMs: 484_000 });
  });
  it('a camera known to be gone is lost as soon as its picture is stale', () => {
    const gone = facts({ drawnArrivedAt: now - 2_000, unitReceivedAt: now - 2_000, camera: { state: 'lost', since: now - 500, reason: 'camera_silent', lastFrameAt: null } });
    expect(tileState(gone, now).kind).toBe('lost');
  });
  it('a fresh picture stays live though the last word about the camera was "lost"', () => {
    expect(tileState(facts({ camera: { state: 'lost', since: now - 9_000, reason: 'network', lastFrameAt: null } }), now).kind).toBe('live');
  });
  it('a lost connection of the window is not blamed on the camera', () => {
    const state = tileState(facts({ connected: false, drawnArrivedAt: now - 9_000, unitReceivedAt: now - 9_000 }), now);
    expect(state).toMatchObject({ kind: 'lost', cause: { kind: 'connection' } });
  });
  it('a right that ended takes the picture away at once, however fresh it is', () => {
    expect(tileState(facts({ ended: 'right_ended' }), now)).toMatchObject({ kind: 'lost', cause: { kind: 'right_ended' } });
  });
  it('a refusal shows the server’s own words, whatever picture was there', () => {
    const refusal = { zh: '您不能观看此路画面。', en: 'You may not watch this camera.' };
    expect(tileState(facts({ refusal }), now)).toMatchObject({ kind: 'lost', cause: { kind: 'refused', ...refusal } });
  });
  it('frames that arrive but never become pictures are blamed on the decoder', () => {
    expect(tileState(facts({ drawnArrivedAt: now - 8_000, unitReceivedAt: now - 30 }), now)).toMatchObject({ cause: { kind: 'decoder' } });
  });
  it('a computer that cannot keep up is named, and not the camera', () => {
    const late = { drawnArrivedAt: now - 3_000, unitReceivedAt: now - 30, thinned: true };
    expect(tileState(facts(late), now)).toEqual({ kind: 'live', ageMs: 18, thinned: true });
    expect(tileState(facts({ ...late, drawnArrivedAt: now - lostAfterMs }), now)).toMatchObject({ kind: 'lost', cause: { kind: 'overloaded' } });
  });
  it('a thinned stream that stops coming is stale like any other', () => {
    expect(tileState(facts({ drawnArrivedAt: now - 3_000, unitReceivedAt: now - 3_000, thinned: true }), now).kind).toBe('stale');
  });
  it('a codec that the browser cannot decode is said at once', () => {
    expect(tileState(facts({ drawnArrivedAt: null, undecodableCodec: 'hvc1.1.6.L93' }), now)).toMatchObject({ kind: 'lost', cause: { kind: 'undecodable', codec: 'hvc1.1.6.L93' } });
  });
  it('before the first picture the tile waits, and after five seconds it says lost since the watch began', () => {
    const never = { drawnArrivedAt: null, unitReceivedAt: null };
    expect(tileState(facts({ ...never, watchedSince: now - 300 }), now)).toEqual({ kind: 'waiting', forMs: 300 });
    const lost = tileState(facts({ ...never, watchedSince: now - 7_000, camera: { state: 'connecting', since: null, reason: null, lastFrameAt: null } }), now);
    expect(lost).toEqual({ kind: 'lost', cause: { kind: 'camera' }, lastFrameAt: null, receivedAt: null, forMs: 7_000 });
  });
  it('a camera switched off by an act says so', () => {
    const off = facts({ drawnArrivedAt: null, unitReceivedAt: null, watchedSince: now - 10, camera: { state: 'off', since: now - 3_600_000, reason: 'recording_off', lastFrameAt: now - 3_600_500 } });
    expect(tileState(off, now)).toEqual({ kind: 'lost', cause: { kind: 'off' }, lastFrameAt: null, receivedAt: now - 3_600_500, forMs: 3_600_000 });
  });
});

describe('delay window', () => {
  it('shows the median, so one late frame does not move it', () => {
    const delays = new DelayWindow();
    expect(delays.median(0)).toBeNull();
    for (const [n, value] of [18, 17, 400, 19, 18].entries()) delays.add(value, n);
    expect(delays.median(5)).toBe(18);
  });
  it('forgets what is older than two seconds, and keeps the last of a stream that is shown seldom', () => {
    const delays = new DelayWindow();
    for (let atMs = 0; atMs < 2_000; atMs += 40) delays.add(6_000, atMs);
    delays.add(30, 4_100);
    expect(delays.median(4_110)).toBe(30);
    expect(delays.median(9_000)).toBe(30);
  });
  it('never shows a negative age', () => {
    const delays = new DelayWindow();
    delays.add(-3, 0);
    expect(delays.median(1)).toBe(0);
  });
});
