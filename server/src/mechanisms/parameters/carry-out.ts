/** Single decisions: checked when they are asked for, checked again and written when they are agreed. */
import type { z } from 'zod';
import type { ChangeForm, EndAdoptionForm, OptOutForm, SettleForm, SiteProfile, WaiveForm } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { dayMs } from '../../base/units.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import type { ApprovalContext } from '../approvals/index.ts';
import { questions as people } from '../identity/index.ts';
import { requireWithinBounds } from './bounds.ts';
import { entryOf, splitName } from './catalogue.ts';
import type { ParametersContext } from './context.ts';
import { changerNamed } from './controls.ts';
import { adoptionsOf, insertOptOut, type AdoptionDecision } from './decision-store.ts';
import { packBy, type Deciding } from './decide-adoption.ts';
import { optionOf } from './adoption.ts';
import { events } from './events.ts';
import type { Pack } from './pack.ts';
import { requireApprovable, digestOfProfile } from './profile-demands.ts';
import { insertProfile } from './profile-store.ts';
import { parametersRefusals } from './refusals.ts';
import { adoptionsAt, type WideRules } from './rules.ts';
import { showValue } from './show.ts';
import { digestOf } from './signature.ts';
import { changing, endAdoption, insertPack, insertSettlement, insertValue, insertWaiver, type Decision } from './store.ts';

type Body<S extends z.ZodType> = z.output<S>;
export type DecidingHere = Deciding & { roomId: string };

const reviewWithinMs = 366 * dayMs;
const decisionOf = (by: Deciding, roomId: string | null): Decision => ({ siteId: by.siteId, roomId, decidedAt: by.at, decidedBy: by.decidedBy, approvalId: by.approvalId });
const at = (from: Instant | null, now: Instant): Instant => Math.max(from ?? now, now);
const requireFuture = (from: Instant | null, now: Instant): void => {
  const refusal = parametersRefusals('from_past');
  if (from !== null && from < now) throw parametersRefusals('from_past', {}, { fields: [{ path: 'from', ...refusal.sentence }] });
};

const requireRoom = async (db: Db, siteId: string, roomId: string | null): Promise<void> => {
  if (roomId !== null && !(await people.roomsOf(db, siteId)).some((room) => room.roomId === roomId)) throw parametersRefusals('room_unknown');
};

/** A value for the whole site must fit every room of it. */
const rulesOfAll = async (context: ParametersContext, db: Db, siteId: string, roomId: string | null, when: Instant): Promise<WideRules[]> => {
  const rooms = roomId === null ? (await people.roomsOf(db, siteId)).map((room) => room.roomId) : [roomId];
  return Promise.all(rooms.map((one) => context.keeper.rules(db, { siteId, roomId: one }, when)));
};

export const requireChange = async (context: ParametersContext, db: Db, siteId: string, form: Body<typeof ChangeForm>, now: Instant): Promise<readonly WideRules[]> => {
  const { name, value, roomId, from } = form;
  if (!context.shipped.catalogue.entries.has(splitName(name).name)) throw parametersRefusals('name_unknown', { name });
  await requireRoom(db, siteId, roomId);
  const all = await rulesOfAll(context, db, siteId, roomId, at(from, now));
  for (const rules of all) requireWithinBounds(context.shipped.catalogue, rules, name, value);
  return all;
};

export const checkChange = async (context: ParametersContext, tx: Tx, asked: ApprovalContext<Body<typeof ChangeForm>>): Promise<void> => {
  requireFuture(asked.body.from, asked.at);
  await requireChange(context, tx, asked.siteId, asked.body, asked.at);
  const entry = entryOf(context.shipped.catalogue, asked.body.name);
  const [applicant] = await people.peopleStanding(tx, asked, [asked.applicantId], asked.at);
  changerNamed.refuse(() => {
    if (applicant?.roles.some((role) => entry.change.includes(role)) === true) return null;
    const titles = entry.change.map((role) => people.roleTitle(role));
    return parametersRefusals('not_changer', { zh: entry.zh, en: entry.en, who: titles.map((one) => one.zh).join('、'), whoEn: titles.map((one) => one.en).join(' or ') });
  });
};

