/** What the facts tell of the register of cameras: what each is for and where it stands, changed by approval, looking where it was approved to look. */
import type { Fact } from '../../../../../formats/fact/index.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Control } from '../../../base/control.ts';
import { textIn } from '../../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../../base/judge.ts';
import { dayMs } from '../../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../../base/witness.ts';
import { clockRight, filedInTime, positionsKept, purposeAllowed, purposeByApproval, purposesOffered, signShown, staffPurposeGrounded, turnsReported, viewUnmoved, zonePermitted } from './controls.ts';
import { purposesBeyondSafety } from './words.ts';

const written = ['video.register_written'];
const purposeSet = [...written, 'video.purpose_changed'];
const purposeIn = ({ kind, body }: Fact): string => textIn(body, kind === 'video.purpose_changed' ? 'after' : 'purpose');

/** Registration refuses what the rules do not allow: an entry that went through it holds on. */
const throughTheDoor = (control: Control, sign: (fact: Fact) => Sign, conditional = false): Judge =>
  declareWitness({ control, responsible: 'technician', kinds: purposeSet, standing: true, conditional, sign });

interface Changes {
  /** Changes whose grant is not told yet, by approval: both stand in one transaction, the change first. */
  waiting: Map<string, { seq: number; at: Instant }>;
  signs: Ledgered;
}

const approvedJudge = declareJudge<Changes>({
  control: purposeByApproval, kinds: ['approvals.granted', 'video.purpose_changed'], initial: () => ({ waiting: new Map(), signs: freshSigns() }),
  step: (state, fact) => {
    const change = state.waiting.get(fact.subject);
    if (fact.kind === 'video.purpose_changed') state.waiting.set(textIn(fact.body, 'approvalId'), { seq: fact.seq, at: fact.at });
    else if (change !== undefined) {
      addSign(state.signs, 'kept', change);
      state.waiting.delete(fact.subject);
    }
    return state;
  },
  answer: ({ signs, waiting }, period) => {
    const open = [...waiting.values()].filter(({ at }) => at >= period.from && at < period.until).map(({ seq }) => seq);
    return weigh({ control: purposeByApproval, responsible: 'security_department', conditional: true, open }, signs, period);
  },
});

interface Deviations {
  /** Cameras that deviate, since when. */
  open: Map<string, { seq: number; at: Instant }>;
  signs: Ledgered;
}

/** From the fact that it deviates to the fact that it is right again. What began in the period or stands open at its end is a breach. */
const deviation = (control: Control, began: string, ended: string, right: readonly string[] = [], isRight: (fact: Fact) => boolean = () => true): Judge =>
  declareJudge<Deviations>({
    control, kinds: [began, ended, ...right, 'video.camera_retired'], initial: () => ({ open: new Map(), signs: freshSigns() }),
    step: (state, fact) => {
      const cameraId = textIn(fact.body, 'cameraId');
      if (fact.kind === began) {
        state.open.set(cameraId, { seq: fact.seq, at: fact.at });
        addSign(state.signs, 'broken', fact);
      } else if (fact.kind === 'video.camera_retired') state.open.delete(cameraId);
      else if (fact.kind === ended || isRight(fact)) {
        state.open.delete(cameraId);
        addSign(state.signs, 'kept', fact);
      }
      return state;
    },
    answer: ({ open, signs }, period) => weigh({ control, responsible: 'technician', standing: true, open: [...open.values()].filter(({ at }) => at < period.until).map(({ seq }) => seq) }, signs, period),
  });

interface Filing {
  /** Cameras in use: since when they must be filed, and whether they are. */
  cameras: Map<string, { since: Instant; seq: number; filed: number | null }>;
}

const filingStep = (state: Filing, fact: Fact): Filing => {
  const cameraId = textIn(fact.body, 'cameraId');
  const one = state.cameras.get(cameraId);
  if (fact.kind === 'video.camera_retired') state.cameras.delete(cameraId);
  else if (fact.kind === 'video.camera_activated') state.cameras.set(cameraId, { since: fact.at, seq: fact.seq, filed: one?.filed ?? null });
  else {
    const filed = textIn(fact.body, 'filingNumber') === '' ? null : fact.seq;
    if (one !== undefined) one.filed = filed;
    else if (fact.body['active'] === true) state.cameras.set(cameraId, { since: fact.at, seq: fact.seq, filed });
  }
  return state;
};

