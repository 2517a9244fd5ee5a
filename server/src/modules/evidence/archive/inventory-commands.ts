/** A count of the archive, and the change of who keeps it: who has it counts everything and signs, the next takes it over by that count. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-archive.ts';
import { newId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { actorOf, questions as people, requireStepUp, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { insertAct, keptItems, lockArchive } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { takenOverByCount } from './controls.ts';
import { archiveEvents as events } from './events.ts';
import { countedItems, custodiansOf, insertCustodian, insertInventory, inventoriesOf, type CountedInventory } from './inventory-store.ts';
import type { Item } from './item.ts';
import { alteredFiles } from './item-files.ts';
import { archiveRefusals as refuse } from './refusals.ts';
import { custodianRoles } from './verbs.ts';

type Asked = z.output<(typeof contract.takeInventory)['body']>;
const ofField = (path: string, ...values: Parameters<typeof refuse>): Refusal => refuse(values[0], values[1], { fields: [{ path, ...refuse(values[0], values[1]).sentence }] });

const requireNext = async (context: ArchiveContext, tx: Tx, caller: Caller, nextId: string | null): Promise<void> => {
  if (nextId === null) return;
  const custodian = (await custodiansOf(tx, caller.roomId)).at(-1);
  if (custodian?.personId !== caller.personId) throw refuse('count_by_custodian');
  // Both hands of a change are proven, not those of whoever found a window open.
  requireStepUp(caller, context.clock.now());
  const able = await people.peopleWithRoles(tx, caller, [...custodianRoles], context.clock.now());
  if (nextId === caller.personId || !able.some(({ personId }) => personId === nextId)) throw ofField('nextCustodianId', 'next_unknown');
};

const requireEvery = (kept: readonly Item[], lines: Asked['lines']): void => {
  const named = new Set(lines.map(({ itemId }) => itemId));
  const missing = kept.filter(({ itemId }) => !named.has(itemId)).length;
  const more = lines.length - (kept.length - missing);
  if (missing > 0 || more !== 0) throw ofField('lines', 'count_incomplete', { missing, more });
};

export const takeInventory = async (context: ArchiveContext, caller: Caller, asked: Asked): Promise<z.input<(typeof contract.takeInventory)['response']>> => {
  // Reading every file takes its time: not inside the transaction.
  const altered = new Map<string, readonly string[]>();
  for (const one of await keptItems(context.database.db, caller.roomId)) altered.set(one.itemId, await alteredFiles(context, one));
  return context.database.transaction(async (tx) => {
    const { siteId, roomId, personId, name } = caller;
    await lockArchive(tx, roomId);
    await requireNext(context, tx, caller, asked.nextCustodianId);
    const kept = await keptItems(tx, roomId);
    requireEvery(kept, asked.lines);
    const now = context.clock.now();
    const inventoryId = newId('evn', context.clock);
    const lines = kept.map((one) => {
      const said = asked.lines.find(({ itemId }) => itemId === one.itemId);
      return { one, itemId: one.itemId, found: said?.found === true, intact: (altered.get(one.itemId) ?? []).length === 0, note: said?.note ?? '' };
    });
    const listSha256 = createHash('sha256').update(lines.map(({ one, found, intact }) => `${one.number} ${found ? 'found' : 'missing'} ${intact ? 'intact' : 'altered'} ${one.sha256}\n`).join('')).digest('hex');
    await insertInventory(tx, { inventoryId, siteId, roomId, takenBy: personId, takenAt: now, nextCustodianId: asked.nextCustodianId, listSha256, note: asked.note }, lines);
    for (const { itemId, found, note } of lines) await insertAct(tx, itemId, { act: found ? 'counted' : 'missing', at: now, by: personId, note });
    const missing = lines.filter(({ found }) => !found).map(({ one }) => one.number);
    const changed = lines.filter(({ intact }) => !intact).map(({ one }) => one.number);
    const next = asked.nextCustodianId === null ? '' : ((await people.personNames(tx, [asked.nextCustodianId])).get(asked.nextCustodianId) ?? '');
    await context.ledger.append(tx, { event: events.counted, siteId, roomId, actor: actorOf(caller), subject: inventoryId, at: now, body: { inventoryId, name, next, items: lines.length, missing, altered: changed, listSha256, note: asked.note } });
    return { inventoryId, missing, altered: changed, listSha256 };
  });
};

/** Counts by which this person may take the archive over: taken for them since the last change. */
export const countsFor = (inventories: readonly CountedInventory[], personId: string, since: number): CountedInventory[] => inventories.filter(({ nextCustodianId, takenAt }) => nextCustodianId === personId && takenAt >= since);

const latest = 50;

export const takeOver = async (context: ArchiveContext, tx: Tx, caller: Caller, inventoryId: string | null): Promise<void> => {
  const { siteId, roomId, personId, name } = caller;
  await lockArchive(tx, roomId);
  const custodian = (await custodiansOf(tx, roomId)).at(-1) ?? null;
  if (custodian?.personId === personId) throw refuse('takeover_needs_count');
  const count = custodian === null ? null : (countsFor(await inventoriesOf(tx, roomId, latest), personId, custodian.since).find((one) => one.inventoryId === inventoryId) ?? null);
  requireStepUp(caller, context.clock.now());
  takenOverByCount.refuse(() => (custodian !== null && count === null ? refuse('takeover_needs_count') : null));
  const kept = (await keptItems(tx, roomId)).map(({ itemId }) => itemId).sort();
  const counted = count === null ? kept : await countedItems(tx, count.inventoryId);
  takenOverByCount.refuse(() => (kept.join() === [...counted].sort().join() ? null : refuse('count_outdated')));
  const now = context.clock.now();
  const by = count?.inventoryId ?? null;
  await insertCustodian(tx, roomId, { personId, inventoryId: by, since: now });
  await context.ledger.append(tx, { event: events.takenOver, siteId, roomId, actor: actorOf(caller), subject: roomId, at: now, body: { inventoryId: by, name, listSha256: count?.listSha256 ?? null } });
};
