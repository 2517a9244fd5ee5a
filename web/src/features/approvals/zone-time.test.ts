import { describe, expect, it } from 'vitest';
import { zoneInstant, zoneText } from './zone-time.ts';

describe('a field of date and time', () => {
  it.each([['Asia/Shanghai', '2026-11-22T08:30'], ['Europe/Berlin', '2026-10-25T12:00'], ['Europe/Berlin', '2026-03-29T12:00'], ['America/New_York', '2026-11-01T23:59']])('in %s means what the clock there shows: %s', (zone, text) => {
    const at = zoneInstant(text, zone);
    expect(at).not.toBeNull();
    expect(zoneText(at ?? 0, zone)).toBe(text);
  });
  it('has no instant where the clock skips it, or where nothing is written', () => {
    expect(zoneInstant('2026-03-29T02:30', 'Europe/Berlin')).toBeNull();
    expect(zoneInstant('', 'Asia/Shanghai')).toBeNull();
    expect(zoneInstant('2026-02-31T10:00', 'Asia/Shanghai')).toBeNull();
  });
});
