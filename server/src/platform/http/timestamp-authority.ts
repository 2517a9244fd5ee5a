/**
 * Asks a time-stamp authority (RFC 3161) for the time of some bytes: only their hash goes out. The answer is kept as it came. It is looked at
 * here as far as one must to know that it speaks of these bytes; whether the authority is to be trusted its reader decides (`openssl ts -verify`).
 */
import { createHash, randomBytes } from 'node:crypto';

const waitMs = 10_000;
const longestAnswer = 65_536;
const nonceBytes = 8;

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length > 127) throw new RangeError('a request is shorter than that');
  return Buffer.concat([Buffer.of(tag, body.length), body]);
};
/** SEQUENCE { SHA-256, NULL }, then the hash. */
const sha256Algorithm = Buffer.from('300d06096086480165030402010500', 'hex');
const imprintOf = (hash: Uint8Array): Buffer => der(0x30, sha256Algorithm, der(0x04, hash));
/** Some authorities leave the NULL of the algorithm out. */
const shortImprintOf = (hash: Uint8Array): Buffer => der(0x30, Buffer.from('300b0609608648016503040201', 'hex'), der(0x04, hash));

export const timestampRequest = (hash: Uint8Array, nonce: Uint8Array): Buffer => der(0x30, der(0x02, Buffer.of(1)), imprintOf(hash), der(0x02, nonce), der(0x01, Buffer.of(0xff)));

/** Positive, and without a byte that a shortest spelling would leave out. */
const freshNonce = (): Buffer => {
  const nonce = randomBytes(nonceBytes);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
};

/** Behind the outer head stands SEQUENCE { INTEGER status … }: 0 granted, 1 granted with changes. */
const statusOf = (answer: Buffer): number | null => {
  const [tag = 0, length = 0] = answer;
  const at = tag !== 0x30 ? -1 : length < 0x80 ? 2 : 2 + (length & 0x7f);
  return at < 0 || answer[at] !== 0x30 || answer[at + 2] !== 0x02 || answer[at + 3] !== 1 ? null : (answer[at + 4] ?? null);
};

/** Why this is no answer to that question; null: it is one. */
export const timestampFault = (answer: Buffer, hash: Uint8Array, nonce: Uint8Array): string | null => {
  const status = statusOf(answer);
  if (status === null) return 'not a time-stamp answer';
  if (status > 1) return `refused with status ${status}`;
  if (!answer.includes(imprintOf(hash)) && !answer.includes(shortImprintOf(hash))) return 'it speaks of other bytes';
  return answer.includes(der(0x02, nonce)) ? null : 'it answers another question';
};

/** Throws an Error that says why there is none. */
export const askTimestamp = (url: string) => async (bytes: Uint8Array): Promise<Uint8Array> => {
  const hash = createHash('sha256').update(bytes).digest();
  const nonce = freshNonce();
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: new Uint8Array(timestampRequest(hash, nonce)), signal: AbortSignal.timeout(waitMs), redirect: 'error' });
  if (!response.ok) throw new Error(`the time-stamp authority answered ${response.status}`);
  const answer = Buffer.from(await response.arrayBuffer());
  const fault = answer.length > longestAnswer ? 'its answer is too long' : timestampFault(answer, hash, nonce);
  if (fault !== null) throw new Error(`the time-stamp authority: ${fault}`);
  return answer;
};
