/** A key picture as the recorder hands it over (NAL units with lengths, parameter sets apart) as the byte stream that decoders read. Pure. */

const startCode = Buffer.from([0, 0, 0, 1]);

export class PictureUnreadable extends Error {}

const cut = (bytes: Buffer, from: number, length: number): Buffer => {
  if (length === 0 || from + length > bytes.length) throw new PictureUnreadable('a length points past the end');
  return bytes.subarray(from, from + length);
};

/** Sets of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). */
const avcSets = (record: Buffer): Buffer[] => {
  const sets: Buffer[] = [];
  let position = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = (record[position] ?? 0) & mask;
    position += 1;
    for (let i = 0; i < count; i += 1) {
      if (position + 2 > record.length) throw new PictureUnreadable('parameter sets are cut off');
      const length = record.readUInt16BE(position);
      sets.push(cut(record, position + 2, length));
      position += 2 + length;
    }
  }
  return sets;
};

/** Sets of an HEVCDecoderConfigurationRecord (8.3.3.1). */
const hevcSets = (record: Buffer): Buffer[] => {
  const sets: Buffer[] = [];
  let position = 23;
  for (let array = record[22] ?? 0; array > 0; array -= 1) {
    if (position + 3 > record.length) throw new PictureUnreadable('parameter sets are cut off');
    const count = record.readUInt16BE(position + 1);
    position += 3;
    for (let i = 0; i < count; i += 1) {
      if (position + 2 > record.length) throw new PictureUnreadable('parameter sets are cut off');
      const length = record.readUInt16BE(position);
      sets.push(cut(record, position + 2, length));
      position += 2 + length;
    }
  }
  return sets;
};

const unitsOf = (picture: Buffer): Buffer[] => {
  const units: Buffer[] = [];
  for (let position = 0; position + 4 <= picture.length; ) {
    const length = picture.readUInt32BE(position);
    units.push(cut(picture, position + 4, length));
    position += 4 + length;
  }
  if (units.length === 0) throw new PictureUnreadable('no unit in it');
  return units;
};

export interface KeyPicture {
  /** RFC 6381 */
  codec: string;
  decoderConfig: Buffer;
  /** NAL units with four-byte lengths. */
  units: Buffer;
}

export const isHevc = (codec: string): boolean => /^h(vc|ev)1/.test(codec);

export const byteStreamOf = ({ codec, decoderConfig, units }: KeyPicture): Buffer => {
  const sets = isHevc(codec) ? hevcSets(decoderConfig) : avcSets(decoderConfig);
  return Buffer.concat([...sets, ...unitsOf(units)].flatMap((unit) => [startCode, unit]));
};
