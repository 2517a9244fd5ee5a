/** CRC-32 as ZIP uses it (ISO 3309, reflected), eight bytes at a time. On Node, zlib's own is ten times faster and gives the same. */

/** Goes on from the CRC of what came before; 0 at the start. */
export type Crc32 = (bytes: Uint8Array, before?: number) => number;

const tables = Array.from({ length: 8 }, () => new Int32Array(256));
const [first = new Int32Array(256), ...others] = tables;
for (let n = 0; n < 256; n += 1) {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  first[n] = value;
}
let previous = first;
for (const table of others) {
  for (let n = 0; n < 256; n += 1) table[n] = ((previous[n] ?? 0) >>> 8) ^ (first[(previous[n] ?? 0) & 255] ?? 0);
  previous = table;
}
const [t0 = first, t1 = first, t2 = first, t3 = first, t4 = first, t5 = first, t6 = first, t7 = first] = tables;

export const crc32: Crc32 = (bytes, before = 0) => {
  let crc = ~before;
  const whole = bytes.length - (bytes.length % 8);
  for (let i = 0; i < whole; i += 8) {
    const low = crc ^ ((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24));
    crc =
      (t7[low & 255] ?? 0) ^ (t6[(low >>> 8) & 255] ?? 0) ^ (t5[(low >>> 16) & 255] ?? 0) ^ (t4[low >>> 24] ?? 0) ^
      (t3[bytes[i + 4] ?? 0] ?? 0) ^ (t2[bytes[i + 5] ?? 0] ?? 0) ^ (t1[bytes[i + 6] ?? 0] ?? 0) ^ (t0[bytes[i + 7] ?? 0] ?? 0);
  }
  for (let i = whole; i < bytes.length; i += 1) crc = (t0[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
};
