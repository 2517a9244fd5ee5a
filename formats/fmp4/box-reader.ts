/** Reads ISO 14496-12 boxes from bytes that nobody vouches for: every length is checked against what contains it. */

export interface Box {
  type: string;
  /** Offset of the box itself and of its content within the bytes given. */
  start: number;
  contentStart: number;
  end: number;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const fourCharacters = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);

/** Type and size of the box that starts at `at`; null when its head is not whole or its size cannot be. Vigil writes no 64-bit sizes, but reads them. */
export const boxHead = (bytes: Uint8Array, at: number): { type: string; size: number; headBytes: number } | null => {
  if (at + 8 > bytes.length) return null;
  const view = viewOf(bytes);
  const size = view.getUint32(at);
  const type = fourCharacters(bytes, at + 4);
  if (size !== 1) return size < 8 ? null : { type, size, headBytes: 8 };
  if (at + 16 > bytes.length) return null;
  const large = view.getUint32(at + 8) * 0x1_0000_0000 + view.getUint32(at + 12);
  return large < 16 || !Number.isSafeInteger(large) ? null : { type, size: large, headBytes: 16 };
};

/** The boxes directly inside [from, until); stops at the first that is not whole. */
export const childBoxes = (bytes: Uint8Array, from: number, until: number): Box[] => {
  const found: Box[] = [];
  let at = from;
  while (at < until) {
    const head = boxHead(bytes, at);
    if (head === null || at + head.size > until) break;
    found.push({ type: head.type, start: at, contentStart: at + head.headBytes, end: at + head.size });
    at += head.size;
  }
  return found;
};

export const childBox = (bytes: Uint8Array, inside: Box, type: string): Box | null =>
  childBoxes(bytes, inside.contentStart, inside.end).find((box) => box.type === type) ?? null;

export const u64At = (bytes: Uint8Array, at: number): number => {
  const view = viewOf(bytes);
  return view.getUint32(at) * 0x1_0000_0000 + view.getUint32(at + 4);
};
