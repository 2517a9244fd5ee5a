/** Wide reads for screens. A confidential text is opened here and nowhere else: for its receiver. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/notifications.ts';
import { MailSettings, Severity, WebhookSettings } from '../../../../contract/notifications.ts';
import { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { secondMs } from '../../base/units.ts';
import { questions as people, type Caller } from '../identity/index.ts';
import { findAlarm, openAlarms, stepsOf } from './alarm-store.ts';
import { stateOf, type Alarm } from './alarm.ts';
import { answerSaid } from './answer-words.ts';
import { whyNoPost } from './commands/answer-alarm.ts';
import { principalOf } from './commands/operator-acts.ts';
import { latestShelving } from './commands/shelve-alarm.ts';
import type { NotificationsContext } from './context.ts';
import { nextOfAlarms, nextOfSendings } from './deadline-store.ts';
import { deliveriesOf } from './delivery-store.ts';
import { isTarget, targetWords } from './ladder.ts';
import { alarmTelling, noticeTelling } from './matrix.ts';
import { noticesAbout, noticesOfPerson, setSeen } from './notice-store.ts';
import { notificationsRefusals as refuse } from './refusals.ts';
import { findSetting, mailAddresses, matrixRows, soundOf } from './settings-store.ts';

type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;
type AlarmView = contract.AlarmView;

interface Shelving {
  by: string;
  reason: string;
}

const presenter = (context: NotificationsContext, next: ReadonlyMap<string, Instant>, shelvings: ReadonlyMap<string, Shelving>) => (alarm: Alarm): AlarmView => {
  const kind = context.kinds.get(alarm.kind);
  const clearsItself = kind?.is === 'alarm' && kind.clearsItself;
  const { alarmId, class: of, severity, title, sentence, subject, cameraId, raisedAt, lastAt, times, clearedAt, acknowledgedUntil, ringsSince, rings, unreachedAt, closedAt, shelvedUntil } = alarm;
  const shelving = shelvings.get(alarmId);
  return {
    alarmId, kind: alarm.kind, class: of, severity, title, sentence, subject, cameraId, raisedAt, lastAt, times, clearedAt, state: stateOf(alarm), acknowledgedUntil, ringsSince, rings, unreachedAt, closedAt,
    shelved: shelvedUntil === null || closedAt !== null ? null : { until: shelvedUntil, by: shelving?.by ?? '', reason: shelving?.reason ?? '' },
    nextAt: next.get(alarmId) ?? null, closable: closedAt === null && (!clearsItself || clearedAt !== null),
  };
};

/** Who put each aside, and why: the last time counts. */
const shelvingsOf = async (context: NotificationsContext, alarms: readonly Alarm[]): Promise<ReadonlyMap<string, Shelving>> => {
  const { db } = context.database;
  const steps = (await stepsOf(db, alarms.filter(({ shelvedUntil }) => shelvedUntil !== null).map(({ alarmId }) => alarmId))).filter(({ what }) => what === 'shelved');
  const names = await context.people.names(db, [...new Set(steps.map(({ by }) => by))]);
  return new Map(steps.map(({ alarmId, by, text }) => [alarmId, { by: names.get(by) ?? '', reason: text }]));
};

export const present = async (context: NotificationsContext, alarms: readonly Alarm[]): Promise<AlarmView[]> =>
  alarms.map(presenter(context, await nextOfAlarms(context.database.db, alarms.map(({ alarmId }) => alarmId)), await shelvingsOf(context, alarms)));

export const listAlarms = async (context: NotificationsContext, caller: Caller): Promise<Answer<typeof contract.listAlarms>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const noPost = await whyNoPost(context, db, caller);
  const acknowledge = caller.can('notifications.alarms.acknowledge');
  return {
    alarms: await present(context, await openAlarms(db, caller.roomId)), sound: await soundOf(db, caller.sessionId), shelveUntil: await latestShelving(context, db, caller, now), now,
    can: { acknowledge: acknowledge === true && noPost !== null ? noPost.sentence : acknowledge, shelve: caller.can('notifications.alarms.shelve') },
  };
};

const idsIn = (detail: Readonly<Record<string, unknown>> | null): string[] => (Array.isArray(detail?.['told']) ? detail['told'].filter((id) => typeof id === 'string') : []);

