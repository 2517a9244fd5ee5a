import { execFileSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as nativeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { crc32, dosTimeOf, nameFault, openZip, ZipError, ZipWriter, type ByteSource } from './index.ts';
import { decryptZip, encryptZip, passphraseFrom } from './node-aes.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const time = dosTimeOf(Date.UTC(2026, 10, 22, 0, 15, 2), 480);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const sourceOf = (bytes: Uint8Array): ByteSource => ({ sizeBytes: bytes.length, readAt: async (offset, length) => bytes.subarray(offset, offset + length) });
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const gather = async (parts: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(Uint8Array.from(part));
  return Buffer.concat(all);
};

const film = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) >> 3);
const content = { 'EV-1/说明书.html': text('<p>值守</p>'), 'EV-1/data/film.mp4': film, 'EV-1/empty.txt': new Uint8Array(0) };
const write = async (zip64From?: number): Promise<Buffer> => {
  const zip = new ZipWriter({ crc32, time, ...(zip64From === undefined ? {} : { zip64From }) });
  const parts: Uint8Array[] = [...zip.whole('EV-1/说明书.html', content['EV-1/说明书.html'])];
  for await (const part of zip.streamed('EV-1/data/film.mp4', film.length, pieces(film, 999))) parts.push(Uint8Array.from(part));
  parts.push(...zip.whole('EV-1/empty.txt', content['EV-1/empty.txt']), zip.end());
  return Buffer.concat(parts);
};
const faultOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    const archive = await openZip(sourceOf(bytes), crc32);
    for (const entry of archive.entries) await gather(archive.read(entry));
    return 'none';
  } catch (error) {
    if (error instanceof ZipError) return error.fault;
    throw error;
  }
};

test('the CRC is that of zlib, however the bytes are cut', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(nativeCrc32(bytes));
    }),
    { seed: 5 },
  );
});

describe('a stored archive', () => {
  for (const [kind, zip64From] of [['with sizes of four bytes', undefined], ['with sizes of eight bytes', 1]] as const) {
    test(`${kind} reads back, and 7-Zip, unzip of Python and our reader agree on it`, async () => {
      const bytes = await write(zip64From);
      const archive = await openZip(sourceOf(bytes), crc32);
      for (const entry of archive.entries) expect((await gather(archive.read(entry))).equals(content[entry.name as keyof typeof content])).toBe(true);
      const file = join(folder, `plain-${String(zip64From)}.zip`);
      writeFileSync(file, bytes);
      expect(execFileSync('7z', ['t', file], { encoding: 'utf8' })).toContain('Everything is Ok');
      const listed = execFileSync('python3', ['-c', 'import sys,zipfile,hashlib,json;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(json.dumps({i.filename:hashlib.sha256(z.read(i)).hexdigest() for i in z.infolist()}))', file], { encoding: 'utf8' });
      expect(JSON.parse(listed)).toEqual(Object.fromEntries(Object.entries(content).map(([name, value]) => [name, hash('sha256', value)])));
    });
  }

  test('whichever of its bytes is changed, it is refused', async () => {
    const bytes = await write();
    const filmAt = bytes.indexOf(film.subarray(0, 64));
    for (let at = 0; at < bytes.length; at += at > filmAt + 64 && at < filmAt + film.length - 64 ? 997 : 1) {
      const other = Buffer.from(bytes);
      other[at]! ^= 1 << (at % 8);
      expect(await faultOf(other), `byte ${at}`).not.toBe('none');
    }
  });

  test('what is cut off, added behind, put in front or between is refused', async () => {
    const bytes = await write();
    expect(await faultOf(bytes)).toBe('none');
    for (const length of [0, 10, 21, 22, 100, bytes.length - 1]) expect(await faultOf(bytes.subarray(0, length))).not.toBe('none');
    expect(await faultOf(Buffer.concat([bytes, Buffer.from('x')]))).toBe('trailing_data');
    expect(await faultOf(Buffer.concat([Buffer.from('x'), bytes]))).not.toBe('none');
    expect(await faultOf(Buffer.concat([bytes, bytes]))).toBe('trailing_data');
  });

  test('an archive of another tool is refused, not half understood', async () => {
    const file = join(folder, 'foreign.zip');
    writeFileSync(join(folder, 'a.txt'), 'a'.repeat(1_000));
    execFileSync('7z', ['a', file, join(folder, 'a.txt')]);
    expect(['method', 'record']).toContain(await faultOf(readFileSync(file)));
  });

  test('names that lead elsewhere, or that two systems read differently, are neither written nor read', async () => {
    for (const name of ['', '/a', '../a', 'a/../b', 'a//b', 'a\\b', 'a\u0000', 'C:a', 'a.', 'con', 'a/NUL.txt', 'e\u0301.txt', 'x'.repeat(500)]) expect(nameFault(name), name).not.toBeNull();
    expect(nameFault('EV-2026-000123/data/report/说明书.html')).toBeNull();
    const zip = new ZipWriter({ crc32, time });
    expect(() => zip.whole('../a', film)).toThrow(RangeError);
    zip.whole('a', film);
    expect(() => zip.whole('A', film)).toThrow(RangeError);
    const bytes = await write();
    const evil = Buffer.from(bytes.toString('latin1').replaceAll('EV-1/empty.txt', '../../empty.tx'), 'latin1');
    expect(await faultOf(evil)).toBe('name');
    const two = new ZipWriter({ crc32, time });
    const pair = Buffer.concat([...two.whole('a/film.txt', film), ...two.whole('a/copy.txt', film), two.end()]);
    expect(await faultOf(pair)).toBe('none');
    expect(await faultOf(Buffer.from(pair.toString('latin1').replaceAll('a/copy.txt', 'a/FILM.txt'), 'latin1'))).toBe('repeated_name');
  });
});

