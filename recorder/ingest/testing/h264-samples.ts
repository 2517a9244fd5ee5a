/** Small H.264 pieces for tests: real parameter sets (x264) and slices that have only what the depacketizer looks at. */
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** 640×360, 12 frames a second by its VUI, baseline (x264 under GStreamer). */
export const sps640x360 = bytes('67 42 c0 16 da 02 80 bf e5 c0 5a 83 03 03 52 80 00 00 03 00 80 00 00 0c 47 8b 17 50');
export const pps = bytes('68 ce 3c 80');
/** 1280×720, high profile, 15 frames a second. */
export const sps1280x720 = Buffer.from('Z2QAH6y0AoAt2AiAAAADAIAAAA8HjBlQ', 'base64');

/** A slice of `size` bytes; `first`: it starts the picture. */
export const slice = (type: 1 | 5, first: boolean, size: number, fill = 0xab): Buffer => {
  const nal = Buffer.alloc(size, fill);
  nal[0] = 0x60 | type;
  nal[1] = first ? 0x88 : 0x48;
  return nal;
};

export interface Packet {
  payload: Buffer;
  marker: boolean;
  timestamp: number;
}

export const aggregate = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0x78]), ...nals.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])]);

export const fragments = (nal: Buffer, pieceBytes: number): Buffer[] => {
  const header = nal[0] ?? 0;
  const pieces: Buffer[] = [];
  for (let at = 1; at < nal.length; at += pieceBytes) {
    const end = Math.min(nal.length, at + pieceBytes);
    const flags = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    pieces.push(Buffer.concat([Buffer.from([(header & 0xe0) | 28, flags | (header & 0x1f)]), nal.subarray(at, end)]));
  }
  return pieces;
};

export const avcc = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
