/**
 * Streaming SHA-256 (FIPS 180-4) without any platform: a browser's crypto.subtle takes a whole message at once, and a package may be larger
 * than memory. Nothing secret passes through it.
 */

/** What every streaming hash of the formats looks like; node:crypto's has the same two verbs. */
export interface StreamHash {
  update(bytes: Uint8Array): void;
  /** Ends the hash; called once. */
  digest(): Uint8Array;
}

const firstPrimes = (count: number): number[] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
};
// FIPS 180-4 defines the constants as 32 bits of the fractions of roots of primes: doubles hold enough of them.
const fraction = (value: number): number => ((value - Math.floor(value)) * 0x1_0000_0000) | 0;
const constants = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
const start = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

const blockBytes = 64;
const schedule = new Int32Array(64);

const expand = (bytes: Uint8Array, at: number): void => {
  for (let i = 0, p = at; i < 16; i += 1, p += 4) schedule[i] = ((bytes[p] ?? 0) << 24) | ((bytes[p + 1] ?? 0) << 16) | ((bytes[p + 2] ?? 0) << 8) | (bytes[p + 3] ?? 0);
  for (let i = 16; i < 64; i += 1) {
    const w15 = schedule[i - 15] ?? 0;
    const w2 = schedule[i - 2] ?? 0;
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
    schedule[i] = ((schedule[i - 16] ?? 0) + s0 + (schedule[i - 7] ?? 0) + s1) | 0;
  }
};

/** One block into the state. The letters are those of the standard. */
const compress = (state: Int32Array, bytes: Uint8Array, at: number): void => {
  expand(bytes, at);
  // One by one: taking the array apart by a pattern costs ten times the hash.
  const a0 = state[0] ?? 0;
  const b0 = state[1] ?? 0;
  const c0 = state[2] ?? 0;
  const d0 = state[3] ?? 0;
  const e0 = state[4] ?? 0;
  const f0 = state[5] ?? 0;
  const g0 = state[6] ?? 0;
  const h0 = state[7] ?? 0;
  let a = a0;
  let b = b0;
  let c = c0;
  let d = d0;
  let e = e0;
  let f = f0;
  let g = g0;
  let h = h0;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (schedule[i] ?? 0)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = a0 + a;
  state[1] = b0 + b;
  state[2] = c0 + c;
  state[3] = d0 + d;
  state[4] = e0 + e;
  state[5] = f0 + f;
  state[6] = g0 + g;
  state[7] = h0 + h;
};

class Sha256Stream implements StreamHash {
  readonly #state = start.slice();
  readonly #rest = new Uint8Array(blockBytes);
  #restLength = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(blockBytes - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < blockBytes) return;
      compress(this.#state, this.#rest, 0);
      this.#restLength = 0;
    }
    for (; at + blockBytes <= bytes.length; at += blockBytes) compress(this.#state, bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restLength = bytes.length - at;
  }

  digest(): Uint8Array {
    const length = this.#length;
    const zeros = (2 * blockBytes - 9 - this.#restLength) % blockBytes;
    const ending = new Uint8Array(1 + zeros + 8);
    ending[0] = 0x80;
    const view = new DataView(ending.buffer);
    view.setUint32(1 + zeros, Math.floor(length / 0x2000_0000));
    view.setUint32(1 + zeros + 4, (length * 8) % 0x1_0000_0000);
    this.update(ending);
    const out = new Uint8Array(32);
    const words = new DataView(out.buffer);
    this.#state.forEach((word, i) => words.setInt32(i * 4, word));
    return out;
  }
}

export const createSha256 = (): StreamHash => new Sha256Stream();

export const sha256 = (bytes: Uint8Array): Uint8Array => {
  const hash = createSha256();
  hash.update(bytes);
  return hash.digest();
};
