import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSealer } from './sealer.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-sealer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, 'keys', 'cameras.key');

test('a sealed password opens under its own name only, and not when a bit has changed', () => {
  const sealer = createSealer(keyFile);
  const sealed = sealer.seal('Geheim1', 'cam_1');
  expect(sealed.includes('Geheim1')).toBe(false);
  expect(createSealer(keyFile).open(sealed, 'cam_1')).toBe('Geheim1');
  expect(() => sealer.open(sealed, 'cam_2')).toThrow();
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => sealer.open(altered, 'cam_1')).toThrow();
  }
});

test('[SAF-4.4.2 INTEGRITY] the key is readable by Vigil’s user alone, and no half-made key is left beside it', () => {
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(folder, 'keys'))).toEqual(['cameras.key']);
});

test('what is no key is refused, not used', () => {
  const wrong = join(folder, 'wrong.key');
  writeFileSync(wrong, 'short');
  expect(() => createSealer(wrong)).toThrow(/is not a key/);
});