export const writeChange = async (context: ParametersContext, tx: Tx, form: Body<typeof ChangeForm>, reason: string, by: DecidingHere): Promise<void> => {
  const { catalogue } = context.shipped;
  const from = at(form.from, by.at);
  await changing(tx, by.siteId, by.at, async () => {
    const all = await requireChange(context, tx, by.siteId, form, by.at);
    await insertValue(tx, decisionOf(by, form.roomId), { name: form.name, value: form.value, reason, from });
    const entry = entryOf(catalogue, form.name);
    const before = all[0]?.get(form.name).value ?? entry.default;
    const body = {
      name: form.name, title: { zh: entry.zh, en: entry.en }, value: form.value, valueBefore: before, shown: showValue(catalogue, entry, form.value), shownBefore: showValue(catalogue, entry, before),
      reason, roomId: form.roomId, from, approvalId: by.approvalId,
    };
    const naming = (all[0]?.active() ?? []).filter(({ clause }) => clause.parameters[splitName(form.name).name] !== undefined).map(({ cite }) => cite);
    await context.ledger.append(tx, { event: events.valueChanged, siteId: by.siteId, roomId: form.roomId, actor: by.actor, subject: `${by.siteId}/${form.name}`, body, at: by.at, clauses: naming });
  });
  await context.tellChanged(tx, by.siteId);
};

export const requireAdoption = async (db: Db, siteId: string, adoptionId: string): Promise<AdoptionDecision> => {
  const found = (await adoptionsOf(db, siteId)).find((one) => one.adoptionId === adoptionId && one.until === null);
  if (found === undefined) throw parametersRefusals('adoption_unknown');
  return found;
};

export const endTheAdoption = async (context: ParametersContext, tx: Tx, form: Body<typeof EndAdoptionForm>, by: Deciding): Promise<void> => {
  await changing(tx, by.siteId, by.at, async () => {
    const adoption = await requireAdoption(tx, by.siteId, form.adoptionId);
    const pack = await packBy(context, tx, adoption.digest);
    const from = at(form.from, by.at);
    await endAdoption(tx, adoption.adoptionId, from, by.decidedBy);
    const body = { pack: pack.id, version: pack.version, title: pack.titles, from, approvalId: by.approvalId };
    await context.ledger.append(tx, { event: events.adoptionEnded, siteId: by.siteId, roomId: adoption.roomId, actor: by.actor, subject: adoption.adoptionId, body, at: by.at });
  });
  await context.tellChanged(tx, by.siteId);
};

const requireInherited = async (context: ParametersContext, db: Db, siteId: string, form: Body<typeof OptOutForm>, now: Instant): Promise<Pack> => {
  await requireRoom(db, siteId, form.roomId);
  const adoption = await requireAdoption(db, siteId, form.adoptionId);
  const inherited = adoptionsAt(await context.keeper.book(db, siteId), form.roomId, now).some((one) => one.adoptionId === form.adoptionId && one.roomId === null);
  if (!inherited) throw parametersRefusals('not_inherited');
  return packBy(context, db, adoption.digest);
};

export const checkOptOut = async (context: ParametersContext, tx: Tx, asked: ApprovalContext<Body<typeof OptOutForm>>): Promise<void> => {
  await requireInherited(context, tx, asked.siteId, asked.body, asked.at);
};

export const letRoomOff = async (context: ParametersContext, tx: Tx, form: Body<typeof OptOutForm>, reason: string, by: Deciding & { approvalId: string }): Promise<void> => {
  await changing(tx, by.siteId, by.at, async () => {
    const pack = await requireInherited(context, tx, by.siteId, form, by.at);
    const decision = { ...decisionOf(by, form.roomId), roomId: form.roomId, approvalId: by.approvalId };
    await insertOptOut(tx, decision, { optOutId: newId('opt', context.clock), adoptionId: form.adoptionId, reason, from: by.at });
    const body = { pack: pack.id, title: pack.titles, reason, adoptionId: form.adoptionId, approvalId: by.approvalId };
    await context.ledger.append(tx, { event: events.roomLetOff, siteId: by.siteId, roomId: form.roomId, actor: by.actor, subject: form.roomId, body, at: by.at });
  });
  await context.tellChanged(tx, by.siteId);
};

const requireClause = async (context: ParametersContext, db: Db, siteId: string, roomId: string, form: { packId: string; clauseId: string }, now: Instant): Promise<string> => {
  const rules = await context.keeper.rules(db, { siteId, roomId }, now);
  const found = rules.active().find(({ id, pack }) => id === form.clauseId && pack.id === form.packId);
  if (found === undefined) throw parametersRefusals('clause_unknown', { clause: form.clauseId });
  return found.cite;
};

const requireReview = (reviewAt: Instant, now: Instant): void => {
  if (reviewAt <= now || reviewAt > now + reviewWithinMs) throw parametersRefusals('review_past', {}, { fields: [{ path: 'reviewAt', ...parametersRefusals('review_past').sentence }] });
};

export const checkWaive = async (context: ParametersContext, tx: Tx, asked: ApprovalContext<Body<typeof WaiveForm>>): Promise<void> => {
  const { body, siteId, at: now } = asked;
  await requireRoom(tx, siteId, body.roomId);
  requireReview(body.reviewAt, now);
  await requireClause(context, tx, siteId, body.roomId ?? asked.roomId, body, now);
};

