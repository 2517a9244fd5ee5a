/** SHA-512 (FIPS 180-4) of a short message, in BigInt: Ed25519 needs it, for a few kilobytes at a time. */

const mask = (1n << 64n) - 1n;

const firstPrimes = (count: number): bigint[] => {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n += 1n) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes;
};

/** Floor of the root: 64 bits of its fraction come from the root of a number that was scaled up first. */
const integerRoot = (value: bigint, degree: bigint): bigint => {
  let low = 0n;
  let high = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
};
const constants = firstPrimes(80).map((prime) => integerRoot(prime << 192n, 3n) & mask);
const start = firstPrimes(8).map((prime) => integerRoot(prime << 128n, 2n) & mask);

const rotate = (word: bigint, bits: bigint): bigint => ((word >> bits) | (word << (64n - bits))) & mask;

const compress = (state: bigint[], view: DataView, at: number): void => {
  const w: bigint[] = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + i * 8));
  for (let i = 16; i < 80; i += 1) {
    const w15 = w[i - 15] ?? 0n;
    const w2 = w[i - 2] ?? 0n;
    const s0 = rotate(w15, 1n) ^ rotate(w15, 8n) ^ (w15 >> 7n);
    const s1 = rotate(w2, 19n) ^ rotate(w2, 61n) ^ (w2 >> 6n);
    w.push(((w[i - 16] ?? 0n) + s0 + (w[i - 7] ?? 0n) + s1) & mask);
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let i = 0; i < 80; i += 1) {
    const s1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const t1 = h + s1 + ((e & f) ^ (~e & mask & g)) + (constants[i] ?? 0n) + (w[i] ?? 0n);
    const s0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = ((state[i] ?? 0n) + word) & mask));
};

export const sha512 = (bytes: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 17) / 128) * 128);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const state = [...start];
  for (let at = 0; at < padded.length; at += 128) compress(state, view, at);
  const out = new Uint8Array(64);
  const words = new DataView(out.buffer);
  state.forEach((word, i) => words.setBigUint64(i * 8, word));
  return out;
};
