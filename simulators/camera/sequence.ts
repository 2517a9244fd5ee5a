/** What a frozen picture and the SDP need to know from a sequence parameter set (H.264 7.3.2.1). */
import { BitReader, BitWriter, escapeRbsp, unescapeRbsp } from './h264.ts';

export interface Sequence {
  profile: number;
  width: number;
  height: number;
  macroblocks: number;
  frameNumBits: number;
  pictureOrderType: number;
}

const highProfiles = new Set([44, 83, 86, 100, 110, 118, 122, 128, 138, 244]);

export const sequenceOf = (sps: Uint8Array): Sequence => {
  const r = new BitReader(unescapeRbsp(sps.subarray(1)));
  const profile = r.bits(8);
  r.bits(16); // constraint flags, level
  r.ue(); // seq_parameter_set_id
  if (highProfiles.has(profile)) {
    if (r.ue() === 3) r.bits(1);
    r.ue();
    r.ue();
    r.bits(1);
    if (r.bits(1) === 1) throw new Error('scaling matrices are not supported in simulated loops');
  }
  const frameNumBits = r.ue() + 4;
  const pictureOrderType = r.ue();
  if (pictureOrderType === 0) r.ue();
  if (pictureOrderType === 1) throw new Error('picture order type 1 is not supported in simulated loops');
  r.ue(); // max_num_ref_frames
  r.bits(1);
  const across = r.ue() + 1;
  const down = r.ue() + 1;
  if (r.bits(1) === 0) throw new Error('interlaced loops are not supported');
  r.bits(1);
  const crop = r.bits(1) === 1 ? { left: r.ue(), right: r.ue(), top: r.ue(), bottom: r.ue() } : { left: 0, right: 0, top: 0, bottom: 0 };
  return {
    profile,
    frameNumBits,
    pictureOrderType,
    macroblocks: across * down,
    width: across * 16 - 2 * (crop.left + crop.right),
    height: down * 16 - 2 * (crop.top + crop.bottom),
  };
};

/** A second picture parameter set (id 1) with CAVLC, in which "every macroblock as before" is a handful of bits. */
export const skipParameterSet = (): Buffer => {
  const rbsp = new BitWriter()
    .ue(1) // pic_parameter_set_id
    .ue(0) // seq_parameter_set_id
    .bits(0, 1) // CAVLC
    .bits(0, 1)
    .ue(0) // one slice group
    .ue(0)
    .ue(0)
    .bits(0, 1)
    .bits(0, 2)
    .se(0)
    .se(0)
    .se(0)
    .bits(0, 1) // no deblocking control
    .bits(0, 1)
    .bits(0, 1)
    .end();
  return Buffer.concat([Buffer.from([0x68]), escapeRbsp(rbsp)]);
};

/** A P picture that repeats the one before it exactly: what a camera with a frozen sensor sends. `frameNum` counts from the key picture. */
export const skippedPicture = (sequence: Sequence, frameNum: number): Buffer => {
  const w = new BitWriter()
    .ue(0) // first_mb_in_slice
    .ue(5) // P, the whole picture
    .ue(1) // our parameter set
    .bits(frameNum % 2 ** sequence.frameNumBits, sequence.frameNumBits);
  if (sequence.pictureOrderType === 0) throw new Error('a frozen picture needs a loop without B pictures');
  w.bits(0, 1) // num_ref_idx_active_override_flag
    .bits(0, 1) // ref_pic_list_modification_flag
    .bits(0, 1) // adaptive_ref_pic_marking_mode_flag
    .se(0) // slice_qp_delta
    .ue(sequence.macroblocks); // mb_skip_run
  return Buffer.concat([Buffer.from([0x41]), escapeRbsp(w.end())]);
};
