import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLocalAddress, parseAddress, resolveAddress } from './address.ts';

/** Bytes and lone surrogates as text. */
const anyText = fc.uint16Array({ maxLength: 60 }).map((units) => String.fromCharCode(...units.map((u) => (u % 3 === 0 ? u : u % 256))));

describe('camera address', () => {
  it.each([
    ['rtsp://10.0.0.7/Streaming/Channels/101', { host: '10.0.0.7', port: 554, url: 'rtsp://10.0.0.7/Streaming/Channels/101', username: null, password: null }],
    ['RTSP://cam.lan:8554', { host: 'cam.lan', port: 8554, url: 'rtsp://cam.lan:8554', username: null }],
    ['rtsp://admin:a%40b@10.0.0.7/x', { username: 'admin', password: 'a@b', url: 'rtsp://10.0.0.7/x' }],
    ['rtsp://admin:p@ss@10.0.0.7:554/x?channel=1&subtype=0', { username: 'admin', password: 'p@ss', url: 'rtsp://10.0.0.7/x?channel=1&subtype=0' }],
    ['rtsp://admin:50%@10.0.0.7/', { password: '50%' }],
    ['rtsp://admin@10.0.0.7/', { username: 'admin', password: null }],
    ['rtsp://[fd00::7]:8554/x', { host: 'fd00::7', port: 8554, url: 'rtsp://[fd00::7]:8554/x' }],
    ['rtsp://10.0.0.7/大厅', { url: 'rtsp://10.0.0.7/%E5%A4%A7%E5%8E%85' }],
  ])('understands %s', (text, expected) => {
    expect(parseAddress(text)).toMatchObject(expected);
  });

  it.each(['http://10.0.0.7/', 'rtsp://', 'rtsp:///x', 'rtsp://host:0/', 'rtsp://host:65536/', 'rtsp://[zz]/', 'rtsp://h/a\r\nX: 1', 'rtsp://h/a b', '10.0.0.7', ''])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('never lets a credential or a line break into the URL of a request', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseAddress(`rtsp://10.0.0.7/${text}`)?.url ?? 'x').toMatch(/^[\u0021-\u007e]+$/);
        const parsed = parseAddress(`rtsp://user:${text}@10.0.0.7/x`);
        if (parsed === null) return;
        expect(parsed.url).toMatch(/^[\u0021-\u007e]+$/);
        if (parsed.host === '10.0.0.7' && !/[/?#]/.test(text)) expect(parsed.url).toBe('rtsp://10.0.0.7/x');
      }),
    );
  });

  it.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '169.254.1.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:101', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'no address'])(
    'counts %s as local',
    (address) => expect(isLocalAddress(address)).toBe(true),
  );

  it.each(['10.0.0.7', '192.168.1.64', '172.16.0.1', '8.8.8.8', 'fd00::7', '2001:db8::1', '::ffff:10.0.0.7', '64:ff9b::a00:7', 'fec0::1'])('counts %s as a camera', (address) =>
    expect(isLocalAddress(address)).toBe(false),
  );

  it('connects to the address that was checked, IPv4 first, and to no local one behind a name', async () => {
    const names = (...found: string[]) => () => Promise.resolve(found);
    expect(await resolveAddress('cam', false, names('2001:db8::1', '10.0.0.7'))).toEqual({ ok: true, address: '10.0.0.7' });
    expect(await resolveAddress('cam', false, names('127.0.0.1', '10.0.0.7'))).toEqual({ ok: true, address: '10.0.0.7' });
    expect(await resolveAddress('cam', false, names('127.0.0.1', '::1'))).toEqual({ ok: false, why: 'address_local' });
    expect(await resolveAddress('cam', true, names('127.0.0.1'))).toEqual({ ok: true, address: '127.0.0.1' });
    expect(await resolveAddress('cam', false, () => Promise.reject(new Error('ENOTFOUND')))).toEqual({ ok: false, why: 'name_unknown' });
    expect(await resolveAddress('::ffff:127.0.0.1', false)).toEqual({ ok: false, why: 'address_local' });
  });
});
