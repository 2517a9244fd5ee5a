/** How a camera checks who asks: Basic, and Digest (RFC 7616) with MD5 or SHA-256, with and without qop, nonce count checked. */
import { createHash, randomBytes } from 'node:crypto';
import type { Auth } from './behaviour.ts';

const realm = 'Vigil simulated camera';
type Algorithm = 'MD5' | 'SHA-256';

const algorithmsOf = (auth: Auth): Algorithm[] => {
  if (auth.scheme === 'digest-md5') return ['MD5'];
  if (auth.scheme === 'digest-sha256') return ['SHA-256'];
  return auth.scheme === 'digest-both' ? ['SHA-256', 'MD5'] : [];
};

const hash = (algorithm: Algorithm, text: string): string =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');

/** `a=b, c="d, e"` → map; keys in lower case. */
export const parametersOf = (text: string): Map<string, string> => {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/([a-zA-Z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    found.set((match[1] ?? '').toLowerCase(), (match[2] ?? match[3] ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return found;
};

/** One connection's door: knows the nonce it gave out and how often it was used. */
export class Doorkeeper {
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #used = new Set<string>();

  challenges(auth: Auth): [string, string][] {
    if (auth.scheme === 'basic') return [['WWW-Authenticate', `Basic realm="${realm}"`]];
    return algorithmsOf(auth).map((algorithm) => [
      'WWW-Authenticate',
      // Plain MD5 cameras in the field speak RFC 2069: no qop, no algorithm.
      algorithm === 'MD5'
        ? `Digest realm="${realm}", nonce="${this.#nonce}"`
        : `Digest realm="${realm}", nonce="${this.#nonce}", algorithm=${algorithm}, qop="auth"`,
    ]);
  }

  admits(auth: Auth, method: string, header: string | undefined): boolean {
    if (header === undefined) return false;
    if (auth.scheme === 'basic') {
      return header === `Basic ${Buffer.from(`${auth.username}:${auth.password}`, 'utf8').toString('base64')}`;
    }
    if (!/^digest /i.test(header)) return false;
    const given = parametersOf(header.slice(7));
    const algorithm = (given.get('algorithm') ?? 'MD5').toUpperCase();
    const known = algorithmsOf(auth).find((a) => a === algorithm);
    if (known === undefined || given.get('nonce') !== this.#nonce || given.get('username') !== auth.username) return false;
    const secret = hash(known, `${auth.username}:${realm}:${auth.password}`);
    const request = hash(known, `${method}:${given.get('uri') ?? ''}`);
    const count = given.get('nc');
    if (given.get('qop') === undefined) return given.get('response') === hash(known, `${secret}:${this.#nonce}:${request}`);
    if (count === undefined || this.#used.has(count)) return false;
    const expected = hash(known, `${secret}:${this.#nonce}:${count}:${given.get('cnonce') ?? ''}:auth:${request}`);
    if (given.get('response') !== expected) return false;
    this.#used.add(count);
    return true;
  }
}