export const alarmTrail = async (context: NotificationsContext, caller: Caller, alarmId: string): Promise<Answer<typeof contract.alarmTrail>> => {
  const { db } = context.database;
  const alarm = await findAlarm(db, caller.roomId, alarmId);
  if (alarm === null) throw refuse('alarm_unknown');
  const [view] = await present(context, [alarm]);
  if (view === undefined) throw refuse('alarm_unknown');
  const steps = await stepsOf(db, [alarmId]);
  const notices = await noticesAbout(db, { alarmId });
  const deliveries = await deliveriesOf(db, notices.map(({ noticeId }) => noticeId));
  const names = await context.people.names(db, [...new Set([...steps.flatMap((step) => [step.by, ...idsIn(step.detail)]), ...notices.map(({ personId }) => personId)])]);
  const word = caller.language === 'en' ? 'en' : 'zh';
  return {
    alarm: view,
    steps: steps.map(({ number, what, at, by, text, hop, target, lateMs, until, detail }) => ({
      number, what, at, text, hop, lateMs, until, by: names.get(by) ?? null, told: idsIn(detail).map((id) => names.get(id) ?? id), target: targetWords(target.split(' ').filter((part) => part !== ''), people.roleTitle)[word],
    })),
    notices: notices.map(({ noticeId, personId, hop, madeAt, seenAt, answeredAt, answer }) => ({
      noticeId, person: names.get(personId) ?? personId, hop, madeAt, seenAt, answeredAt, answer, deliveries: deliveries.filter((one) => one.noticeId === noticeId).map(({ channel, state, attempts }) => ({ channel, state, attempts: attempts.map((one) => ({ ...one, detail: answerSaid(one.detail)[word] })) })),
    })),
  };
};

const mostNotices = 100;

/** Shown to the person: from here on it was seen. */
export const myNotices = async (context: NotificationsContext, caller: Caller): Promise<Answer<typeof contract.myNotices>> => {
  const { database, clock, sealer } = context;
  const rows = await noticesOfPerson(database.db, caller.personId, mostNotices);
  const unseen = rows.filter((row) => row.seenAt === null).map((row) => row.noticeId);
  if (unseen.length > 0) await database.transaction((tx) => setSeen(tx, unseen, clock.now()));
  const names = await context.people.names(database.db, [...new Set(rows.map((row) => row.sentBy))]);
  const due = await nextOfSendings(database.db, rows.map((row) => row.sendingId).filter((id) => id !== null));
  const notices = rows.map((row) => {
    const { noticeId, kind, severity, title, sentence, subject, sealed, madeAt, answeredAt, personId, sendingId } = row;
    // The store answers this person's rows only; the same stands here once more, beside the key.
    const opens = sealed !== null && sendingId !== null && personId === caller.personId;
    return {
      noticeId, kind, severity, title, sentence, subject, confidential: sealed !== null, text: opens ? sealer.open(sealed, sendingId) : null,
      from: names.get(row.sentBy) ?? null, madeAt, answeredAt, answerDueAt: sendingId === null ? null : (due.get(sendingId) ?? null), asksAnswer: row.asksAnswer && !row.over,
    };
  });
  return { notices, now: clock.now() };
};

/** Every kind with the severities that it may have; what the site has not set is as it came. */
export const matrixView = async (context: NotificationsContext, caller: Caller): Promise<Answer<typeof contract.matrix>> => {
  const { db } = context.database;
  const set = await matrixRows(db, caller.siteId);
  const names = await context.people.names(db, [...new Set(set.map(({ setBy }) => setBy))]);
  const now = context.clock.now();
  const rows: Answer<typeof contract.matrix>['rows'] = [];
  for (const kind of context.kinds.values()) {
    if (kind.is === 'notice' && kind.to === 'given') continue;
    const severities = new Set<Severity>([kind.severity, ...set.filter((row) => row.kind === kind.kind).map((row) => row.severity)]);
    for (const severity of Severity.options.filter((one) => severities.has(one))) {
      const own = set.find((row) => row.kind === kind.kind && row.severity === severity);
      const rule = kind.is === 'alarm' ? await alarmTelling(context, db, caller, kind, severity, now) : await noticeTelling(context, db, caller, kind, severity, now);
      rows.push({
        kind: kind.kind, title: kind.title, is: kind.is, severity, targets: rule.first.filter(isTarget), channels: [...rule.channels], answerSeconds: Math.round((rule.answerMs ?? 0) / secondMs),
        ladder: rule.ladder.map((rung) => rung.filter(isTarget)), changed: own !== undefined, setAt: own?.setAt ?? null, setBy: own === undefined ? null : (names.get(own.setBy) ?? own.setBy),
      });
    }
  }
  return { rows };
};

export const channelsView = async (context: NotificationsContext, caller: Caller): Promise<Answer<typeof contract.channels>> => {
  const { db } = context.database;
  const { siteId } = caller;
  const mail = await findSetting(db, siteId, 'mail');
  const webhook = await findSetting(db, siteId, 'webhook');
  const principal = await principalOf(context.database.db, siteId);
  const known = await context.people.withRoles(db, caller, Role.options, context.clock.now());
  const addresses = await mailAddresses(db, known.map(({ personId }) => personId));
  const mailShown = mail === null ? null : MailSettings.parse(mail.settings);
  const webhookShown = webhook === null ? null : WebhookSettings.parse(webhook.settings);
  return {
    mail: mailShown === null ? null : { ...mailShown, hasPassword: mail?.secretSealed != null },
    webhook: webhookShown === null ? null : { ...webhookShown, hasKey: webhook?.secretSealed != null },
    confidential: principal === null ? null : { personId: principal, name: (await context.people.names(db, [principal])).get(principal) ?? principal },
    people: known.map(({ personId, name, roles }) => ({ personId, name, roles: [...roles], mail: addresses.get(personId) ?? '' })),
  };
};
