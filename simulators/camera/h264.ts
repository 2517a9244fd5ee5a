/**
 * Just enough of H.264 (ITU-T H.264, Annex B and clause 7.3) to serve recorded loops: cut a byte stream into access units, write
 * bits, escape. Deliberately independent of the recorder's own parser, so that the two check each other.
 */
export const nalKind = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9, stapA: 24, fuA: 28 } as const;

export const nalTypeOf = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

/** NAL units of an Annex B stream, without start codes and trailing zeros. */
export const splitAnnexB = (stream: Buffer): Buffer[] => {
  const nals: Buffer[] = [];
  let from = -1;
  let at = 0;
  while (at + 2 < stream.length) {
    const code = stream.indexOf(0x01, at + 2);
    if (code < 0) break;
    if (stream[code - 1] !== 0 || stream[code - 2] !== 0) {
      at = code - 1;
      continue;
    }
    if (from >= 0) nals.push(trimZeros(stream.subarray(from, code - 2)));
    from = code + 1;
    at = code + 1;
  }
  if (from >= 0) nals.push(trimZeros(stream.subarray(from)));
  return nals.filter((nal) => nal.length > 0);
};

const trimZeros = (nal: Buffer): Buffer => {
  let end = nal.length;
  while (end > 0 && nal[end - 1] === 0) end -= 1;
  return nal.subarray(0, end);
};

/** One picture: its slices; parameter sets and SEI are kept apart because the server sends its own. */
export interface Picture {
  key: boolean;
  slices: Buffer[];
}
export interface ParameterSets {
  sps: Buffer;
  pps: Buffer;
}

/** A loop as read from disk: every picture in decoding order, the first one a key picture. */
export const picturesOf = (stream: Buffer): { sets: ParameterSets; pictures: Picture[] } => {
  let sps: Buffer | null = null;
  let pps: Buffer | null = null;
  const pictures: Picture[] = [];
  for (const nal of splitAnnexB(stream)) {
    const type = nalTypeOf(nal);
    if (type === nalKind.sps) sps ??= nal;
    if (type === nalKind.pps) pps ??= nal;
    if (type !== nalKind.slice && type !== nalKind.idr) continue;
    // first_mb_in_slice is ue(v): a leading 1 bit means 0, the first slice of a new picture.
    const first = ((nal[1] ?? 0) & 0x80) !== 0;
    const open = pictures.at(-1);
    if (first || open === undefined) pictures.push({ key: type === nalKind.idr, slices: [nal] });
    else open.slices.push(nal);
  }
  if (sps === null || pps === null) throw new Error('the stream carries no parameter sets');
  if (pictures[0]?.key !== true) throw new Error('the stream does not begin with a key picture');
  return { sets: { sps, pps }, pictures };
};

/** Emulation prevention (7.4.1): 00 00 followed by 00–03 gets an 03 between, so that no start code appears inside a NAL unit. */
export const escapeRbsp = (rbsp: Uint8Array): Buffer => {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of rbsp) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
};

export const unescapeRbsp = (nal: Uint8Array): Buffer => {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
};

export class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  bits(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i -= 1) {
      if (this.#bits % 8 === 0) this.#bytes.push(0);
      const last = this.#bytes.length - 1;
      this.#bytes[last] = (this.#bytes[last] ?? 0) | (((value >>> i) & 1) << (7 - (this.#bits % 8)));
      this.#bits += 1;
    }
    return this;
  }
  ue(value: number): this {
    const length = 31 - Math.clz32(value + 1);
    return this.bits(0, length).bits(value + 1, length + 1);
  }
  se(value: number): this {
    return this.ue(value > 0 ? 2 * value - 1 : -2 * value);
  }
  /** rbsp_trailing_bits */
  end(): Buffer {
    this.bits(1, 1);
    return Buffer.from(this.#bytes);
  }
}

export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1, this.#at += 1) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new Error('parameter set too short');
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }
  ue(): number {
    let zeros = 0;
    while (this.bits(1) === 0) {
      zeros += 1;
      if (zeros > 31) throw new Error('not an Exp-Golomb code');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : 0 - code / 2;
  }
}
