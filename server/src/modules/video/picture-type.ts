/** What a picture is by its first bytes, and how large it is drawn. */
import { refuse } from './errors.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);

export const pictureTypeOf = (picture: Buffer): 'image/jpeg' | 'image/png' => {
  if (picture.subarray(0, jpeg.length).equals(jpeg)) return 'image/jpeg';
  if (picture.subarray(0, png.length).equals(png)) return 'image/png';
  throw refuse('picture_wrong');
};

const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const jpegSize = (picture: Buffer): { width: number; height: number } | null => {
  for (let offset = 2; offset + 9 < picture.length; ) {
    if (picture[offset] !== 0xff) return null;
    const marker = picture[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1; // fill byte
      continue;
    }
    if (isFrameHeader(marker)) return { height: picture.readUInt16BE(offset + 5), width: picture.readUInt16BE(offset + 7) };
    offset += 2 + picture.readUInt16BE(offset + 2);
  }
  return null;
};

/** Pixels, from the header alone; a picture that hides its size is refused. */
export const pictureSizeOf = (picture: Buffer): { width: number; height: number } => {
  const size = pictureTypeOf(picture) === 'image/png' ? (picture.length >= 24 ? { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) } : null) : jpegSize(picture);
  if (size === null || size.width < 1 || size.height < 1 || size.width > 20_000 || size.height > 20_000) throw refuse('picture_wrong');
  return size;
};
