/**
 * What the facts tell of requests for footage: nothing opened, seen or copied without the approval that covers it, results written and
 * delivered, copies back in time. One reading of the facts serves all of these rules.
 */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Control } from '../../base/control.ts';
import { listIn, numberIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../base/judge.ts';
import { addSign, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import { approvedFirst, copyByApprover, everyViewingRegistered, fourNamed, reasonOfCopy, reasonOfViewing, resultBeforeClosing, resultDelivered, viewByApprover, viewNeverCopies } from './controls.ts';
import { copyOnlyApproved, everyCopyRegistered, handedToSomebody, overdueFound, twoAtTheEnd } from './copies/controls.ts';
import { archiveJudges } from './archive/judges.ts';
import { grantJudges } from './grants/judges.ts';
import { holdJudges } from './holds/judges.ts';
import { resultTold } from './notices.ts';

interface Request {
  type: string;
  applicantId: string;
  /** null: not approved yet. */
  approved: { until: Instant } | null;
  over: boolean;
  viewed: boolean;
  resulted: boolean;
  late: boolean;
}

interface Requests {
  requests: Map<string, Request>;
  /** Grants under which a viewing stands on record. */
  viewings: Set<string>;
  /** Copies: whose request, and whether the package was finished. */
  copies: Map<string, { requestId: string; made: boolean }>;
  /** Who began to end a copy, by copy. */
  endings: Map<string, string>;
  /** Approvals asked for, by who asked. */
  asked: Map<string, string>;
  /** Results that no leader has been sent yet. */
  undelivered: Map<string, { seq: number; at: Instant }>;
  signs: Map<Control, Ledgered>;
}

const note = (state: Requests, control: Control, sign: Sign, fact: Pick<Fact, 'at' | 'seq'>): void => {
  const signs = state.signs.get(control) ?? freshSigns();
  state.signs.set(control, signs);
  addSign(signs, sign, fact);
};
const kept = (holds: boolean): Sign => (holds ? 'kept' : 'broken');

/** Approved for this, and the approval has neither run out nor been ended. */
const covers = (one: Request | undefined, type: string, at: Instant): boolean => one !== undefined && one.type === type && one.approved !== null && !one.over && at < one.approved.until;

type Reader = (state: Requests, fact: Fact) => void;

const requestReaders: Readonly<Record<string, Reader>> = {
  'evidence.request_submitted': (state, fact) => {
    const type = textIn(fact.body, 'type');
    state.requests.set(textIn(fact.body, 'requestId'), { type, applicantId: fact.actor.id, approved: null, over: false, viewed: false, resulted: false, late: false });
    // The words themselves are personal: their class and their salted hash stand in the fact.
    note(state, type === 'copy' ? reasonOfCopy : reasonOfViewing, kept(textIn(fact.body, 'reasonClass') !== '' && fact.body['reason'] !== undefined), fact);
  },
  'evidence.request_approved': (state, fact) => {
    const one = state.requests.get(textIn(fact.body, 'requestId'));
    if (one !== undefined) one.approved = { until: numberIn(fact.body, 'validUntil') ?? Infinity };
  },
  'evidence.request_ended': (state, fact) => {
    const one = state.requests.get(textIn(fact.body, 'requestId'));
    if (one !== undefined) one.over = true;
  },
  'evidence.viewing_begun': (state, fact) => {
    const one = state.requests.get(textIn(fact.body, 'requestId'));
    note(state, approvedFirst, kept(covers(one, 'view', fact.at)), fact);
    note(state, everyViewingRegistered, kept(one !== undefined && fact.actor.kind === 'person'), fact);
    if (one !== undefined) one.viewed = true;
    state.viewings.add(textIn(fact.body, 'grantId'));
  },
  'evidence.result_written': (state, fact) => {
    const requestId = textIn(fact.body, 'requestId');
    const one = state.requests.get(requestId);
    // Only the first goes to the leader; what is added to it later is added to the register.
    if (one === undefined || one.resulted) return;
    one.resulted = true;
    state.undelivered.set(requestId, fact);
  },
  'evidence.request_closed': (state, fact) => {
    const one = state.requests.get(textIn(fact.body, 'requestId'));
    if (one === undefined || one.type !== 'view') return;
    note(state, resultBeforeClosing, kept(one.resulted), fact);
    note(state, fourNamed, kept(one.approved !== null && one.viewed && fact.actor.kind === 'person'), fact);
  },
  'notifications.notice_sent': (state, fact) => {
    const requestId = textIn(fact.body, 'about');
    const told = state.undelivered.get(requestId);
    if (textIn(fact.body, 'kind') !== resultTold.kind || told === undefined) return;
    note(state, resultDelivered, 'kept', fact);
    state.undelivered.delete(requestId);
  },
  'video.footage_watched': (state, fact) => {
    const grantId = textIn(fact.body, 'grantId');
    if (grantId !== '') note(state, everyViewingRegistered, kept(state.viewings.has(grantId)), fact);
  },
};

const approvalReaders: Readonly<Record<string, Reader>> = {
  'approvals.submitted': (state, fact) => void state.asked.set(fact.subject, fact.actor.id),
  'approvals.granted': (state, fact) => {
    const kind = textIn(fact.body, 'kind');
    const control = kind === 'evidence.view' ? viewByApprover : kind === 'evidence.copy' ? copyByApprover : null;
    const signers = listIn(fact.body, 'signers');
    if (control !== null) note(state, control, kept(signers.length > 0 && !signers.includes(state.asked.get(fact.subject) ?? '')), fact);
  },
};

const copyReaders: Readonly<Record<string, Reader>> = {
  'evidence.copy_begun': (state, fact) => {
    const requestId = textIn(fact.body, 'requestId');
    const one = state.requests.get(requestId);
    state.copies.set(textIn(fact.body, 'packageId'), { requestId, made: false });
    note(state, copyOnlyApproved, kept(covers(one, 'copy', fact.at)), fact);
    note(state, viewNeverCopies, kept(one?.type === 'copy'), fact);
  },
  'evidence.copy_made': (state, fact) => {
    const copy = state.copies.get(textIn(fact.body, 'packageId'));
    if (copy !== undefined) copy.made = true;
    note(state, everyCopyRegistered, kept(copy !== undefined), fact);
  },
  'evidence.copy_handed_over': (state, fact) => {
    // Whom it went to is personal; the room wants words there before it lets go.
    note(state, handedToSomebody, kept(state.copies.get(textIn(fact.body, 'packageId'))?.made === true && fact.body['receiver'] !== undefined), fact);
  },
  'evidence.copy_ending_begun': (state, fact) => void state.endings.set(textIn(fact.body, 'packageId'), fact.actor.id),
  'evidence.copy_ended': (state, fact) => {
    const packageId = textIn(fact.body, 'packageId');
    const first = state.endings.get(packageId);
    const one = state.requests.get(state.copies.get(packageId)?.requestId ?? '');
    if (textIn(fact.body, 'how') === 'returned') note(state, overdueFound, one?.late === true ? null : 'kept', fact);
    // Before two persons signed in for it only the name of the second stood there, as words.
    else if (first !== undefined) note(state, twoAtTheEnd, kept(first !== fact.actor.id), fact);
    state.endings.delete(packageId);
  },
  'evidence.copy_overdue': (state, fact) => {
    const one = state.requests.get(textIn(fact.body, 'requestId'));
    if (one !== undefined) one.late = true;
    note(state, overdueFound, 'broken', fact);
  },
};

const readers: Readonly<Record<string, Reader>> = { ...requestReaders, ...approvalReaders, ...copyReaders };

const requests = {
  shares: 'evidence.requests', kinds: Object.keys(readers),
  initial: (): Requests => ({ requests: new Map(), viewings: new Set(), copies: new Map(), endings: new Map(), asked: new Map(), undelivered: new Map(), signs: new Map() }),
  step: (state: Requests, fact: Fact): Requests => {
    readers[fact.kind]?.(state, fact);
    return state;
  },
};

/** Nobody need ask for footage: a period without a request is not one without evidence. */
const of = (control: Control, responsible: string, open: (state: Requests) => Iterable<{ seq: number; at: Instant }> = () => []): Judge =>
  declareJudge<Requests>({
    ...requests, control,
    answer: (state, period) => {
      const left = [...open(state)].filter(({ at }) => at >= period.from && at < period.until).map(({ seq }) => seq);
      return weigh({ control, responsible, conditional: true, open: left }, state.signs.get(control) ?? freshSigns(), period);
    },
  });

export const evidenceJudges: readonly Judge[] = [
  of(approvedFirst, 'security_department'),
  of(viewByApprover, 'leader'),
  of(copyByApprover, 'leader'),
  of(viewNeverCopies, 'security_department'),
  of(reasonOfViewing, 'room_manager'),
  of(reasonOfCopy, 'room_manager'),
  of(resultBeforeClosing, 'room_manager'),
  of(resultDelivered, 'room_manager', ({ undelivered }) => undelivered.values()),
  of(everyViewingRegistered, 'video_custodian'),
  of(fourNamed, 'video_custodian'),
  of(copyOnlyApproved, 'security_department'),
  of(handedToSomebody, 'video_custodian'),
  of(twoAtTheEnd, 'video_custodian'),
  of(everyCopyRegistered, 'video_custodian'),
  of(overdueFound, 'video_custodian'),
  ...grantJudges,
  ...holdJudges,
  ...archiveJudges,
];
