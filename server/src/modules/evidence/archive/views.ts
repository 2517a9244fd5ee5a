/** Wide reads of the archive: the list, one item, the form, who keeps it. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-archive.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { stateOf as packageState } from '../copies/copy.ts';
import { findPackage, listPackages } from '../copies/copy-store.ts';
import { longestHours } from '../limits.ts';
import { findRequest } from '../store.ts';
import { namesOf, type Names } from '../views.ts';
import { countItems, itemOfPackage, keptItems, listItems, type ItemFilter } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { foundByIndex } from './controls.ts';
import { mostReceivedBytes } from './file-item.ts';
import { countsFor } from './inventory-commands.ts';
import { countedItems, custodiansOf, inventoriesOf } from './inventory-store.ts';
import { destructionBegun, isAnswered, isHeld, isOverdue, mayAnswer, mayCarryOut, mayDescribe, mayOpen, mayOrder, mayRelease, mayReturn, missingOf, returnByOf, stateOf, type Item, type Standing } from './item.ts';
import { requireItem, standings } from './order-commands.ts';
import { custodianRoles } from './verbs.ts';

type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;
export type Row = z.input<typeof contract.ArchiveItemRow>;
const hundred = 100;

export const custodianName = async (db: Db, roomId: string): Promise<string> => {
  const custodian = (await custodiansOf(db, roomId)).at(-1);
  return custodian === undefined ? '' : ((await people.personNames(db, [custodian.personId])).get(custodian.personId) ?? '');
};

export const rowOf = (one: Item, names: Names, custodian: string, now: number): Row => ({
  itemId: one.itemId, number: one.number, source: one.source, class: one.class, caseNumber: one.caseNumber, title: one.title, words: one.words, place: one.place, camera: [...new Set(one.files.map(({ camera }) => camera))].filter((camera) => camera !== '').join('、'),
  from: one.from, until: one.until, state: stateOf(one), held: isHeld(one), overdue: isOverdue(one, now), returnBy: returnByOf(one), custodian, keepUntil: one.keepUntil, sha256: one.sha256, sizeBytes: one.sizeBytes, files: one.files.length,
  filedBy: names.get(one.filedBy) ?? '', filedAt: one.filedAt, missing: stateOf(one) === 'destroyed' ? [] : [...missingOf(one, custodian)],
});

const pageRows = 50;
const can = (caller: Caller, verbs: Readonly<Record<string, string>>): Record<string, true | Sentence> => Object.fromEntries(Object.entries(verbs).map(([name, verb]) => [name, caller.can(verb)]));

export const listView = async (context: ArchiveContext, caller: Caller, query: z.output<typeof contract.archiveList.query>): Promise<Answer<typeof contract.archiveList>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const custodian = await custodianName(db, caller.roomId);
  const base = { roomId: caller.roomId, noCustodian: custodian === '', now };
  const filter: ItemFilter = { ...base, list: query.list, search: query.search, class: query.class, state: query.state };
  const total = await countItems(db, filter);
  const found = await listItems(db, filter, pageRows, (query.page - 1) * pageRows);
  const rows = foundByIndex.find(() => found);
  const names = await namesOf(db, rows.map(({ filedBy }) => filedBy));
  const [all, incomplete, overdue] = [await countItems(db, base), await countItems(db, { ...base, list: 'incomplete' }), await countItems(db, { ...base, list: 'overdue' })];
  const listed = rows.map((one) => rowOf(one, names, custodian, now));
  return {
    items: query.list === 'incomplete' ? listed.filter(({ missing }) => missing.length > 0) : listed, total, page: query.page, pages: Math.max(1, Math.ceil(total / pageRows)),
    counts: { all, incomplete, overdue, completePercent: all === 0 ? null : Math.round(((all - incomplete) / all) * hundred * 10) / 10 },
    can: can(caller, { file: 'evidence.archive.file', keep: 'evidence.archive.keep', register: 'evidence.archive.register' }), now,
  };
};

const packagesBack = 366 * 86_400_000;
const mostPackages = 100;

/** Copies that were made, are still here, and are not filed yet. */
const packagesToFile = async (db: Db, roomId: string, now: number) => {
  const list = [];
  for (const pack of await listPackages(db, { roomId, from: now - packagesBack, until: now + 1, state: 'ready' }, mostPackages, 0)) {
    if (packageState(pack) !== 'ready' || (await itemOfPackage(db, pack.packageId)) !== null) continue;
    list.push({ packageId: pack.packageId, number: pack.number, request: (await findRequest(db, roomId, pack.requestId))?.number ?? '' });
  }
  return list;
};

export const formView = async (context: ArchiveContext, caller: Caller): Promise<Answer<typeof contract.archiveForm>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const permanent = (await context.rules(db, caller, now)).text('archive_retention') === 'permanent';
  return { cameras: [...(await context.cameras(db, caller.roomId))], packages: await packagesToFile(db, caller.roomId, now), longestHours, mostBytes: mostReceivedBytes, permanent, now };
};

export const custodyOf = (one: Item, names: Names): z.input<typeof contract.ArchiveCustody>[] =>
  one.acts.map(({ number, act, at, by, orderId, to, note, signatureSha256 }) => ({ number, act, at, by: by === 'server' ? '' : (names.get(by) ?? ''), order: one.orders.find((order) => order.orderId === orderId)?.how ?? null, to, note, signatureSha256 }));

