/** What an approver signs: canonical JSON of exactly what is decided, and its digest, which is the challenge of the assertion. */
import { createHash } from 'node:crypto';
import { canonicalize, type Json } from '../../../../formats/canonical-json/index.ts';
import type { ApprovalCase } from './case.ts';
import type { CaseSignature } from './consent.ts';
import type { SigningSlot } from './signing.ts';

export interface Statement {
  signed: Uint8Array;
  /** 32 bytes, hex. */
  digest: string;
}

const digestOf = (signed: Uint8Array): string => createHash('sha256').update(signed).digest('hex');

/** Request, round and signer belong to it, so that a signature for one is none for another. */
export const statementOf = (
  one: Pick<ApprovalCase, 'approvalId' | 'kind' | 'kindVersion' | 'body' | 'round' | 'steps' | 'step' | 'attachments'>,
  decided: { decision: 'approve' | 'reject'; comment: string; personId: string; onBehalfOf: string | null },
): Statement => {
  const step = one.steps[one.step]?.key;
  if (step === undefined) throw new Error(`approval ${one.approvalId} has no step ${one.step}`);
  // The body came through its kind's schema and PostgreSQL's jsonb: it is JSON.
  const body = one.body as Json;
  const { decision, comment, personId, onBehalfOf } = decided;
  // Without attachments the text is what it was before there were any: old signatures are recomputed by it.
  const files = one.attachments.length === 0 ? {} : { attachments: one.attachments.map(({ name, sha256, sizeBytes }) => ({ name, sha256, sizeBytes })) };
  const text = canonicalize({ approvalId: one.approvalId, kind: one.kind, version: one.kindVersion, body, round: one.round, step, decision, comment, personId, onBehalfOf, ...files });
  const signed = new TextEncoder().encode(text);
  return { signed, digest: digestOf(signed) };
};

/** Later, from the record alone: are these the words of this request, this digest, and this signer's evidence? */
export const verifySignature = async (one: ApprovalCase, signature: CaseSignature, signing: Pick<SigningSlot, 'check'>): Promise<boolean> => {
  const { step, round, digest, method, credentialId, evidence } = signature;
  if (one.steps[step]?.signedInRound !== round) return false;
  const expected = statementOf({ ...one, round, step }, signature);
  if (expected.digest !== digest || digestOf(signature.signed) !== digest) return false;
  return method === 'session' ? !one.protected : signing.check(evidence, { method, credentialId, digest, personId: signature.personId });
};
