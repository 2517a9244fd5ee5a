import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';

const camera = { name: '东门岗', number: 1, url: 'rtsp://10.0.0.8/1', username: 'admin', retentionDays: 30, transport: 'tcp', tlsFingerprint: null } as const;
const same = { name: '东门岗', number: 1, url: 'rtsp://10.0.0.8/1', username: 'admin', retentionDays: 30 };

describe('changes of a camera', () => {
  it('are none when nothing was touched, and an empty password field keeps the stored one', () => {
    expect(changesOf(camera, { ...same, password: '' })).toEqual({});
  });
  it('name only what differs', () => {
    expect(changesOf(camera, { ...same, name: '东门', retentionDays: 90 })).toEqual({ name: '东门', retentionDays: 90 });
    expect(changesOf(camera, { ...same, username: '' })).toEqual({ username: null });
    expect(changesOf({ ...camera, url: null }, { ...same, url: '' })).toEqual({});
  });
  it('name the way of transport, and a certificate only when it is another one', () => {
    const noted = 'ab'.repeat(32);
    expect(changesOf(camera, { ...same, transport: 'udp', tlsFingerprint: noted })).toEqual({ transport: 'udp', tlsFingerprint: noted });
    expect(changesOf({ ...camera, tlsFingerprint: noted }, { ...same, transport: 'tcp', tlsFingerprint: noted.toUpperCase().match(/../g)?.join(':') ?? '' })).toEqual({});
    expect(changesOf({ ...camera, tlsFingerprint: noted }, { ...same, tlsFingerprint: '' })).toEqual({ tlsFingerprint: null });
    expect(changesOf({ ...camera, tlsFingerprint: noted }, same)).toEqual({});
  });
  it('remove the password when asked, whatever stands in its field', () => {
    expect(changesOf(camera, { ...same, password: 'typed', removePassword: true })).toEqual({ password: null });
    expect(changesOf(camera, { ...same, password: 'typed' })).toEqual({ password: 'typed' });
  });
});
