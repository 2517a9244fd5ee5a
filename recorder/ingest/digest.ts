/** What a camera asks for when it says 401: Basic (RFC 7617) and Digest with MD5 and SHA-256, qop=auth and none (RFC 7616, RFC 2617). */
import { createHash, randomBytes } from 'node:crypto';

export type Algorithm = 'MD5' | 'SHA-256';

export interface DigestChallenge {
  scheme: 'digest';
  realm: string;
  nonce: string;
  opaque: string | null;
  algorithm: Algorithm;
  /** As the camera spelt it; some answer only to their own spelling, and without the field where they sent none. */
  algorithmText: string | null;
  session: boolean;
  qop: 'auth' | null;
  stale: boolean;
}

export type Challenge = DigestChallenge | { scheme: 'basic'; realm: string };

const hashName: Record<Algorithm, string> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** `a="b", c=d` → map; quoted-pairs undone. */
const parameters = (text: string): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of text.matchAll(/([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g)) {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'));
  }
  return found;
};

const digestChallenge = (text: string): DigestChallenge | null => {
  const p = parameters(text);
  const realm = p.get('realm');
  const nonce = p.get('nonce');
  if (realm === undefined || nonce === undefined) return null;
  const algorithmText = p.get('algorithm') ?? null;
  const [, name, session] = /^(MD5|SHA-256)(-sess)?$/i.exec(algorithmText ?? 'MD5') ?? [];
  if (name === undefined) return null;
  const qops = p.get('qop')?.toLowerCase().split(/[\s,]+/).filter((q) => q !== '');
  if (qops !== undefined && qops.length > 0 && !qops.includes('auth')) return null; // auth-int alone
  return {
    scheme: 'digest',
    realm,
    nonce,
    opaque: p.get('opaque') ?? null,
    algorithm: name.toUpperCase() === 'MD5' ? 'MD5' : 'SHA-256',
    algorithmText,
    session: session !== undefined,
    qop: qops?.includes('auth') === true ? 'auth' : null,
    stale: p.get('stale')?.toLowerCase() === 'true',
  };
};

/** One header may carry several challenges; each begins with its scheme's name. */
const split = (header: string): string[] => header.split(/(?:^|,)\s*(?=(?:digest|basic)\s)/i).filter((part) => part.trim() !== '');

/** The strongest challenge that can be answered: Digest SHA-256, Digest MD5, Basic. */
export const chooseChallenge = (headers: readonly string[]): Challenge | null => {
  const all = headers.flatMap(split).flatMap((part): Challenge[] => {
    const text = part.trim();
    if (/^basic\s/i.test(text)) return [{ scheme: 'basic', realm: parameters(text).get('realm') ?? '' }];
    const digest = /^digest\s/i.test(text) ? digestChallenge(text) : null;
    return digest === null ? [] : [digest];
  });
  const rank = (c: Challenge): number => (c.scheme === 'basic' ? 0 : c.algorithm === 'MD5' ? 1 : 2);
  return all.sort((a, b) => rank(b) - rank(a))[0] ?? null;
};

export interface Credentials {
  username: string;
  password: string;
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Answers one challenge for as long as it holds, counting its nonce. */
export class Authorizer {
  readonly #challenge: Challenge;
  readonly #credentials: Credentials;
  readonly #newNonce: () => string;
  #count = 0;

  constructor(challenge: Challenge, credentials: Credentials, newNonce: () => string = () => randomBytes(12).toString('hex')) {
    this.#challenge = challenge;
    this.#credentials = credentials;
    this.#newNonce = newNonce;
  }

  /** Value of the Authorization header. */
  header(method: string, uri: string): string {
    const { username, password } = this.#credentials;
    const c = this.#challenge;
    if (c.scheme === 'basic') return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
    const hash = (text: string): string => createHash(hashName[c.algorithm]).update(text, 'utf8').digest('hex');
    this.#count += 1;
    const nc = this.#count.toString(16).padStart(8, '0');
    const cnonce = c.qop !== null || c.session ? this.#newNonce() : '';
    let secret = hash(`${username}:${c.realm}:${password}`);
    if (c.session) secret = hash(`${secret}:${c.nonce}:${cnonce}`);
    const act = hash(`${method}:${uri}`);
    const response = hash(c.qop === null ? `${secret}:${c.nonce}:${act}` : `${secret}:${c.nonce}:${nc}:${cnonce}:${c.qop}:${act}`);
    const fields = [`username=${quote(username)}`, `realm=${quote(c.realm)}`, `nonce=${quote(c.nonce)}`, `uri=${quote(uri)}`, `response="${response}"`];
    if (c.algorithmText !== null) fields.push(`algorithm=${c.algorithmText}`);
    if (c.qop !== null) fields.push(`qop=${c.qop}`, `nc=${nc}`);
    if (cnonce !== '') fields.push(`cnonce="${cnonce}"`);
    if (c.opaque !== null) fields.push(`opaque=${quote(c.opaque)}`);
    return `Digest ${fields.join(', ')}`;
  }
}