/** A camera within its time has nothing to show yet; one past it without a number is a breach. */
const filingJudge = declareJudge<Filing>({
  control: filedInTime, kinds: ['video.camera_activated', 'video.camera_retired', ...written], initial: () => ({ cameras: new Map() }), step: filingStep,
  answer: ({ cameras }, period, rules, now) => {
    const limitMs = rules.number('filing_within_days') * dayMs;
    const end = Math.min(period.until, now);
    const due = [...cameras.values()].filter(({ since }) => since < end);
    const late = due.filter(({ since, filed }) => filed === null && since + limitMs < end).map(({ seq }) => seq);
    const signs = freshSigns();
    for (const { filed } of due) if (filed !== null) addSign(signs, 'kept', { seq: filed, at: period.from });
    return weigh({ control: filedInTime, responsible: 'room_manager', open: late }, signs, period);
  },
});

interface Signs {
  /** Cameras of the room, with the fact that brought each in and the one that shows its sign. */
  cameras: Map<string, { at: Instant; seq: number; sign: number | null }>;
}

/** Each camera shows its sign by a photo; one without is a breach, however many others have theirs. */
const signJudge = declareJudge<Signs>({
  control: signShown, kinds: ['video.camera_added', 'video.camera_retired', 'video.register_picture_kept'], initial: () => ({ cameras: new Map() }),
  step: (state, fact) => {
    const cameraId = textIn(fact.body, 'cameraId');
    const one = state.cameras.get(cameraId);
    if (fact.kind === 'video.camera_added') state.cameras.set(cameraId, { at: fact.at, seq: fact.seq, sign: null });
    else if (fact.kind === 'video.camera_retired') state.cameras.delete(cameraId);
    else if (one !== undefined && textIn(fact.body, 'what') === 'sign') one.sign = fact.seq;
    return state;
  },
  answer: ({ cameras }, period, rules) => {
    const responsible = 'room_manager';
    if (!rules.flag('notice_signs_required')) return { state: 'not_applicable', facts: [], responsible };
    const there = [...cameras.values()].filter(({ at }) => at < period.until);
    const signs = freshSigns();
    for (const { sign } of there) if (sign !== null) addSign(signs, 'kept', { seq: sign, at: period.from });
    return weigh({ control: signShown, responsible, open: there.filter(({ sign }) => sign === null).map(({ seq }) => seq) }, signs, period);
  },
});

const isView = ({ body }: Fact): boolean => textIn(body, 'what') === 'view';

export const registerJudges: readonly Judge[] = [
  throughTheDoor(purposeAllowed, (fact) => (purposeIn(fact) === '' ? null : 'kept')),
  throughTheDoor(purposesOffered, (fact) => (purposeIn(fact) === '' ? null : 'kept')),
  throughTheDoor(staffPurposeGrounded, (fact) => (purposesBeyondSafety.has(purposeIn(fact)) ? 'kept' : null), true),
  declareWitness({ control: zonePermitted, responsible: 'technician', kinds: written, standing: true, sign: ({ body }) => (textIn(body, 'zoneType') === '' ? null : 'kept') }),
  approvedJudge,
  // Whoever saw positions is on record by name; those without need are refused.
  declareWitness({ control: positionsKept, responsible: 'security_department', conditional: true, kinds: ['video.positions_seen'], sign: ({ actor }) => (actor.kind === 'person' ? 'kept' : 'broken') }),
  deviation(viewUnmoved, 'video.view_changed', 'video.view_restored', ['video.register_picture_kept'], isView),
  deviation(clockRight, 'video.camera_clock_wrong', 'video.camera_clock_right'),
  // The fact is the report itself.
  declareWitness({ control: turnsReported, responsible: 'shift_leader', conditional: true, kinds: ['video.view_changed'], sign: ({ body }) => (body['turned'] === true ? 'kept' : null) }),
  signJudge,
  filingJudge,
];
