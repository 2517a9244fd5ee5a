import { expect, test } from 'vitest';
import { checkEvidence } from './check-evidence.ts';

const at = Date.parse('2026-11-22T08:00:10Z');
const digest = 'a'.repeat(64);
const evidence = (more: object = {}): string => JSON.stringify({ method: 'password_totp', personId: 'per_1', sessionId: 'ses_1', digest, codeCounter: Math.floor(at / 30_000), at, ...more });
const check = (text: string, more: object = {}): Promise<boolean> => checkEvidence(text, { method: 'password_totp', credentialId: null, digest, personId: 'per_1', ...more });

test('of password and code digest, person and time of the code are compared', async () => {
  expect(await check(evidence())).toBe(true);
  expect(await check(evidence({ codeCounter: Math.floor(at / 30_000) - 1 }))).toBe(true);
  expect(await check(evidence({ codeCounter: Math.floor(at / 30_000) - 2 }))).toBe(false);
  expect(await check(evidence({ at: at + 3_600_000 }))).toBe(false);
  expect(await check(evidence({ personId: 'per_2' }))).toBe(false);
  expect(await check(evidence({ digest: 'b'.repeat(64) }))).toBe(false);
  expect(await check('{')).toBe(false);
  expect(await check(evidence(), { method: 'webauthn', credentialId: 'key' })).toBe(false);
});
