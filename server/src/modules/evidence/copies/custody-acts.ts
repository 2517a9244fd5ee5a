/** What happens to a copy after it was made: taken, handed over, its passphrase sent. Each is a link and a fact; endings.ts has how it ends. */
import { Readable } from 'node:stream';
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-copies.ts';
import type { Instant } from '../../../base/clock.ts';
import { hourMs } from '../../../base/units.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, requireStepUp, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { requestMoved } from '../notices.ts';
import type { FootageRequest } from '../request.ts';
import { insertStep, lockRequest, saveState } from '../store.ts';
import type { CopiesContext } from './context.ts';
import { fileNameOf, mayHandOver, maySend, mayTake, stateOf, type CustodyLink, type Package } from './copy.ts';
import { findPackage, insertLink, lockPackage, packagesOf } from './copy-store.ts';
import { copyEvents as events } from './events.ts';
import { aboutOf, agreementOf } from './make-copy.ts';
import { pathOf, readPackage } from './package-file.ts';
import { copyRefusals as refuse } from './refusals.ts';

export interface Held {
  pack: Package;
  one: FootageRequest;
}

export const hold = async (tx: Tx, caller: Caller, packageId: string): Promise<Held> => {
  await lockPackage(tx, packageId);
  const pack = await findPackage(tx, caller.roomId, packageId);
  if (pack === null) throw refuse('unknown');
  const one = await lockRequest(tx, pack.requestId);
  if (one === null) throw new Error(`copy of the unknown request ${pack.requestId}`);
  return { pack, one };
};

const blank = { second: '', secondId: null, from: '', to: '', medium: '', note: '', signatureSha256: null };
export const link = (context: CopiesContext, tx: Tx, caller: Caller, pack: Package, said: Partial<CustodyLink> & Pick<CustodyLink, 'act'>): Promise<void> => {
  const now = context.clock.now();
  return insertLink(tx, pack.packageId, { ...blank, at: now, enteredAt: now, by: caller.personId, ...said });
};

/** A clock of a desk may be a little ahead. */
const aheadMs = hourMs / 60;
export const momentOf = (context: CopiesContext, pack: Package, given: Instant | null): Instant => {
  const at = given ?? context.clock.now();
  if (at > context.clock.now() + aheadMs || at < pack.begunAt) throw refuse('at_wrong', {}, { fields: [{ path: 'at', ...refuse('at_wrong').sentence }] });
  return at;
};

/** The fact stands before the first byte goes out. */
export const takeFile = async (context: CopiesContext, caller: Caller, packageId: string): Promise<{ name: string; sizeBytes: number; body: Readable }> => {
  const { pack, end } = await context.database.transaction(async (tx) => {
    const { pack: held, one } = await hold(tx, caller, packageId);
    const refusal = mayTake(held, one, caller.personId, await agreementOf(tx, one.approvalId));
    if (refusal !== null) throw refusal;
    if (held.end?.fileSha256 === null || held.end?.fileSha256 === undefined || held.end.sizeBytes === null) throw refuse('file_gone');
    await link(context, tx, caller, held, { act: 'taken', to: caller.name });
    const { siteId, roomId } = held;
    await context.ledger.append(tx, { event: events.taken, siteId, roomId, actor: actorOf(caller), subject: packageId, at: context.clock.now(), body: { ...aboutOf(held, one.number), name: caller.name, fileSha256: held.end.fileSha256 } });
    return { pack: held, end: { sha256: held.end.fileSha256, sizeBytes: held.end.sizeBytes } };
  });
  return { name: fileNameOf(pack), sizeBytes: end.sizeBytes, body: Readable.from(await readPackage(pathOf(context, pack), end), { objectMode: false }) };
};

type HandOver = z.output<(typeof contract.handOver)['body']>;
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const keepSignature = async (context: CopiesContext, base64: string): Promise<string | null> => {
  if (base64 === '') return null;
  const bytes = Buffer.from(base64, 'base64');
  if (!bytes.subarray(0, pngHead.length).equals(pngHead)) throw refuse('signature_wrong', {}, { fields: [{ path: 'signature', ...refuse('signature_wrong').sentence }] });
  return context.signatures.put(bytes);
};

