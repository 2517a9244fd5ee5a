/** What somebody began to ask for and has not sent: kept on the server until it is, thrown away after the room's days. Only they see it. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/approvals.ts';
import { newId } from '../../../base/ids.ts';
import { at, moment, type Tx } from '../../../platform/postgres/db.ts';
import type { Caller } from '../../identity/index.ts';
import type { ApprovalsContext } from '../context.ts';
import { tables } from '../load.ts';
import { approvalsRefusals as no } from '../refusals.ts';

const most = 50;

export const saveDraft = (context: ApprovalsContext, caller: Caller, form: z.output<(typeof contract.saveDraft)['body']>): Promise<{ draftId: string; keptUntil: number }> =>
  context.database.transaction(async (tx) => {
    const kind = context.kindOf(form.kind);
    if (kind?.fields === undefined) throw no('kind_unknown', { kind: form.kind });
    const { personId, siteId, roomId } = caller;
    const now = context.clock.now();
    const { draftMs } = await context.limits(tx, caller, now);
    const content = { kind: form.kind, content: JSON.stringify(form.content), reason: form.reason, attachments: JSON.stringify(form.attachments), changed_at: at(now) };
    if (form.draftId !== null) {
      const changed = await tables(tx).updateTable('approvals.drafts').set(content).where('draft_id', '=', form.draftId).where('person_id', '=', personId).returning('draft_id').executeTakeFirst();
      if (changed === undefined) throw no('draft_unknown');
      return { draftId: form.draftId, keptUntil: now + draftMs };
    }
    const { count } = await tables(tx).selectFrom('approvals.drafts').select((eb) => eb.fn.countAll<number>().as('count')).where('person_id', '=', personId).executeTakeFirstOrThrow();
    if (count >= most) throw no('drafts_many', { count: most });
    const draftId = newId('drf', context.clock);
    await tables(tx).insertInto('approvals.drafts').values({ draft_id: draftId, person_id: personId, site_id: siteId, room_id: roomId, ...content }).execute();
    return { draftId, keptUntil: now + draftMs };
  });

/** False when there is none, or it is another's. */
export const dropDraft = async (tx: Tx, personId: string, draftId: string): Promise<boolean> =>
  (await tables(tx).deleteFrom('approvals.drafts').where('draft_id', '=', draftId).where('person_id', '=', personId).returning('draft_id').executeTakeFirst()) !== undefined;

export const viewDrafts = async (context: ApprovalsContext, caller: Caller): Promise<z.input<(typeof contract.drafts)['response']>> => {
  const { db } = context.database;
  const { draftMs } = await context.limits(db, caller, context.clock.now());
  const rows = await tables(db).selectFrom('approvals.drafts').selectAll().where('person_id', '=', caller.personId).where('room_id', '=', caller.roomId).orderBy('changed_at', 'desc').execute();
  return {
    drafts: rows.map((row) => ({
      draftId: row.draft_id, kind: row.kind, title: context.kindOf(row.kind)?.title ?? { zh: row.kind, en: row.kind }, content: row.content, reason: row.reason, attachments: row.attachments,
      changedAt: row.changed_at, keptUntil: row.changed_at + draftMs,
    })),
  };
};

/** Kept too long by the days of each room. */
export const purgeDrafts = async (context: ApprovalsContext): Promise<void> => {
  const { db } = context.database;
  const now = context.clock.now();
  const rooms = await tables(db).selectFrom('approvals.drafts').select(['room_id', 'site_id']).distinct().execute();
  for (const { room_id: roomId, site_id: siteId } of rooms) {
    const { draftMs } = await context.limits(db, { siteId, roomId }, now);
    await context.database.transaction(async (tx) => tables(tx).deleteFrom('approvals.drafts').where('room_id', '=', roomId).where('changed_at', '<', moment(now - draftMs)).execute());
  }
};
