/** Attachments: kept under their hash before the request that names them; only who put a file in may attach it. */
import { createHash } from 'node:crypto';
import { dayMs } from '../../../base/units.ts';
import { at, moment, type Tx } from '../../../platform/postgres/db.ts';
import { BlobAltered } from '../../../platform/blobs/disk-blobs.ts';
import type { Bytes } from '../../../platform/http/route.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ApprovalCase, Attachment } from '../case.ts';
import type { ApprovalsContext } from '../context.ts';
import { events } from '../events.ts';
import { tables } from '../load.ts';
import { approvalsRefusals as no } from '../refusals.ts';

const largestBytes = 10 * 1024 * 1024;
const mostADay = 60;

const startsWith = (bytes: Buffer, ...start: number[]): boolean => start.every((byte, index) => bytes[index] === byte);

/** By the beginning of the bytes, whatever the name says: nothing that a browser would run. */
const contentTypeOf = (bytes: Buffer, name: string): string | null => {
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (!startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return null;
  if (/\.docx$/i.test(name)) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  return /\.xlsx$/i.test(name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : null;
};

export const keepFile = async (context: ApprovalsContext, caller: Caller, form: { name: string; content: string }): Promise<Attachment> => {
  const bytes = Buffer.from(form.content, 'base64');
  const contentType = contentTypeOf(bytes, form.name);
  if (contentType === null || bytes.length > largestBytes) throw no('file_kind');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { personId, siteId, roomId } = caller;
  const since = moment(context.clock.now() - dayMs);
  const { count } = await tables(context.database.db).selectFrom('approvals.files').select((eb) => eb.fn.countAll<number>().as('count')).where('person_id', '=', personId).where('kept_at', '>', since).executeTakeFirstOrThrow();
  if (count >= mostADay) throw no('files_many');
  await context.blobs.put(bytes);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const kept = await tables(tx).insertInto('approvals.files').values({ sha256, person_id: personId, content_type: contentType, size_bytes: bytes.length, kept_at: at(now) })
      .onConflict((conflict) => conflict.columns(['sha256', 'person_id']).doNothing()).returning('sha256').executeTakeFirst();
    if (kept !== undefined) await context.ledger.append(tx, { event: events.fileKept, siteId, roomId, actor: actorOf(caller), subject: sha256, at: now, body: { sha256, sizeBytes: bytes.length, contentType } });
  });
  return { name: form.name, sha256, sizeBytes: bytes.length };
};

/** Refuses what this person did not put in, or with another size. */
export const requireFiles = async (tx: Tx, personId: string, attachments: readonly Attachment[]): Promise<void> => {
  for (const { name, sha256, sizeBytes } of attachments) {
    const row = await tables(tx).selectFrom('approvals.files').select('size_bytes').where('sha256', '=', sha256).where('person_id', '=', personId).executeTakeFirst();
    if (row === undefined || row.size_bytes !== sizeBytes) throw no('file_unknown', { name });
  }
};

const nameInHeader = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Of a request that the caller may see; the bytes are checked against their hash as they are read. */
export const fileOf = async (context: ApprovalsContext, one: ApprovalCase, sha256: string): Promise<Bytes> => {
  const attachment = one.attachments.find((file) => file.sha256 === sha256);
  if (attachment === undefined) throw no('file_unknown', { name: sha256.slice(0, 8) });
  const row = await tables(context.database.db).selectFrom('approvals.files').select('content_type').where('sha256', '=', sha256).executeTakeFirst();
  const bytes = await context.blobs.get(sha256).catch((error: unknown) => {
    if (!(error instanceof BlobAltered)) throw error;
    return null;
  });
  if (bytes === null || row === undefined) {
    context.log.error('an attachment of a request is gone or altered', { approvalId: one.approvalId, sha256 });
    throw no('file_lost');
  }
  return { contentType: row.content_type, body: bytes, headers: { 'content-disposition': nameInHeader(attachment.name), 'x-content-sha256': sha256, 'x-content-type-options': 'nosniff' } };
};
