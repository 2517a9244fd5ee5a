/** Sends a notice to those whom the matrix or the sender names, and takes acknowledgements. A confidential text is sealed for its one receiver. */
import type { Severity } from '../../../../../contract/notifications.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { secondMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, questions as people, type Caller } from '../../identity/index.ts';
import { serverActor, type Actor } from '../../ledger/index.ts';
import type { NotificationsContext } from '../context.ts';
import { telling } from '../controls.ts';
import { cancelDeadline, setDeadline } from '../deadline-store.ts';
import { events } from '../events.ts';
import type { NoticeKind } from '../kinds.ts';
import { targetWords } from '../ladder.ts';
import { noticeTelling } from '../matrix.ts';
import { findNotice, insertSending, lockSending, saveSending, setAnswered, type Sending } from '../notice-store.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';
import { climb, tellPeople, type Told } from '../tell.ts';

export interface NoticeToSend {
  kind: string;
  siteId: string;
  roomId: string;
  subject: string;
  body: unknown;
  severity?: Severity;
  to?: { personIds?: readonly string[]; roles?: readonly string[] };
  /** When what it tells of happened. */
  at?: Instant;
  by?: Actor;
  /** For a confidential kind. */
  secret?: string;
}

const noticeKindOf = (context: NotificationsContext, kind: string): NoticeKind => {
  const found = context.kinds.get(kind);
  if (found?.is !== 'notice') throw new Error(`notice kind ${kind} is not declared`);
  return found;
};

export const sendingFact = (sending: Pick<Sending, 'sendingId' | 'kind' | 'title'>) => ({ sendingId: sending.sendingId, kind: sending.kind, title: sending.title });

const compose = async (context: NotificationsContext, tx: Tx, send: NoticeToSend, kind: NoticeKind, body: unknown): Promise<Sending> => {
  const now = context.clock.now();
  const severity = send.severity ?? kind.severity;
  const rule = await noticeTelling(context, tx, send, kind, severity, now);
  const named = [...(send.to?.roles ?? []), ...(send.to?.personIds ?? [])];
  const first = named.length > 0 ? named : rule.first;
  const sendingId = newId('snd', context.clock);
  if (kind.confidential && send.secret === undefined) throw new Error(`notice ${kind.kind} is confidential and needs its text apart`);
  return {
    sendingId, siteId: send.siteId, roomId: send.roomId, kind: send.kind, severity, subject: send.subject, title: kind.title, sentence: kind.sentence(body), sentAt: now, sentBy: (send.by ?? serverActor).id,
    channels: rule.channels, answerMs: rule.answerMs, ladder: kind.escalateTo === 'same' ? [] : rule.ladder, first, hop: 0, round: 1, answeredAt: null, unreachedAt: null,
    sealed: kind.confidential ? context.sealer.seal(send.secret ?? '', sendingId) : null,
  };
};

/** Answers who was told; when nobody stands behind the first receivers, it goes up at once. */
export const sendNotice = async (context: NotificationsContext, tx: Tx, send: NoticeToSend): Promise<string> => {
  const kind = noticeKindOf(context, send.kind);
  const body: unknown = kind.body.parse(send.body);
  const sending = await compose(context, tx, send, kind, body);
  const now = sending.sentAt;
  const by = send.by ?? serverActor;
  const { sendingId, siteId, roomId } = sending;
  await insertSending(tx, sending, kind.confidential ? {} : body);
  const step = { matter: { sendingId }, place: sending, channels: sending.channels, ring: 1, round: 1, now };
  let told: Told[] = await tellPeople(context, tx, { ...step, hop: 0 }, telling.find(() => sending.first));
  if (told.length === 0) {
    await noteNobody(context, tx, sending, sending.first, 0);
    const { reached, empty } = await climb(context, tx, step, telling.find(() => sending.ladder), 0);
    for (const rung of empty) await noteNobody(context, tx, sending, rung.targets, rung.hop);
    told = reached?.told ?? [];
    await saveSending(tx, { ...sending, hop: reached?.rung.hop ?? sending.ladder.length });
  }
  const fact = { ...sendingFact(sending), about: sending.subject, severity: sending.severity, sentence: sending.sentence, told, channels: [...sending.channels], answerSeconds: sending.answerMs === null ? null : Math.round(sending.answerMs / secondMs) };
  const clauses = await context.limits.cite(tx, sending, kind.clauses, now);
  await context.ledger.append(tx, { event: events.noticeSent, siteId, roomId, actor: by, subject: sendingId, body: fact, at: send.at ?? now, clauses });
  if (sending.answerMs !== null) await setDeadline(tx, { sendingId }, 'answer', sending.answerMs, now);
  return sendingId;
};

export const noteNobody = async (context: NotificationsContext, tx: Tx, matter: { siteId: string; roomId: string; kind: string } & ({ sendingId: string } | { alarmId: string }), targets: readonly string[], hop: number): Promise<void> => {
  const about = 'sendingId' in matter ? matter.sendingId : matter.alarmId;
  const body = { about, kind: matter.kind, hop, target: targetWords(targets, people.roleTitle) };
  await context.ledger.append(tx, { event: events.nobodyThere, siteId: matter.siteId, roomId: matter.roomId, actor: serverActor, subject: about, body, at: context.clock.now() });
};

/** The first answer ends the waiting of the sending. A notice about an alarm is only read: the alarm itself is acknowledged at the console. */
export const answerNotice = async (context: NotificationsContext, tx: Tx, caller: Caller, noticeId: string, text: string): Promise<void> => {
  const notice = await findNotice(tx, noticeId, caller.personId);
  if (notice === null) throw refuse('notice_unknown');
  const sending = notice.sendingId === null ? null : await lockSending(tx, notice.sendingId);
  const now = context.clock.now();
  if (!(await setAnswered(tx, noticeId, text, now))) throw refuse('notice_answered');
  if (sending === null) {
    await context.tellScreens(tx, 'notifications.notices');
    return;
  }
  if (sending.answeredAt === null) {
    await saveSending(tx, { ...sending, answeredAt: now, unreachedAt: null });
    await cancelDeadline(tx, { sendingId: sending.sendingId }, now);
  }
  const lateMs = sending.answerMs === null ? 0 : Math.max(0, now - notice.madeAt - sending.answerMs);
  // Words about a confidential matter stay with it: the ledger knows that it was answered, not what was said.
  const body = { ...sendingFact(sending), noticeId, name: caller.name, text: sending.sealed === null ? text : '', lateMs };
  await context.ledger.append(tx, { event: events.noticeAnswered, siteId: sending.siteId, roomId: sending.roomId, actor: actorOf(caller), subject: sending.sendingId, body, at: now });
  await context.tellScreens(tx, 'notifications.notices');
};