export const setClauseAside = async (context: ParametersContext, tx: Tx, form: Body<typeof WaiveForm>, reason: string, by: DecidingHere): Promise<void> => {
  await changing(tx, by.siteId, by.at, async () => {
    requireReview(form.reviewAt, by.at);
    const cite = await requireClause(context, tx, by.siteId, form.roomId ?? by.roomId, form, by.at);
    const waiverId = newId('wai', context.clock);
    await insertWaiver(tx, decisionOf(by, form.roomId), { waiverId, packId: form.packId, clauseId: form.clauseId, reason, from: by.at, reviewAt: form.reviewAt });
    const body = { clause: cite, reason, roomId: form.roomId, from: by.at, reviewAt: form.reviewAt, approvalId: by.approvalId };
    await context.ledger.append(tx, { event: events.clauseWaived, siteId: by.siteId, roomId: form.roomId, actor: by.actor, subject: waiverId, body, at: by.at, clauses: [cite] });
  });
  await context.tellChanged(tx, by.siteId);
};

const requireOption = (context: ParametersContext, form: { conflictId: string; option: string }) => {
  const found = optionOf(context.shipped.conflicts, form.conflictId, form.option);
  if (found === null) throw parametersRefusals('conflict_unknown', { conflict: form.conflictId, option: form.option });
  return found;
};

export const checkSettle = async (context: ParametersContext, tx: Tx, asked: ApprovalContext<Body<typeof SettleForm>>): Promise<void> => {
  requireOption(context, asked.body);
  await requireRoom(tx, asked.siteId, asked.body.roomId);
};

export const settle = async (context: ParametersContext, tx: Tx, form: Body<typeof SettleForm>, reason: string, by: DecidingHere): Promise<void> => {
  const { conflict, option } = requireOption(context, form);
  await changing(tx, by.siteId, by.at, async () => {
    const rules = await context.keeper.rules(tx, { siteId: by.siteId, roomId: form.roomId ?? by.roomId }, by.at);
    const clauseIds = conflict.clauses.filter((id) => rules.cite(id) !== null);
    await insertSettlement(tx, decisionOf(by, form.roomId), { conflictId: conflict.id, option: option.key, values: option.values, clauseIds, reason, from: by.at });
    const body = {
      conflictId: conflict.id, topic: { zh: conflict.zh, en: conflict.en }, option: option.key, chosen: { zh: option.zh, en: option.en }, values: option.values, reason, roomId: form.roomId,
      from: by.at, approvalId: by.approvalId,
    };
    await context.ledger.append(tx, { event: events.conflictSettled, siteId: by.siteId, roomId: form.roomId, actor: by.actor, subject: `${by.siteId}/${conflict.id}`, body, at: by.at, clauses: rules.citeAll(clauseIds) });
  });
  await context.tellChanged(tx, by.siteId);
};

export const approveProfile = async (context: ParametersContext, tx: Tx, body: { number: number; profile: SiteProfile }, by: DecidingHere): Promise<void> => {
  await changing(tx, by.siteId, by.at, async () => {
    await requireApprovable(context, tx, by, body.profile, by.at);
    await writeProfileVersion(context, tx, body.profile, by);
  });
  await context.tellChanged(tx, by.siteId);
};

export const writeProfileVersion = async (context: ParametersContext, tx: Tx, profile: SiteProfile, by: DecidingHere): Promise<void> => {
  const version = await insertProfile(tx, decisionOf(by, null), profile, by.at);
  const rules = await context.keeper.rules(tx, by, by.at);
  const uncovered = profile.areas.filter((area) => area.cameraIds.length === 0).length;
  const fact = { version, digest: digestOfProfile(profile), siteKind: profile.siteKind, areas: profile.areas.length, uncovered, approvalId: by.approvalId };
  const clauses = rules.citeAll(['SAF-1.1', 'SAF-1.2', 'COR-1.1', 'COR-1.2', 'GEN-1.1', 'GEN-1.2', 'ART-1', 'ART-13.1.1', 'RES-1.1', 'CO2-1.1', 'CO2-2.3', 'SC2-1', 'BRN-1']);
  await context.ledger.append(tx, { event: events.profileChanged, siteId: by.siteId, roomId: null, actor: by.actor, subject: by.siteId, body: fact, at: by.at, clauses });
};

export const storeOwnPack = async (context: ParametersContext, tx: Tx, pack: Pack, by: Deciding): Promise<void> => {
  const digest = digestOf(pack);
  await insertPack(tx, { digest, pack: { ...pack, signature: undefined }, signedBy: null, ownApprovalId: by.approvalId }, by.decidedBy, by.at);
  const body = { pack: pack.id, version: pack.version, digest, signedBy: null, approvalId: by.approvalId };
  await context.ledger.append(tx, { event: events.packImported, siteId: by.siteId, roomId: null, actor: by.actor, subject: `${pack.id}@${pack.version}`, body, at: by.at });
};

