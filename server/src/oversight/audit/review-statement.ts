/** What the signer of a review signs: canonical JSON of period, outcome and the signed head of the ledger that holds the period's acts. Pure but for the check of a signature. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { checkEvidence } from '../../mechanisms/identity/index.ts';
import type { reviewSigned } from './events.ts';

export interface ReviewStatement {
  siteId: string;
  /** Who signs: a signature of one is none of another. */
  personId: string;
  from: number;
  until: number;
  outcome: 'in_order' | 'with_findings';
  note: string;
  /** Acts that the period holds. */
  acts: number;
  /** Size and root (hex) of the ledger: with them every act of the period is under the signature. */
  size: number;
  root: string;
}

/** SHA-256, 64 hex digits: the challenge of the passkey. */
export const digestOf = ({ siteId, personId, from, until, outcome, note, acts, size, root }: ReviewStatement): string =>
  createHash('sha256').update(canonicalize({ statement: 'vigil/audit-review', version: 1, siteId, personId, from, until, outcome, note, acts, size, root })).digest('hex');

type Kept = z.output<typeof reviewSigned.body> & { siteId: string; personId: string };

/** From the record alone; an erased note cannot be recomputed, so then the evidence answers for the digest as it stands. Null: signed over no digest. */
export const isVerified = async (review: Kept, noteErased: boolean, check: typeof checkEvidence): Promise<boolean | null> => {
  const { digest, size, root, credentialId, evidence, method } = review;
  if (digest === undefined || size === undefined || root === undefined || evidence === undefined) return null;
  if (method !== 'webauthn' && method !== 'password_totp') return false;
  if (!noteErased && digestOf({ ...review, size, root }) !== digest) return false;
  return check(evidence, { method, credentialId: credentialId ?? null, digest });
};
