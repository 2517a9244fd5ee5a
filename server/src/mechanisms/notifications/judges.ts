/**
 * What the facts tell of alarms and notices: were those told who must know, was what nobody answered in its limit passed on, did people write
 * what they must. Which clauses an alarm or a notice serves stands on the fact that began it: its kind declares them.
 */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import { clauseOfCite, listIn, numberIn, partIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, judgedClauses, type Judge, type JudgeRules } from '../../base/judge.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, mostBroken, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import { channelSwitch, escalation, findingsNeeded, lateness, oneKey, targetNeeded, telling, textNeeded } from './controls.ts';

/** Deadlines are looked at every two seconds: a minute tells a machine that was slow from one that did nothing. */
const toleranceMs = minuteMs;
const responsible = 'shift_leader';

/** An alarm or a notice that waits for an answer. */
interface Matter {
  clauses: readonly string[];
  /** Where the limit is asked when the matter itself does not say it. */
  class: string;
  row: string;
  answerMs: number | null;
  waitsSince: Instant | null;
  cleared: boolean;
  escalated: boolean;
  seq: number;
}

interface Matters {
  waiting: Map<string, Matter>;
  /** Seconds that the room's matrix gives, by kind and severity. */
  matrix: Map<string, number>;
  /** By clause. */
  told: Map<string, Ledgered>;
  passedOn: Map<string, Ledgered>;
  inTime: Map<string, Ledgered>;
}

const signOf = (table: Map<string, Ledgered>, clauses: readonly string[], sign: Sign, fact: Fact): void => {
  for (const clause of clauses) {
    const signs = table.get(clause) ?? freshSigns();
    table.set(clause, signs);
    addSign(signs, sign, fact);
  }
};

const rowOf = ({ body }: Fact): string => `${textIn(body, 'kind')} ${textIn(body, 'severity')}`;

const begin = (state: Matters, fact: Fact, more: Pick<Matter, 'class' | 'answerMs' | 'waitsSince'>): void => {
  const clauses = fact.clauses.map(clauseOfCite);
  // What serves no clause is judged by nobody.
  if (clauses.length > 0) state.waiting.set(fact.subject, { ...more, clauses, row: rowOf(fact), cleared: false, escalated: false, seq: fact.seq });
};

const noticeSent = (state: Matters, fact: Fact): void => {
  const told = listIn(fact.body, 'told').length > 0 ? 'kept' : 'broken';
  signOf(state.told, fact.clauses.map(clauseOfCite), told, fact);
  const seconds = numberIn(fact.body, 'answerSeconds');
  // A notice about an alarm is only read: the alarm itself waits.
  if (seconds !== null) begin(state, fact, { class: '', answerMs: seconds * secondMs, waitsSince: fact.recordedAt });
};

const answered = (state: Matters, fact: Fact, matter: Matter): void => {
  signOf(state.inTime, matter.clauses, (numberIn(fact.body, 'lateMs') ?? 0) > 0 ? 'broken' : 'kept', fact);
  signOf(state.passedOn, matter.clauses, 'kept', fact);
  matter.waitsSince = null;
};

const passedOn = (state: Matters, fact: Fact, matter: Matter, sign: Sign): void => {
  signOf(state.passedOn, matter.clauses, sign, fact);
  matter.escalated = true;
};

const step = (state: Matters, fact: Fact): Matters => {
  if (fact.kind === 'notifications.alarm_raised') begin(state, fact, { class: textIn(fact.body, 'class'), answerMs: null, waitsSince: fact.recordedAt });
  if (fact.kind === 'notifications.notice_sent') noticeSent(state, fact);
  if (fact.kind === 'notifications.matrix_changed') state.matrix.set(rowOf(fact), numberIn(fact.body, 'answerSeconds') ?? 0);
  const matter = state.waiting.get(fact.subject);
  if (matter === undefined) return state;
  const firedInTime: Sign = (numberIn(fact.body, 'firedLateMs') ?? 0) > toleranceMs ? 'broken' : 'kept';
  switch (fact.kind) {
    case 'notifications.alarm_acknowledged':
      answered(state, fact, matter);
      break;
    case 'notifications.notice_answered':
      answered(state, fact, matter);
      state.waiting.delete(fact.subject);
      break;
    case 'notifications.alarm_escalated': case 'notifications.notice_escalated':
      passedOn(state, fact, matter, firedInTime);
      break;
    case 'notifications.alarm_unreached': case 'notifications.notice_unreached':
      passedOn(state, fact, matter, 'broken');
      break;
    case 'notifications.alarm_rang_again': case 'notifications.alarm_unshelved':
      Object.assign(matter, { waitsSince: fact.recordedAt, escalated: false });
      break;
    case 'notifications.alarm_raised_again':
      if (matter.cleared) Object.assign(matter, { waitsSince: fact.recordedAt, escalated: false, cleared: false });
      break;
    case 'notifications.alarm_shelved':
      // Put aside by a person with a reason and an end: it rings again by itself.
      matter.waitsSince = null;
      break;
    case 'notifications.alarm_cleared':
      Object.assign(matter, { waitsSince: null, cleared: true });
      break;
    case 'notifications.alarm_closed':
      state.waiting.delete(fact.subject);
      break;
  }
  return state;
};

