/** The picture worker: a process of its own, so that a picture that kills a decoder kills nothing else. One question, one answer. */
import { examine, type Examined } from './examine.ts';
import type { KeyPicture } from './byte-stream.ts';

process.on('message', (picture: KeyPicture) => {
  const whole: KeyPicture = { codec: picture.codec, decoderConfig: Buffer.from(picture.decoderConfig), units: Buffer.from(picture.units) };
  examine(whole)
    .catch((error: unknown): Examined => ({ outcome: 'unreadable', detail: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send?.(answer))
    .catch(() => process.exit(1));
});
process.once('disconnect', () => process.exit(0));