describe('an encrypted archive', () => {
  const passphrase = passphraseFrom(Uint8Array.from({ length: 25 }, (_, i) => i * 7));
  const seal = async (bytes: Uint8Array, size: number): Promise<Buffer> => gather(encryptZip({ name: 'EV-1.zip', mostBytes: bytes.length, bytes: pieces(bytes, size), passphrase, salt: createHash('sha256').update('salt').digest().subarray(0, 16), time }));

  test('7-Zip opens it with the passphrase and with no other', async () => {
    const sealed = await seal(film, 333);
    const file = join(folder, 'sealed.zip');
    writeFileSync(file, sealed);
    execFileSync('7z', ['x', `-p${passphrase}`, `-o${folder}`, file]);
    expect(readFileSync(join(folder, 'EV-1.zip')).equals(film)).toBe(true);
    expect(() => execFileSync('7z', ['t', '-pwrong', file], { stdio: 'ignore' })).toThrow();
    expect(existsSync(file)).toBe(true);
  });

  test('it reads back anywhere in it; a wrong passphrase and any changed byte of it are found', async () => {
    const sealed = await seal(film, 70_000);
    const opened = await decryptZip(sourceOf(sealed), passphrase);
    if (typeof opened === 'string') throw new Error(opened);
    expect(Buffer.from(await opened.inside.readAt(0, film.length)).equals(film)).toBe(true);
    for (const [at, length] of [[1, 1], [15, 2], [16, 16], [65_530, 100], [69_999, 50]] as const) expect(Buffer.from(await opened.inside.readAt(at, length)).equals(film.subarray(at, at + length))).toBe(true);
    expect(await decryptZip(sourceOf(sealed), 'wrong')).toBe('wrong_passphrase');
    expect(await decryptZip(sourceOf(await write()), passphrase)).toBe('not_encrypted');
    for (let at = 0; at < sealed.length; at += at > 200 && at < sealed.length - 200 ? 4_999 : 1) {
      const other = Buffer.from(sealed);
      other[at]! ^= 1;
      const said = await decryptZip(sourceOf(other), passphrase).catch((error: unknown) => {
        if (error instanceof ZipError) return error.fault;
        throw error;
      });
      expect(typeof said, `byte ${at}`).toBe('string');
    }
  });

  test('a passphrase has 25 signs that nobody takes for others', () => {
    expect(passphrase).toMatch(/^([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}$/);
  });
});
