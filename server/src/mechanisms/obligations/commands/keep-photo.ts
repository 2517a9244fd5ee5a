/** Keeps a photo for an item of a form: durable under its hash before the row that names it. */
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { appendAbout, type ObligationsContext } from '../context.ts';
import { photoKept } from '../events.ts';
import { insertPhoto, photosOf } from '../evidence-store.ts';
import { maySubmit } from '../obligation.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { findObligation } from '../store.ts';

const largestBytes = 8 * 1024 * 1024;
const mostPhotos = 120;

const contentTypeOf = (bytes: Buffer): 'image/jpeg' | 'image/png' | null => {
  if (bytes.length < 12) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  return bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ? 'image/png' : null;
};

export const keepPhotoOf = async (context: ObligationsContext, caller: Caller, obligationId: string, form: { field: string; picture: string }): Promise<{ sha256: string; sizeBytes: number }> => {
  const one = await findObligation(context.database.db, caller.roomId, obligationId);
  if (one === null) throw refuse('unknown');
  const refusal = maySubmit(one, caller, null);
  // Who lost the race may still put the photos in: they are kept, and the form says who was first.
  if (refusal !== null && refusal.code !== 'obligations.already_submitted') throw refusal;
  if (!one.fields.includes(form.field)) throw refuse('photo_unknown');
  const bytes = Buffer.from(form.picture, 'base64');
  const contentType = contentTypeOf(bytes);
  if (contentType === null || bytes.length > largestBytes) throw refuse('photo_not_picture');
  if ((await photosOf(context.database.db, obligationId)).length >= mostPhotos) throw refuse('photo_not_picture');
  const sha256 = await context.blobs.put(bytes);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const isNew = await insertPhoto(tx, obligationId, { field: form.field, sha256, contentType, sizeBytes: bytes.length }, { at: now, by: caller.personId });
    if (isNew) await appendAbout(context, tx, one, { event: photoKept, actor: actorOf(caller), at: now, body: { field: form.field, sha256, sizeBytes: bytes.length } });
  });
  return { sha256, sizeBytes: bytes.length };
};

/** A name for a file that is being written. */
export const temporaryName = (context: Pick<ObligationsContext, 'clock'>): string => newId('tmp', context.clock);
