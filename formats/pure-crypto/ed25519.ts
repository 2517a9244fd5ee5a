/**
 * Verification of Ed25519 signatures (RFC 8032 section 5.1.7) in BigInt. It only ever sees public values, so that its time may depend on them;
 * there is deliberately no signing here. Equation without the cofactor and S below the order, as OpenSSL checks it.
 */
import { sha512 } from './sha512.ts';

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (value: bigint): bigint => {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
};

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
};
const inverse = (value: bigint): bigint => power(value, p - 2n);

const d = mod(-121665n * inverse(121666n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
interface Point {
  x: bigint;
  y: bigint;
  z: bigint;
  t: bigint;
}
const neutral: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

const add = (one: Point, two: Point): Point => {
  const a = mod((one.y - one.x) * (two.y - two.x));
  const b = mod((one.y + one.x) * (two.y + two.x));
  const c = mod(2n * d * one.t * two.t);
  const e = mod(2n * one.z * two.z);
  const [f, g, h, i] = [b - a, e - c, e + c, b + a];
  return { x: mod(f * g), y: mod(h * i), z: mod(g * h), t: mod(f * i) };
};

const multiply = (point: Point, scalar: bigint): Point => {
  let result = neutral;
  let double = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, double);
    double = add(double, double);
  }
  return result;
};

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** RFC 8032 section 5.1.3; null for bytes that name no point of the curve. */
const decode = (bytes: Uint8Array): Point | null => {
  const all = littleEndian(bytes);
  const sign = all >> 255n;
  const y = all & ((1n << 255n) - 1n);
  if (y >= p) return null;
  const u = mod(y * y - 1n);
  const v = mod(d * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (p - 5n) / 8n));
  const check = mod(v * x * x);
  if (check !== u) {
    if (check !== mod(-u)) return null;
    x = mod(x * rootOfMinusOne);
  }
  if (x === 0n && sign === 1n) return null;
  if ((x & 1n) !== sign) x = p - x;
  return { x, y, z: 1n, t: mod(x * y) };
};

const encode = ({ x, y, z }: Point): Uint8Array => {
  const over = inverse(z);
  const out = new Uint8Array(32);
  let rest = mod(y * over) | ((mod(x * over) & 1n) << 255n);
  for (let i = 0; i < 32; i += 1, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};

const baseY = mod(4n * inverse(5n));
const base = decode(Uint8Array.from({ length: 32 }, (_, i) => Number((baseY >> BigInt(8 * i)) & 255n)));
if (base === null) throw new Error('the base point of Ed25519 is on the curve');
const basePoint = base;

/** False, never an exception, for malformed keys and signatures. */
export const verifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = decode(publicKey);
  const scalar = littleEndian(signature.subarray(32));
  if (key === null || scalar >= order) return false;
  const hashed = new Uint8Array(64 + message.length);
  hashed.set(signature.subarray(0, 32));
  hashed.set(publicKey, 32);
  hashed.set(message, 64);
  const challenge = littleEndian(sha512(hashed)) % order;
  const minusKey: Point = { x: mod(-key.x), y: key.y, z: 1n, t: mod(-key.t) };
  const expected = encode(add(multiply(basePoint, scalar), multiply(minusKey, challenge)));
  return expected.every((byte, i) => byte === signature[i]);
};
