/** What the facts tell of accounts, rights and passwords: who went through the door, what was refused, what had to be changed and was not. */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import { listIn, numberIn, partsIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge, type JudgeRules } from '../../base/judge.ts';
import { dayMs, secondMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import {
  devicePasswords, operateOnPost, passwordAge, passwordDisclosed, passwordMandatory, passwordStrong, rightHasEnd, rightOfRole, secondConsole, signOnNeeded, trainingRecord,
} from './controls.ts';

const responsible = 'security_administrator';
const room = 'room_manager';

const byPerson = ({ actor }: Fact): Sign => (actor.kind === 'person' ? 'kept' : null);
const onPost = ({ kind, actor }: Fact): Sign => (kind === 'identity.denied' || kind === 'identity.post_taken' || (actor.kind === 'person' && actor.post !== null) ? 'kept' : null);

const looking = ['video.watch_began', 'video.playback_opened'];
const operating = ['video.snapshot_taken', 'notifications.alarm_acknowledged', 'duty.section_confirmed'];
/** What each clause of the right of roles is about; a refusal on record shows each of them kept. */
const rightsUsed: readonly { clauses: readonly string[]; kinds: readonly string[] }[] = [
  { clauses: ['SEC-4.3'], kinds: looking },
  { clauses: ['COR-5.1.2'], kinds: ['video.playback_opened'] },
  { clauses: ['SEC-4.4', 'BRN-A4.4'], kinds: [...looking, ...operating] },
  { clauses: ['RES-2'], kinds: ['identity.signed_in'] },
  { clauses: ['RES-7.4.1'], kinds: ['obligations.opened_by_person', 'obligations.form_submitted'] },
  { clauses: ['TEN-7.2'], kinds: ['video.camera_changed', 'video.camera_added', 'video.camera_retired'] },
];

const revokedMs = 10 * secondMs;
interface Rights {
  signs: Ledgered;
  /** People who were taken out of the list, and since when. */
  out: Map<string, Instant>;
  /** Pictures that run, by watched interval. */
  running: Map<string, { personId: string; seq: number }>;
}

const watchedId = (fact: Fact): string => textIn(fact.body, 'watchedId');

const rightsStep = (state: Rights, fact: Fact): Rights => {
  const { actor, body, kind, subject } = fact;
  switch (kind) {
    case 'identity.person_changed':
      if (body['active'] === false) state.out.set(subject, fact.at);
      else state.out.delete(subject);
      break;
    case 'identity.denied': case 'identity.role_granted': case 'identity.role_ended':
      addSign(state.signs, 'kept', fact);
      break;
    case 'video.watch_ended': {
      const watch = state.running.get(watchedId(fact));
      state.running.delete(watchedId(fact));
      const since = watch === undefined ? undefined : state.out.get(watch.personId);
      // The right was withdrawn while the picture ran: it ends within ten seconds.
      if (watch !== undefined && since !== undefined) addSign(state.signs, (numberIn(body, 'until') ?? fact.at) <= since + revokedMs ? 'kept' : 'broken', fact);
      break;
    }
    default:
      if (actor.kind !== 'person') break;
      addSign(state.signs, state.out.has(actor.id) ? 'broken' : 'kept', fact);
      if (kind === 'video.watch_began') state.running.set(watchedId(fact), { personId: actor.id, seq: fact.seq });
  }
  return state;
};

const rightsJudge = declareJudge<Rights>({
  control: rightHasEnd, kinds: [...looking, 'video.watch_ended', 'identity.person_changed', 'identity.denied', 'identity.role_granted', 'identity.role_ended'],
  initial: () => ({ signs: freshSigns(), out: new Map(), running: new Map() }),
  step: rightsStep,
  answer: ({ signs, out, running }, period, _rules, now) => {
    const end = Math.min(period.until, now);
    const open = [...running.values()].flatMap(({ personId, seq }) => {
      const since = out.get(personId);
      return since !== undefined && since >= period.from && since + revokedMs < end ? [seq] : [];
    });
    return weigh({ control: rightHasEnd, responsible, open }, signs, period);
  },
});

interface Training {
  signs: Ledgered;
  /** Spans of valid records, by person. */
  records: Map<string, { qualificationId: string; from: Instant; until: Instant | null }[]>;
}

/** A post was taken with a record of training that held, or without one. */
const trainingJudge = declareJudge<Training>({
  control: trainingRecord, kinds: ['identity.qualification_added', 'identity.qualification_withdrawn', 'identity.post_taken', 'identity.sign_in_refused'], initial: () => ({ signs: freshSigns(), records: new Map() }),
  step: (state, fact) => {
    const { body, subject, at } = fact;
    const records = state.records.get(subject) ?? [];
    const qualificationId = textIn(body, 'qualificationId');
    if (fact.kind === 'identity.qualification_withdrawn') state.records.set(subject, records.filter((one) => one.qualificationId !== qualificationId));
    if (fact.kind === 'identity.qualification_added' && textIn(body, 'kind') === 'console_training') state.records.set(subject, [...records, { qualificationId, from: numberIn(body, 'from') ?? at, until: numberIn(body, 'until') }]);
    if (fact.kind === 'identity.sign_in_refused' && textIn(body, 'reason') === 'training_needed') addSign(state.signs, 'kept', fact);
    if (fact.kind === 'identity.post_taken') addSign(state.signs, records.some(({ from, until }) => from <= at && (until === null || at < until)) ? 'kept' : 'broken', fact);
    return state;
  },
  answer: ({ signs }, period) => weigh({ control: trainingRecord, responsible: room }, signs, period),
});

interface Ages {
  changedAt: Map<string, Instant>;
  /** Sign-ins with the age that the password had then; null: by another proof, or unknown. */
  entries: { seq: number; at: Instant; ageMs: number }[];
  overdue: Ledgered;
}

const agesOn = (rules: JudgeRules): boolean => rules.number('password_max_age_days') > 0;

/** Sign-ins of a password within its age are the evidence; the console kept on post with one past it is the breach that the leader hears of. */
const ageJudge = declareJudge<Ages>({
  control: passwordAge, kinds: ['identity.person_added', 'identity.password_changed', 'identity.signed_in', 'identity.password_overdue_on_post'],
  initial: () => ({ changedAt: new Map(), entries: [], overdue: freshSigns() }),
  step: (state, fact) => {
    const { kind, subject, at, seq, body } = fact;
    if (kind === 'identity.password_overdue_on_post') addSign(state.overdue, textIn(body, 'reason') === 'age' ? 'broken' : null, fact);
    else if (kind !== 'identity.signed_in') state.changedAt.set(subject, at);
    if (kind === 'identity.password_changed') addSign(state.overdue, 'kept', fact);
    const since = state.changedAt.get(subject);
    if (kind === 'identity.signed_in' && since !== undefined && textIn(body, 'proof').startsWith('password')) state.entries.push({ seq, at, ageMs: at - since });
    return state;
  },
  answer: ({ entries, overdue }, period, rules) => {
    if (!agesOn(rules)) return { state: 'not_applicable', facts: [], responsible };
    const found = weigh({ control: passwordAge, responsible }, overdue, period);
    if (found.state !== 'evidence_due') return found;
    const mostMs = rules.number('password_max_age_days') * dayMs;
    const young = entries.findLast(({ at, ageMs }) => at >= period.from && at < period.until && ageMs <= mostMs);
    return young === undefined ? found : { state: 'satisfied', facts: [young.seq], responsible };
  },
});

interface Disclosed {
  signs: Ledgered;
  waiting: Map<string, { seq: number; at: Instant }>;
}

/** A disclosed password is changed; until then the person reaches the form of the change alone, so it is due and no breach. */
const disclosedJudge = declareJudge<Disclosed>({
  control: passwordDisclosed, kinds: ['identity.password_disclosed', 'identity.password_changed'], initial: () => ({ signs: freshSigns(), waiting: new Map() }),
  step: (state, fact) => {
    if (fact.kind === 'identity.password_disclosed') state.waiting.set(fact.subject, { seq: fact.seq, at: fact.at });
    else if (state.waiting.delete(fact.subject)) addSign(state.signs, 'kept', fact);
    return state;
  },
  answer: ({ signs, waiting }, period) => {
    const due = [...waiting.values()].filter(({ at }) => at < period.until).map(({ seq }) => seq);
    return due.length > 0 ? { state: 'evidence_due', facts: due, responsible } : weigh({ control: passwordDisclosed, responsible, conditional: true }, signs, period);
  },
});

/** What a look found, as far as it is about the clause. */
const deviceSign = (about: ReadonlySet<string>) => ({ body }: Fact): Sign =>
  partsIn(body, 'found').some((device) => listIn(device, 'findings').some((finding) => typeof finding === 'string' && about.has(finding))) ? 'broken' : 'kept';
const deviceJudge = (clause: string, findings: readonly string[]): Judge =>
  declareWitness({ control: devicePasswords, clauses: [clause], responsible: 'technician', kinds: ['identity.device_passwords_scanned'], sign: deviceSign(new Set(findings)) });

const consoleSign = ({ kind, body }: Fact): Sign => {
  if (kind === 'identity.second_console_opened') return 'broken';
  return kind === 'identity.signed_in' || textIn(body, 'reason') === 'signed_in_elsewhere' ? 'kept' : null;
};

export const identityJudges: readonly Judge[] = [
  declareWitness({ control: signOnNeeded, responsible, kinds: ['identity.signed_in', 'identity.sign_in_refused'] }),
  ...rightsUsed.map(({ clauses, kinds }) => declareWitness({ control: rightOfRole, clauses, responsible, kinds: ['identity.denied', ...kinds], sign: byPerson })),
  rightsJudge,
  declareWitness({ control: operateOnPost, responsible: room, kinds: ['identity.post_taken', 'identity.denied', ...looking, ...operating], sign: onPost }),
  declareWitness({ control: secondConsole, responsible, kinds: ['identity.signed_in', 'identity.sign_in_refused', 'identity.second_console_opened'], sign: consoleSign }),
  trainingJudge,
  declareWitness({ control: passwordMandatory, responsible, kinds: ['identity.signed_in', 'identity.person_added'] }),
  declareWitness({ control: passwordStrong, responsible, kinds: ['identity.person_added', 'identity.password_changed'], standing: true }),
  ageJudge,
  disclosedJudge,
  deviceJudge('SAF-4.2.2', ['no_password', 'factory', 'weak', 'disclosed']),
  deviceJudge('BRN-A4.1', ['no_password']),
];
