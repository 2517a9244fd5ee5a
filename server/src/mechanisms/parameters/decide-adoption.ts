/** Looks at an adoption and carries it out: texts, adoptions, settlements, values, waivers and their facts, in one transaction. */
import type { AdoptionForm } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import { questions as people } from '../identity/index.ts';
import { act, type Act, type Actor } from '../ledger/index.ts';
import { adoptionFaults, type AdoptionFault } from './adoption-faults.ts';
import { optionOf, outlookOf, placeOf, replacedBy, type AdoptionGround, type AdoptionPlan, type Outlook } from './adoption.ts';
import type { ParametersContext } from './context.ts';
import { entryOf } from './catalogue.ts';
import { events } from './events.ts';
import { citeOf, type Pack } from './pack.ts';
import { profileInForce } from './profile-store.ts';
import { parametersRefusals } from './refusals.ts';
import { nodesOver } from './rules.ts';
import { showValue } from './show.ts';
import { digestOf, judgeSignature } from './signature.ts';
import { startOfSiteDay } from './site-day.ts';
import { changing, endAdoption, findPack, insertAdoption, insertPack, insertSettlement, insertValue, insertWaiver, type Decision } from './store.ts';

/** A pack by its text: shipped with the program, or stored here. */
export const packBy = async (context: ParametersContext, db: Db, digest: string): Promise<Pack> => {
  const shipped = context.shipped.packs.find((pack) => digestOf(pack) === digest);
  const pack = shipped ?? (await findPack(db, digest))?.pack;
  if (pack === undefined) throw parametersRefusals('pack_unknown');
  return pack;
};

export interface Looked {
  ground: AdoptionGround;
  plan: AdoptionPlan;
  outlook: Outlook;
  faults: readonly AdoptionFault[];
}

export const lookAtAdoption = async (context: ParametersContext, db: Db, siteId: string, form: AdoptionForm, now: Instant): Promise<Looked> => {
  const book = await context.keeper.book(db, siteId);
  const profile = (await profileInForce(db, siteId, now))?.profile ?? null;
  const rooms = (await people.roomsOf(db, siteId)).map((room) => room.roomId);
  const { roomId, nodeId } = placeOf(form);
  const bound = rooms.filter((one) => (roomId === null ? nodeId === null || nodesOver(profile?.organisation ?? [], one).has(nodeId) : one === roomId));
  const packs = await Promise.all([...new Set(form.packs)].map(async (digest) => ({ digest, pack: await packBy(context, db, digest) })));
  const { catalogue, conflicts } = context.shipped;
  const ground: AdoptionGround = { catalogue, conflicts, book, profile, roomIds: bound };
  const plan: AdoptionPlan = { form, packs, from: Math.max(form.from ?? now, now) };
  const outlook = outlookOf(ground, plan);
  return { ground, plan, outlook, faults: adoptionFaults(ground, plan, outlook) };
};

export const blocked = (faults: readonly AdoptionFault[]): Refusal | null => {
  const [first] = faults;
  if (first === undefined) return null;
  const more = faults.length - 1;
  const values = { why: `${first.zh}${more === 0 ? '' : `（另有 ${more} 项）`}`, whyEn: `${first.en}${more === 0 ? '' : ` (and ${more} more)`}` };
  return parametersRefusals('adoption_blocked', values, { fields: faults.map(({ code, about, zh, en }) => ({ path: `${code}.${about}`, zh, en })) });
};

/** From when a pack counts: one that is in force from its day of issue counts for that whole day. */
const packFrom = (pack: Pack, from: Instant, timeZone: string): Instant => {
  if (pack.effective === 'issue_date') return startOfSiteDay(from, timeZone);
  return pack.effective === 'chosen_day' ? from : Math.max(from, Date.parse(`${pack.effective}T00:00:00+08:00`));
};

const placeWords = (ground: AdoptionGround, form: AdoptionForm): Sentence => {
  const { nodeId, roomId } = placeOf(form);
  if (roomId !== null) return { zh: '一间监控室', en: 'one room' };
  const node = ground.profile?.organisation.find((one) => one.nodeId === nodeId);
  return node === undefined ? { zh: '全部监控室', en: 'all rooms' } : { zh: node.name, en: node.name };
};

export interface Deciding {
  siteId: string;
  at: Instant;
  /** Who asked for it. */
  decidedBy: string;
  /** Who made it hold: the last who signed. */
  actor: Actor;
  approvalId: string | null;
}

