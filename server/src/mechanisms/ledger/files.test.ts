import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { create } from 'qrcode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCheckpoint, signCheckpoint } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { anchorFile, keyFingerprint, ledgerKeyFile, openLedgerKey, passingKey } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-ledger-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noteOf = (size: number, origin = 'vigil/site_a', key = passingKey()): string => signCheckpoint(nodeCrypto, key, { origin, size, root: new Uint8Array(32).fill(size), extensions: [] }, 1_790_000_000_000 + size * 60_000);

describe('the key file', () => {
  test('is made once, for its owner alone, and nothing else is left beside it', () => {
    const file = ledgerKeyFile(folder);
    const made = openLedgerKey(file);
    expect(openLedgerKey(file).publicKey).toEqual(made.publicKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['ledger.ed25519']);
    expect(keyFingerprint(made.publicKey)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });

  test('is refused when others can read it', () => {
    const file = ledgerKeyFile(folder);
    openLedgerKey(file);
    chmodSync(file, 0o640);
    expect(() => openLedgerKey(file)).toThrow(expect.objectContaining({ code: 'ledger.key_readable' }));
  });

  test('is refused when it is no Ed25519 key', () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'rubbish', { mode: 0o600 });
    expect(() => openLedgerKey(file)).toThrow(expect.objectContaining({ code: 'ledger.key_wrong' }));
    writeFileSync(file, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    expect(() => openLedgerKey(file)).toThrow(expect.objectContaining({ code: 'ledger.key_wrong' }));
  });
});

describe('the file of anchors', () => {
  test('gives back what was appended, per log, newest last', () => {
    const file = join(folder, 'deep', 'checkpoints.log');
    const anchors = anchorFile(file);
    expect(anchors.last('vigil/site_a')).toBeNull();
    expect(existsSync(file)).toBe(false);
    const [a, b, c] = [noteOf(1), noteOf(2, 'vigil/site_b'), noteOf(3)];
    for (const note of [a, b, c]) anchors.append(note);
    expect(anchors.last('vigil/site_a')).toBe(c);
    expect(anchors.last('vigil/site_b')).toBe(b);
    expect(anchors.newest(2)).toEqual([b, c]);
  });

  test('a line torn by a power cut costs that note and no other', () => {
    const file = join(folder, 'checkpoints.log');
    const anchors = anchorFile(file);
    const [a, b, c] = [noteOf(1), noteOf(2), noteOf(3)];
    anchors.append(a);
    for (const cut of [5, 30, 70, 90, 150, b.length - 3]) {
      writeFileSync(file, `\n${a}\n${b.slice(0, cut)}`);
      anchors.append(c);
      expect(anchors.last('vigil/site_a'), `cut at ${cut}`).toBe(c);
      expect(anchors.newest(9)[0]).toBe(a);
    }
  });

  test('only the end of a long file is read', () => {
    const file = join(folder, 'checkpoints.log');
    const anchors = anchorFile(file);
    const key = passingKey();
    let text = '';
    for (let size = 1; size <= 1_200; size += 1) text += `\n${noteOf(size % 250, 'vigil/site_a', key)}`;
    expect(text.length).toBeGreaterThan(300 * 1024);
    writeFileSync(file, text);
    const last = noteOf(9, 'vigil/site_a', key);
    anchors.append(last);
    expect(anchors.last('vigil/site_a')).toBe(last);
    expect(anchors.newest(9_999).length).toBeLessThan(1_000);
  });
});

test('an anchor survives paper: the QR code reads back byte for byte and still verifies', () => {
  const key = passingKey();
  const note = noteOf(123, 'vigil/site_06f2q3bench0000000000000000', key);
  const { modules } = create(note, { errorCorrectionLevel: 'M' });
  const scale = 4;
  const quiet = 4;
  const side = (modules.size + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet];
      const inside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
      if (inside && modules.get(row, column) === 1) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  // qrcode writes UTF-8; the reader's own text is a guess at the charset, its bytes are not.
  const read = (jsQR as unknown as (data: Uint8ClampedArray, width: number, height: number) => { binaryData: number[] } | null)(pixels, side, side);
  const back = Buffer.from(read!.binaryData).toString('utf8');
  expect(back).toBe(note);
  expect(openCheckpoint(nodeCrypto, back, { name: 'vigil/site_06f2q3bench0000000000000000', publicKey: key.publicKey })).toMatchObject({ size: 123 });
});
