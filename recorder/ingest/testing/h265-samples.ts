/** Small H.265 pieces for tests: real parameter sets (x265) and slices that have only what the depacketizer looks at. */
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** 640×360, 12 frames a second by its VUI, main profile, level 2.1. */
export const vps = bytes('40010c01ffff01600000030090000003000003003f928090');
export const sps640x360 = bytes('42010101600000030090000003000003003fa0050201696592a4932bc05a020000030002000003001810');
export const pps = bytes('4401c172b46240');
export const kind = { trail: 1, radl: 7, rasl: 9, idr: 19, cra: 21, delimiter: 35, sei: 39, suffixSei: 40 } as const;

/** A slice of `size` bytes; `first`: it starts the picture. */
export const slice = (type: number, first: boolean, size: number, fill = 0xab): Buffer => {
  const nal = Buffer.alloc(size, fill);
  nal[0] = type << 1;
  nal[1] = 1;
  nal[2] = first ? 0x88 : 0x48;
  return nal;
};

export const aggregate = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([48 << 1, 1]), ...nals.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])]);

export const fragments = (nal: Buffer, pieceBytes: number): Buffer[] => {
  const [first = 0, second = 0] = nal;
  const pieces: Buffer[] = [];
  for (let at = 2; at < nal.length; at += pieceBytes) {
    const end = Math.min(nal.length, at + pieceBytes);
    const flags = (at === 2 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    pieces.push(Buffer.concat([Buffer.from([(first & 0x81) | (49 << 1), second, flags | ((first >> 1) & 0x3f)]), nal.subarray(at, end)]));
  }
  return pieces;
};