export const ordersOf = async (db: Db, orders: readonly Standing[]): Promise<z.input<typeof contract.ArchiveOrder>[]> => {
  const list = [];
  for (const { order, state } of orders) {
    const approval = await approvalsNow.get(db, order.approvalId);
    const agreed = (approval?.signatures ?? []).filter(({ decision }) => decision === 'approve');
    const names = await namesOf(db, [order.askedBy, ...agreed.map(({ personId }) => personId)]);
    const { orderId, how, approvalId, reason, receiver, place, content, paper, returnBy, askedAt } = order;
    const validUntil = approval !== null && 'validUntil' in approval.state ? approval.state.validUntil : null;
    list.push({ orderId, how, state, approvalId, reason, receiver, place, content, paper, returnBy, askedBy: names.get(order.askedBy) ?? '', askedAt, approvers: agreed.map(({ personId, signedAt }) => ({ name: names.get(personId) ?? '', at: signedAt })), validUntil });
  }
  return list;
};

const allowed = (caller: Caller, verb: string, answer: Refusal | Standing | null): true | Sentence => {
  const byRole = caller.can(verb);
  return byRole !== true ? byRole : answer instanceof Refusal ? answer.sentence : true;
};

const mayDo = (caller: Caller, one: Item, orders: readonly Standing[]): Record<string, true | Sentence> => {
  const carry = (how: 'lend' | 'transfer' | 'publish' | 'destroy') => allowed(caller, 'evidence.archive.carry_out', mayCarryOut(one, how, orders, caller.personId));
  return {
    describe: allowed(caller, 'evidence.archive.file', mayDescribe(one)), release: allowed(caller, 'evidence.archive.release', mayRelease(one)), answer: allowed(caller, 'evidence.archive.file', mayAnswer(one)), ask: allowed(caller, 'evidence.archive.ask', mayOrder(one)),
    open: allowed(caller, 'evidence.archive.open', mayOpen(one, orders, caller.personId)), lend: carry('lend'), transfer: carry('transfer'), publish: carry('publish'), destroy: carry('destroy'), return: allowed(caller, 'evidence.archive.carry_out', mayReturn(one)),
  };
};

export const itemView = async (context: ArchiveContext, caller: Caller, itemId: string): Promise<Answer<typeof contract.archiveItem>> => {
  const { db } = context.database;
  const one = await requireItem(db, caller.roomId, itemId);
  const now = context.clock.now();
  const orders = await standings(db, one, now);
  const names = await namesOf(db, [one.filedBy, ...one.acts.map(({ by }) => by).filter((by) => by !== 'server')]);
  const pack = one.packageId === null ? null : await findPackage(db, caller.roomId, one.packageId);
  const open = orders.find(({ order, state }) => order.how === 'destroy' && state === 'granted');
  const begun = open === undefined ? null : destructionBegun(one, open.order.orderId);
  const place = await people.place(db);
  return {
    ...rowOf(one, names, await custodianName(db, caller.roomId), now), giver: one.giver, giverContact: one.giverContact, replyBy: one.replyBy, answered: isAnswered(one), package: pack?.number ?? null, requestId: pack?.requestId ?? null, gaps: [...one.gaps],
    fileList: one.files.map(({ number, name, camera, from, until, sizeBytes, sha256 }) => ({ number, name, camera, from, until, sizeBytes, sha256 })), custody: custodyOf(one, names), orders: await ordersOf(db, orders),
    destruction: begun === null ? null : { by: names.get(begun.by) ?? '', at: begun.at }, can: mayDo(caller, one, orders), room: place?.room.name ?? '', unit: place?.site.name ?? '', now,
  };
};

const shownCounts = 20;

export const custodyView = async (context: ArchiveContext, caller: Caller): Promise<Answer<typeof contract.archiveCustody>> => {
  const { db } = context.database;
  const { roomId, personId } = caller;
  const now = context.clock.now();
  const custodians = await custodiansOf(db, roomId);
  const inventories = await inventoriesOf(db, roomId, shownCounts);
  const names = await namesOf(db, [...custodians.map((one) => one.personId), ...inventories.flatMap(({ takenBy, nextCustodianId }) => [takenBy, nextCustodianId])]);
  const last = custodians.at(-1) ?? null;
  const kept = await keptItems(db, roomId);
  const standing = kept.map(({ itemId }) => itemId).sort().join();
  let takeOver: string | null = null;
  for (const { inventoryId } of last === null || last.personId === personId ? [] : countsFor(inventories, personId, last.since)) {
    if ((await countedItems(db, inventoryId)).sort().join() === standing) takeOver ??= inventoryId;
  }
  const able = await people.peopleWithRoles(db, caller, [...custodianRoles], now);
  return {
    custodian: last === null ? null : { personId: last.personId, name: names.get(last.personId) ?? '' }, since: last?.since ?? null, history: custodians.map((one) => ({ name: names.get(one.personId) ?? '', since: one.since, byCount: one.inventoryId !== null })),
    inventories: inventories.map(({ inventoryId, takenBy, takenAt, nextCustodianId, items, missing, altered, listSha256, note }) => ({
      inventoryId, takenBy: names.get(takenBy) ?? '', takenAt, next: nextCustodianId === null ? null : (names.get(nextCustodianId) ?? ''), takenOver: custodians.some((one) => one.inventoryId === inventoryId), items, missing, altered, listSha256, note,
    })),
    toCount: kept.map(({ itemId, number, title, place }) => ({ itemId, number, title, place })), candidates: able.filter((one) => one.personId !== last?.personId).map((one) => ({ personId: one.personId, name: one.name })),
    takeOver, can: can(caller, { keep: 'evidence.archive.keep' }), now,
  };
};
