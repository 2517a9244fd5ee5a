/** What the facts tell of the archive: filed with class and number, opened, moved and destroyed under granted orders alone, back in time, changed hands by count. */
import type { Fact } from '../../../../../formats/fact/index.ts';
import type { Control } from '../../../base/control.ts';
import { textIn } from '../../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../../base/judge.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../../base/witness.ts';
import { classNamed, destroyedByOrder, everyDayIndexed, foundByIndex, leavesByOrder, lentOverdueFound, openedByOrder, receiptGiven, takenOverByCount } from './controls.ts';

const responsible = 'video_custodian';

interface Archive {
  /** Orders by id: what they let happen, under which approval. */
  orders: Map<string, { how: string; approvalId: string }>;
  granted: Set<string>;
  /** Counts by id, with who counted. */
  counts: Map<string, string>;
  kept: boolean;
  /** Items that were not back in time. */
  late: Set<string>;
  signs: Map<Control, Ledgered>;
}

const note = (state: Archive, control: Control, sign: Sign, fact: Fact): void => {
  const signs = state.signs.get(control) ?? freshSigns();
  state.signs.set(control, signs);
  addSign(signs, sign, fact);
};

/** A granted order for this very act. */
const ordered = (state: Archive, { body }: Fact, how: string): Sign => {
  const order = state.orders.get(textIn(body, 'orderId'));
  return order !== undefined && order.how === how && state.granted.has(order.approvalId) ? 'kept' : 'broken';
};

const takenOver = (state: Archive, fact: Fact): void => {
  const inventoryId = textIn(fact.body, 'inventoryId');
  const counter = state.counts.get(inventoryId);
  // Whoever keeps it first takes nothing over from anybody.
  if (inventoryId !== '' || state.kept) note(state, takenOverByCount, counter !== undefined && counter !== fact.actor.id ? 'kept' : 'broken', fact);
  state.kept = true;
};

const readers: Readonly<Record<string, (state: Archive, fact: Fact) => void>> = {
  'approvals.granted': (state, fact) => void state.granted.add(fact.subject),
  'evidence.archive_ordered': (state, { body }) => void state.orders.set(textIn(body, 'orderId'), { how: textIn(body, 'how'), approvalId: textIn(body, 'approvalId') }),
  'evidence.archive_opened': (state, fact) => note(state, openedByOrder, ordered(state, fact, 'view'), fact),
  'evidence.archive_moved': (state, fact) => note(state, leavesByOrder, ordered(state, fact, textIn(fact.body, 'how')), fact),
  'evidence.archive_destroyed': (state, fact) => note(state, destroyedByOrder, ordered(state, fact, 'destroy'), fact),
  'evidence.archive_counted': (state, fact) => void state.counts.set(textIn(fact.body, 'inventoryId'), fact.actor.id),
  'evidence.archive_taken_over': takenOver,
  'evidence.archive_overdue': (state, fact) => {
    state.late.add(textIn(fact.body, 'itemId'));
    note(state, lentOverdueFound, 'broken', fact);
  },
  'evidence.archive_returned': (state, fact) => {
    if (!state.late.delete(textIn(fact.body, 'itemId'))) note(state, lentOverdueFound, 'kept', fact);
  },
};

const of = (control: Control): Judge =>
  declareJudge<Archive>({
    control, shares: 'evidence.archive', kinds: Object.keys(readers),
    initial: () => ({ orders: new Map(), granted: new Set(), counts: new Map(), kept: false, late: new Set(), signs: new Map() }),
    step: (state, fact) => {
      readers[fact.kind]?.(state, fact);
      return state;
    },
    answer: (state, period) => weigh({ control, responsible, conditional: true }, state.signs.get(control) ?? freshSigns(), period),
  });

const filed = ['evidence.archive_filed'];
const has = (...keys: readonly string[]) => ({ body }: Fact): Sign => (keys.every((key) => textIn(body, key) !== '') ? 'kept' : 'broken');

export const archiveJudges: readonly Judge[] = [
  ...[openedByOrder, leavesByOrder, destroyedByOrder, takenOverByCount, lentOverdueFound].map(of),
  declareWitness({ control: classNamed, responsible, conditional: true, kinds: filed, sign: has('class') }),
  declareWitness({ control: foundByIndex, responsible, conditional: true, kinds: filed, sign: has('number', 'sha256') }),
  declareWitness({ control: receiptGiven, responsible, conditional: true, kinds: filed, sign: (fact) => (textIn(fact.body, 'source') === 'received' ? has('number', 'sha256')(fact) : null) }),
  // The index of days is read out of what was entered: each segment with camera and time.
  declareWitness({ control: everyDayIndexed, responsible, kinds: ['video.segments_recorded'] }),
];