const writePacks = async (context: ParametersContext, tx: Tx, looked: Looked, by: Deciding, decision: Decision): Promise<Act[]> => {
  const acts: Act[] = [];
  const { plan, ground } = looked;
  const site = await people.siteOf(tx, by.siteId);
  const { nodeId } = placeOf(plan.form);
  for (const old of replacedBy(ground.book, plan)) await endAdoption(tx, old.adoptionId, plan.from, by.actor.id);
  for (const { digest, pack } of plan.packs) {
    if ((await findPack(tx, digest)) === null) {
      const verdict = judgeSignature(pack, context.shipped.keys);
      // Only what is signed comes this way: an unsigned text is stored by the approval that took it over.
      if (verdict.kind !== 'signed') throw parametersRefusals('pack_unsigned');
      await insertPack(tx, { digest, pack, signedBy: verdict.key, ownApprovalId: null }, by.actor.id, by.at);
    }
    const from = packFrom(pack, plan.from, site?.timeZone ?? 'Asia/Shanghai');
    const adoptionId = newId('ado', context.clock);
    await insertAdoption(tx, decision, { adoptionId, nodeId, digest, from });
    const body = {
      pack: pack.id, version: pack.version, title: pack.titles, digest, place: placeWords(ground, plan.form), roomId: decision.roomId, nodeId, from, clauses: pack.clauses.length,
      annexes: pack.annexes.map((annex) => annex.key), approvalId: by.approvalId,
    };
    const clauses = pack.clauses.filter((clause) => clause.capabilities.includes('PROFILE')).map((clause) => citeOf(pack, clause.id));
    acts.push(act({ event: events.packAdopted, siteId: by.siteId, roomId: decision.roomId, actor: by.actor, subject: adoptionId, body, at: by.at, clauses }));
  }
  return acts;
};

const writeSettlements = async (context: ParametersContext, tx: Tx, looked: Looked, by: Deciding, decision: Decision): Promise<Act[]> => {
  const acts: Act[] = [];
  for (const settlement of looked.outlook.settlements) {
    const found = optionOf(context.shipped.conflicts, settlement.conflictId, settlement.option);
    if (found === null) continue;
    const { conflict, option } = found;
    await insertSettlement(tx, decision, settlement);
    const body = {
      conflictId: conflict.id, topic: { zh: conflict.zh, en: conflict.en }, option: option.key, chosen: { zh: option.zh, en: option.en }, values: option.values, reason: settlement.reason,
      roomId: decision.roomId, from: settlement.from, approvalId: by.approvalId,
    };
    const clauses = looked.outlook.decided[0]?.citeAll(settlement.clauseIds) ?? [];
    acts.push(act({ event: events.conflictSettled, siteId: by.siteId, roomId: decision.roomId, actor: by.actor, subject: `${by.siteId}/${conflict.id}`, body, at: by.at, clauses }));
  }
  return acts;
};

const writeValues = async (context: ParametersContext, tx: Tx, looked: Looked, by: Deciding, decision: Decision, reason: string): Promise<Act[]> => {
  const acts: Act[] = [];
  const { catalogue } = context.shipped;
  for (const { name, value, from } of looked.outlook.values) {
    await insertValue(tx, decision, { name, value, reason, from });
    const entry = entryOf(catalogue, name);
    const before = looked.outlook.bare[0]?.get(name).value ?? entry.default;
    const body = {
      name, title: { zh: entry.zh, en: entry.en }, value, valueBefore: before, shown: showValue(catalogue, entry, value), shownBefore: showValue(catalogue, entry, before), reason,
      roomId: decision.roomId, from, approvalId: by.approvalId,
    };
    acts.push(act({ event: events.valueChanged, siteId: by.siteId, roomId: decision.roomId, actor: by.actor, subject: `${by.siteId}/${name}`, body, at: by.at }));
  }
  return acts;
};

const writeWaivers = async (context: ParametersContext, tx: Tx, looked: Looked, by: Deciding, decision: Decision): Promise<Act[]> => {
  const acts: Act[] = [];
  for (const { packId, clauseId, reason, reviewAt } of looked.plan.form.waivers) {
    const { from } = looked.plan;
    const waiverId = newId('wai', context.clock);
    await insertWaiver(tx, decision, { waiverId, packId, clauseId, reason, from, reviewAt });
    const clause = looked.plan.packs.find(({ pack }) => pack.id === packId);
    const cite = clause === undefined ? `${packId}#${clauseId}` : citeOf(clause.pack, clauseId);
    const body = { clause: cite, reason, roomId: decision.roomId, from, reviewAt, approvalId: by.approvalId };
    acts.push(act({ event: events.clauseWaived, siteId: by.siteId, roomId: decision.roomId, actor: by.actor, subject: waiverId, body, at: by.at, clauses: [cite] }));
  }
  return acts;
};

/** Throws when something stands in the way now, whatever was looked at before. */
export const carryOutAdoption = async (context: ParametersContext, tx: Tx, form: AdoptionForm, reason: string, by: Deciding): Promise<void> => {
  await changing(tx, by.siteId, by.at, async () => {
    const looked = await lookAtAdoption(context, tx, by.siteId, form, by.at);
    const refusal = blocked(looked.faults);
    if (refusal !== null) throw refusal;
    const decision: Decision = { siteId: by.siteId, roomId: placeOf(form).roomId, decidedAt: by.at, decidedBy: by.decidedBy, approvalId: by.approvalId };
    await context.ledger.appendMany(tx, [
      ...(await writePacks(context, tx, looked, by, decision)),
      ...(await writeSettlements(context, tx, looked, by, decision)),
      ...(await writeValues(context, tx, looked, by, decision, reason)),
      ...(await writeWaivers(context, tx, looked, by, decision)),
    ]);
  });
  await context.tellChanged(tx, by.siteId);
};
