/** What is done with an item: opened, lent, given back, transferred, published, destroyed; described, released, answered. Each is a link of its chain and a fact. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-archive.ts';
import { newId } from '../../../base/ids.ts';
import { Refusal } from '../../../base/refusal.ts';
import { hourMs } from '../../../base/units.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, requireStepUp, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { insertAct, insertDetails, insertOpening, lockArchive, overdueItems } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { classNamed, destroyedByOrder, lentOverdueFound } from './controls.ts';
import { archiveEvents as events } from './events.ts';
import { keepSignature } from './file-item.ts';
import { custodiansOf } from './inventory-store.ts';
import { actOf, destructionBegun, mayAnswer, mayCarryOut, mayDescribe, mayOpen, mayRelease, mayReturn, returnByOf, type Item, type Order } from './item.ts';
import { alteredFiles } from './item-files.ts';
import { archiveOverdue } from './notices.ts';
import { againstDestruction, requireItem, standings } from './order-commands.ts';
import { archiveRefusals as refuse } from './refusals.ts';

const held = async (tx: Tx, caller: Caller, itemId: string): Promise<Item> => {
  await lockArchive(tx, caller.roomId);
  return requireItem(tx, caller.roomId, itemId);
};
const requireNone = (refusal: Refusal | null): void => {
  if (refusal !== null) throw refusal;
};
const factOf = (caller: Caller, one: Item, at: number) => ({ siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject: one.itemId, at });
const aboutOf = ({ itemId, number }: Item) => ({ itemId, number });

/** The grant of the approval is put to use once, by whoever carries it out first. */
const useApproval = async (context: ArchiveContext, tx: Tx, caller: Caller, approvalId: string): Promise<void> => {
  const approval = await approvalsNow.get(tx, approvalId);
  if (approval?.state.name === 'approved') await context.approvals().use(tx, caller, approvalId);
};

/** Before the first byte. The files are read through before it, so that nothing is shown that is not what was filed. */
export const openItem = async (context: ArchiveContext, caller: Caller, itemId: string): Promise<z.input<(typeof contract.openItem)['response']>> => {
  const altered = await alteredFiles(context, await requireItem(context.database.db, caller.roomId, itemId));
  return context.database.transaction(async (tx) => {
    const one = await held(tx, caller, itemId);
    const now = context.clock.now();
    const right = mayOpen(one, await standings(tx, one, now), caller.personId);
    if (right instanceof Refusal) throw right;
    const [first] = altered;
    if (first !== undefined) throw refuse('file_altered', { name: first });
    const { orderId, approvalId } = right.order;
    await useApproval(context, tx, caller, approvalId);
    const openingId = newId('evv', context.clock);
    await insertOpening(tx, { openingId, itemId, orderId, personId: caller.personId, sessionId: caller.sessionId }, now);
    await insertAct(tx, itemId, { act: 'opened', at: now, by: caller.personId, orderId });
    await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.opened, body: { ...aboutOf(one), orderId, openingId, name: caller.name } });
    const approval = await approvalsNow.get(tx, approvalId);
    const validUntil = approval !== null && 'validUntil' in approval.state ? (approval.state.validUntil ?? now + hourMs) : now + hourMs;
    return { openingId, validUntil, files: one.files.map(({ number, name, camera, from, until, sizeBytes, sha256 }) => ({ number, name, camera, from, until, sizeBytes, sha256 })), watermark: `${caller.name} ${caller.staffNumber} · ${one.number}`.trim() };
  });
};

type CarryOut = z.output<(typeof contract.carryOut)['body']>;

/** The second of two persons ends it: the certificate is the fact, with every file and its hash. */
const destroy = async (context: ArchiveContext, tx: Tx, caller: Caller, one: Item, order: Order, note: string): Promise<boolean> => {
  const now = context.clock.now();
  const begun = destructionBegun(one, order.orderId);
  const fact = factOf(caller, one, now);
  if (begun === null) {
    await insertAct(tx, one.itemId, { act: 'destruction_begun', at: now, by: caller.personId, orderId: order.orderId, note });
    await context.ledger.append(tx, { ...fact, event: events.destructionBegun, body: { ...aboutOf(one), orderId: order.orderId, name: caller.name } });
    return false;
  }
  destroyedByOrder.refuse(() => (begun.by === caller.personId ? refuse('second_person') : null));
  const names = await people.personNames(tx, [begun.by]);
  await insertAct(tx, one.itemId, { act: 'destroyed', at: now, by: caller.personId, orderId: order.orderId, note });
  const files = one.files.map(({ number, name, sha256, sizeBytes }) => ({ number, name, sha256, sizeBytes }));
  const { orderId, approvalId } = order;
  await context.ledger.append(tx, { ...fact, event: events.destroyed, body: { ...aboutOf(one), orderId, approvalId, first: names.get(begun.by) ?? '', second: caller.name, note, sha256: one.sha256, files } });
  return true;
};