/** Once all that were approved are with their receivers nothing more may be made. */
const settle = async (context: CopiesContext, tx: Tx, caller: Caller, one: FootageRequest, outcome: string): Promise<void> => {
  const packages = (await packagesOf(tx, one.requestId)).filter((pack) => stateOf(pack) !== 'failed');
  const handed = packages.filter((pack) => stateOf(pack) === 'handed_over' || stateOf(pack) === 'ended').length;
  const approval = await approvalsNow.get(tx, one.approvalId);
  if (handed >= (one.copies ?? 1) && approval?.state.name === 'in_use') await context.approvals().finish(tx, caller, one.approvalId, outcome);
};

export const handOverCopy = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string, form: HandOver): Promise<string> => {
  const { pack, one } = await hold(tx, caller, packageId);
  const refusal = mayHandOver(pack, form.receiver, await agreementOf(tx, one.approvalId));
  if (refusal !== null) throw refusal.code === 'evidence_copies.receiver_needed' ? refuse('receiver_needed', {}, { fields: [{ path: 'receiver', ...refusal.sentence }] }) : refusal;
  const at = momentOf(context, pack, form.at);
  const now = context.clock.now();
  // What leaves the room cannot be called back: whoever hands it over proves again who they are.
  requireStepUp(caller, now);
  const signatureSha256 = await keepSignature(context, form.signature);
  const receiver = [form.receiver, form.receiverUnit].filter((text) => text !== '').join(' · ');
  await link(context, tx, caller, pack, { act: 'handed_over', at, from: caller.name, to: [receiver, form.receiverPaper].filter((text) => text !== '').join(' · '), medium: form.medium, note: form.note, signatureSha256 });
  const { siteId, roomId, requestId, number } = one;
  if (one.state === 'copied') await saveState(tx, one, { state: 'delivered' }, now);
  await insertStep(tx, { requestId, act: 'delivered', state: one.state === 'copied' ? 'delivered' : one.state, at: now, by: caller.personId, note: `${pack.number} → ${receiver}` });
  await context.ledger.append(tx, {
    event: events.handedOver, siteId, roomId, actor: actorOf(caller), subject: packageId, at, clauses: one.clauses,
    body: { ...aboutOf(pack, number), name: caller.name, receiver, receiverPaper: form.receiverPaper, purpose: one.purpose ?? '', medium: form.medium, fileSha256: pack.end?.fileSha256 ?? '', signatureSha256, note: form.note },
  });
  await settle(context, tx, caller, one, `${pack.number} → ${receiver}`);
  await context.notices().send(tx, { kind: requestMoved.kind, siteId, roomId, subject: requestId, body: { number, zh: `拷贝 ${pack.number} 已交付`, en: `copy ${pack.number} was handed over` }, to: { personIds: [one.applicantId] }, at: now });
  await context.tellScreens(tx, 'evidence.requests');
  return pathOf(context, pack);
};

export const sendPassphrase = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string, form: { to: string; channel: string }): Promise<void> => {
  const { pack, one } = await hold(tx, caller, packageId);
  const refusal = maySend(pack);
  if (refusal !== null) throw refusal;
  for (const path of ['to', 'channel'] as const) if (form[path] === '') throw refuse('words_needed', {}, { fields: [{ path, ...refuse('words_needed').sentence }] });
  await link(context, tx, caller, pack, { act: 'passphrase_sent', to: form.to, note: form.channel });
  const { siteId, roomId } = pack;
  await context.ledger.append(tx, { event: events.passphraseSent, siteId, roomId, actor: actorOf(caller), subject: packageId, at: context.clock.now(), body: { ...aboutOf(pack, one.number), name: caller.name, ...form } });
  await context.tellScreens(tx, 'evidence.requests');
};

export const noteCopy = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string, note: string): Promise<void> => {
  const { pack, one } = await hold(tx, caller, packageId);
  await link(context, tx, caller, pack, { act: 'noted', note });
  const { siteId, roomId } = pack;
  await context.ledger.append(tx, { event: events.noted, siteId, roomId, actor: actorOf(caller), subject: packageId, at: context.clock.now(), body: { ...aboutOf(pack, one.number), name: caller.name, note } });
};
