/** A signed review, looked at later. */
import { expect, test } from 'vitest';
import { checkEvidence } from '../../mechanisms/identity/index.ts';
import { digestOf, isVerified } from './review-statement.ts';

const signed = { siteId: 'site_1', personId: 'per_1', from: 1, until: 2, outcome: 'in_order', note: '好', acts: 7, size: 9, root: 'ab'.repeat(32) } as const;
const digest = digestOf(signed);
const kept = { ...signed, untilSeq: 9, method: 'password_totp', digest, credentialId: null, evidence: JSON.stringify({ method: 'password_totp', personId: 'per_1', sessionId: 'ses_1', digest, codeCounter: 1, at: 3 }) };

test('holds as it was signed, and no longer when a word, a number or the signer is another', async () => {
  expect(await isVerified(kept, false, checkEvidence)).toBe(true);
  for (const changed of [{ note: '坏' }, { acts: 8 }, { size: 8 }, { root: 'cd'.repeat(32) }, { personId: 'per_2' }, { outcome: 'with_findings' as const }, { until: 3 }, { evidence: '{}' }]) {
    expect(await isVerified({ ...kept, ...changed }, false, checkEvidence), JSON.stringify(changed)).toBe(false);
  }
  // An erased note leaves the digest and its evidence; an early review was signed over nothing.
  expect(await isVerified({ ...kept, note: '' }, true, checkEvidence)).toBe(true);
  expect(await isVerified({ ...kept, digest: undefined }, false, checkEvidence)).toBeNull();
});