const moved = async (context: ArchiveContext, tx: Tx, caller: Caller, one: Item, order: Order, form: CarryOut): Promise<void> => {
  if (form.how !== 'publish' && form.to === '') throw refuse('receiver_needed', {}, { fields: [{ path: 'to', ...refuse('receiver_needed').sentence }] });
  if (form.how === 'transfer' && form.signature === '') throw refuse('signature_needed', {}, { fields: [{ path: 'signature', ...refuse('signature_needed').sentence }] });
  const now = context.clock.now();
  const signatureSha256 = await keepSignature(context, form.signature);
  const to = form.to === '' ? order.receiver : form.to;
  const { orderId, approvalId, place } = order;
  await insertAct(tx, one.itemId, { act: actOf(form.how), at: now, by: caller.personId, orderId, to: [to, place].filter((part) => part !== '').join(' · '), note: form.note, signatureSha256 });
  await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.moved, body: { ...aboutOf(one), orderId, approvalId, name: caller.name, how: form.how, to, place, note: form.note, sha256: one.sha256, signatureSha256 } });
};

export const carryOut = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, form: CarryOut): Promise<boolean> => {
  const one = await held(tx, caller, itemId);
  const now = context.clock.now();
  const right = mayCarryOut(one, form.how, await standings(tx, one, now), caller.personId);
  if (right instanceof Refusal) throw right;
  const { order } = right;
  if (form.how === 'destroy') requireNone(await againstDestruction(context, tx, one, now));
  // Neither is called back: whoever lets it go proves again who they are.
  requireStepUp(caller, now);
  await useApproval(context, tx, caller, order.approvalId);
  const done = form.how === 'destroy' ? await destroy(context, tx, caller, one, order, form.note) : await moved(context, tx, caller, one, order, form).then(() => true);
  const approval = await approvalsNow.get(tx, order.approvalId);
  if (done && approval?.state.name === 'in_use') await context.approvals().finish(tx, caller, order.approvalId, `${one.number} ${form.how} ${form.to}`.trim());
  return done;
};

export const returnItem = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, note: string): Promise<void> => {
  const one = await held(tx, caller, itemId);
  requireNone(mayReturn(one));
  const now = context.clock.now();
  await insertAct(tx, itemId, { act: 'returned', at: now, by: caller.personId, note });
  await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.returned, body: { ...aboutOf(one), name: caller.name, note } });
};

export const describeItem = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, said: z.output<(typeof contract.describeItem)['body']>): Promise<void> => {
  const one = await held(tx, caller, itemId);
  requireNone(mayDescribe(one));
  classNamed.refuse(() => (said.class === '' ? refuse('class_needed', {}, { fields: [{ path: 'class', ...refuse('class_needed').sentence }] }) : null));
  const now = context.clock.now();
  const details = { ...said, class: said.class === '' ? one.class : said.class };
  await insertDetails(tx, itemId, details, { by: caller.personId, at: now });
  await insertAct(tx, itemId, { act: 'described', at: now, by: caller.personId });
  await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.described, body: { ...aboutOf(one), name: caller.name, ...details } });
};

export const releaseItem = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, reason: string): Promise<void> => {
  const one = await held(tx, caller, itemId);
  if (reason === '') throw refuse('reason_needed', {}, { fields: [{ path: 'reason', ...refuse('reason_needed').sentence }] });
  requireNone(mayRelease(one));
  const now = context.clock.now();
  await insertAct(tx, itemId, { act: 'hold_released', at: now, by: caller.personId, note: reason });
  await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.holdReleased, body: { ...aboutOf(one), name: caller.name, reason } });
};

export const answerItem = async (context: ArchiveContext, tx: Tx, caller: Caller, itemId: string, note: string): Promise<void> => {
  const one = await held(tx, caller, itemId);
  requireNone(mayAnswer(one));
  const now = context.clock.now();
  await insertAct(tx, itemId, { act: 'answered', at: now, by: caller.personId, note });
  await context.ledger.append(tx, { ...factOf(caller, one, now), event: events.answered, body: { ...aboutOf(one), name: caller.name, note } });
};

/** Items that should be back by now: found, on record, and told once to who keeps the archive and who lent it out. */
export const sweepOverdue = async (context: ArchiveContext): Promise<void> => {
  const now = context.clock.now();
  const late = await overdueItems(context.database.db, now);
  for (const { itemId, roomId } of lentOverdueFound.find(() => late)) {
    await context.database.transaction(async (tx) => {
      await lockArchive(tx, roomId);
      const one = await requireItem(tx, roomId, itemId);
      const returnBy = returnByOf(one);
      const lent = one.acts.findLast(({ act }) => act === 'lent');
      const said = one.acts.some(({ act, number }) => act === 'overdue' && number > (lent?.number ?? 0));
      if (returnBy === null || returnBy >= now || said || lent === undefined) return;
      await insertAct(tx, itemId, { act: 'overdue', at: now, by: 'server' });
      await context.ledger.append(tx, { event: events.overdue, siteId: one.siteId, roomId, actor: serverActor, subject: itemId, at: now, body: { ...aboutOf(one), returnBy } });
      const custodian = (await custodiansOf(tx, roomId)).at(-1)?.personId;
      const personIds = [...new Set([lent.by, ...(custodian === undefined ? [] : [custodian])])];
      await context.notices().send(tx, { kind: archiveOverdue.kind, siteId: one.siteId, roomId, subject: itemId, body: { number: one.number, to: lent.to }, to: { personIds }, at: now });
    });
  }
};
