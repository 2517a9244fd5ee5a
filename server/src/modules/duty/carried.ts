/** What goes over to the next shift: alarms put aside, tasks that wait, faults that are open. Shown before the signing, and written into the log that is signed. */
import type { Sentence } from '../../base/refusal.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import { note } from './commands/write-log.ts';
import type { DutyContext, Place } from './context.ts';
import { openThreads } from './thread-store.ts';

export const carriedOver = async (context: DutyContext, db: Db, { siteId, roomId }: Place): Promise<readonly Sentence[]> => {
  const faults = (await openThreads(db, roomId)).filter(({ kind }) => kind !== 'serious').map(({ kind, what }): Sentence => (kind === 'fault' ? { zh: `故障未修复：${what}`, en: `Fault open: ${what}` } : { zh: `隐患未消除：${what}`, en: `Hazard open: ${what}` }));
  return [...(await context.carried(db, { siteId, roomId }, context.clock.now())), ...faults];
};

/** Under the lock of the log, before the signing: each a line of its own. */
export const writeCarried = async (context: DutyContext, tx: Tx, place: Place): Promise<void> => {
  const { siteId, roomId } = place;
  for (const one of await carriedOver(context, tx, place)) {
    const text = { zh: `移交下一班：${one.zh}`, en: `For the next shift: ${one.en}` };
    await note(context, tx, { siteId, roomId }, { type: 'message', text, eventAt: context.clock.now(), actor: serverActor, source: 'system' });
  }
};