const mattersKinds = [
  'alarm_raised', 'alarm_raised_again', 'alarm_acknowledged', 'alarm_rang_again', 'alarm_escalated', 'alarm_unreached', 'alarm_cleared', 'alarm_shelved', 'alarm_unshelved', 'alarm_closed',
  'notice_sent', 'notice_answered', 'notice_escalated', 'notice_unreached', 'matrix_changed',
].map((what) => `notifications.${what}`);

const limitOf = (state: Matters, { row, class: alarmClass, answerMs }: Matter, rules: JudgeRules): number =>
  answerMs ?? (state.matrix.get(row) ?? rules.number(`ack_limit_${alarmClass}_seconds`)) * secondMs;

/** Sequence numbers of what waits past its limit: began in the period, and nobody has answered by its end. */
const pastLimit = (state: Matters, clause: string, rules: JudgeRules, span: { from: Instant; until: Instant }, isOpen: (matter: Matter) => boolean): number[] =>
  [...state.waiting.values()]
    .filter((matter) => matter.waitsSince !== null && matter.waitsSince >= span.from && matter.clauses.includes(clause) && isOpen(matter) && matter.waitsSince + limitOf(state, matter, rules) + toleranceMs < span.until)
    .map(({ seq }) => seq)
    .slice(-mostBroken);

type Table = 'told' | 'passedOn' | 'inTime';

/** One for each clause of the control, over one state. */
const mattersJudges = (control: Judge['control'], table: Table, isOpen: (matter: Matter) => boolean): Judge[] =>
  judgedClauses({ control }).map((clause) =>
    declareJudge<Matters>({
      control, clauses: [clause], shares: 'notifications.matters', kinds: mattersKinds,
      initial: () => ({ waiting: new Map(), matrix: new Map(), told: new Map(), passedOn: new Map(), inTime: new Map() }),
      step,
      answer: (state, period, rules, now) => {
        const open = pastLimit(state, clause, rules, { from: period.from, until: Math.min(period.until, now) }, isOpen);
        return weigh({ control, responsible, conditional: true, open }, state[table].get(clause) ?? freshSigns(), period);
      },
    }),
  );

const findingsComplete = (fact: Fact): Sign => {
  const { body } = fact;
  if (textIn(body, 'class') !== 'fire' || textIn(body, 'verdict') !== 'false') return null;
  const findings = partIn(body, 'findings');
  if (findings === null) return 'broken';
  const blank = ['detector', 'place', 'cause'].some((key) => textIn(findings, key).trim() === '');
  return blank || numberIn(findings, 'from') === null || numberIn(findings, 'until') === null ? 'broken' : 'kept';
};

/** Given up with no channel left: nobody was told by any way. */
const deliverySign = (fact: Fact): Sign => {
  if (fact.kind !== 'notifications.delivery_failed') return 'kept';
  if (typeof fact.body['next'] === 'string') return 'kept';
  return fact.body['givenUp'] === true ? 'broken' : null;
};

export const notificationsJudges: readonly Judge[] = [
  ...mattersJudges(escalation, 'passedOn', ({ escalated }) => !escalated),
  ...mattersJudges(telling, 'told', () => false),
  ...mattersJudges(lateness, 'inTime', () => true),
  // Without words the act is refused: each act of a person is the evidence. What closes by itself is no act.
  declareWitness({ control: textNeeded, responsible, kinds: ['notifications.alarm_acknowledged', 'notifications.alarm_closed'], sign: ({ actor }) => (actor.kind === 'person' ? 'kept' : null) }),
  declareWitness({ control: findingsNeeded, responsible, conditional: true, kinds: ['notifications.alarm_closed'], sign: findingsComplete }),
  declareWitness({ control: targetNeeded, responsible: 'room_manager', kinds: ['notifications.notice_sent'], sign: ({ body }) => (listIn(body, 'told').length > 0 ? 'kept' : 'broken') }),
  declareWitness({ control: channelSwitch, responsible: 'system_administrator', kinds: ['notifications.delivery_failed', 'notifications.notice_delivered', 'notifications.notice_answered'], sign: deliverySign }),
  declareWitness({
    control: oneKey, responsible, conditional: true, kinds: ['notifications.alarm_raised'],
    sign: ({ actor, body }) => (actor.kind === 'person' && typeof body['cameraId'] === 'string' ? 'kept' : null),
  }),
];
