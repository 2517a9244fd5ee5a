/** What an item of the archive is, and what its chain of custody makes of it. Pure: what may be done with it now. */
import type { ArchiveAct, ArchiveClass, ArchiveHow, ArchiveSource, ArchiveState, OrderState } from '../../../../../contract/evidence-archive.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Refusal, Sentence } from '../../../base/refusal.ts';
import type { ApprovalCase } from '../../../mechanisms/approvals/index.ts';
import { destroyedByOrder, incompleteFound, leavesByOrder, lentOverdueFound, openedByOrder } from './controls.ts';
import { archiveRefusals as refuse } from './refusals.ts';
import { howWords, stateWords } from './words.ts';

export interface Details {
  class: ArchiveClass;
  caseNumber: string;
  title: string;
  words: string;
  place: string;
}

export interface ItemFile {
  number: number;
  name: string;
  cameraId: string | null;
  camera: string;
  segmentId: string | null;
  from: Instant | null;
  until: Instant | null;
  sizeBytes: number;
  sha256: string;
}

export interface ItemAct {
  number: number;
  act: ArchiveAct;
  at: Instant;
  by: string;
  orderId: string | null;
  to: string;
  note: string;
  signatureSha256: string | null;
}

export interface Order {
  orderId: string;
  itemId: string;
  how: ArchiveHow;
  reason: string;
  receiver: string;
  place: string;
  content: string;
  paper: string;
  returnBy: Instant | null;
  askedBy: string;
  askedAt: Instant;
  approvalId: string;
}

export interface Item extends Details {
  itemId: string;
  siteId: string;
  roomId: string;
  number: string;
  source: ArchiveSource;
  packageId: string | null;
  from: Instant | null;
  until: Instant | null;
  gaps: readonly { from: Instant; until: Instant; reason: string }[];
  giver: string;
  giverContact: string;
  replyBy: Instant | null;
  keepUntil: Instant | null;
  sha256: string;
  sizeBytes: number;
  filedBy: string;
  filedAt: Instant;
  files: readonly ItemFile[];
  acts: readonly ItemAct[];
  orders: readonly Order[];
}

type Moved = Pick<Item, 'acts'>;

export const stateOf = ({ acts }: Moved): ArchiveState => {
  const last = acts.findLast(({ act }) => act === 'destroyed' || act === 'transferred' || act === 'lent' || act === 'returned')?.act;
  return last === 'destroyed' || last === 'transferred' || last === 'lent' ? last : 'kept';
};
export const isHeld = ({ acts }: Moved): boolean => !acts.some(({ act }) => act === 'hold_released');
export const isAnswered = ({ acts }: Moved): boolean => acts.some(({ act }) => act === 'answered');

/** When it must be back; null: it is not away. */
export const returnByOf = (one: Pick<Item, 'acts' | 'orders'>): Instant | null => {
  if (stateOf(one) !== 'lent') return null;
  const lent = one.acts.findLast(({ act }) => act === 'lent');
  return one.orders.find(({ orderId }) => orderId === lent?.orderId)?.returnBy ?? null;
};
export const isOverdue = (one: Item, now: Instant): boolean => {
  const late = (): boolean => {
    const back = returnByOf(one);
    return (back !== null && now > back) || (one.replyBy !== null && now > one.replyBy && !isAnswered(one));
  };
  return lentOverdueFound.find(() => (late() ? [one] : [])).length > 0;
};

const fields: readonly { of: (one: Details) => string; words: Sentence }[] = [
  { of: ({ caseNumber }) => caseNumber, words: { zh: '缺案号', en: 'no case number' } },
  { of: ({ title }) => title, words: { zh: '缺题名', en: 'no title' } },
  { of: ({ words }) => words, words: { zh: '缺索引词', en: 'no index words' } },
  { of: ({ place }) => place, words: { zh: '缺存放处', en: 'no place' } },
];
const secondMs = 1_000;

/** What is not complete about it. */
export const missingOf = (one: Details & Pick<Item, 'gaps'>, custodian: string): readonly Sentence[] =>
  incompleteFound.find(() => {
    const seconds = Math.ceil(one.gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0) / secondMs);
    return [
      ...fields.filter(({ of }) => of(one) === '').map(({ words }) => words),
      ...(custodian === '' ? [{ zh: '缺保管人', en: 'no custodian' }] : []),
      ...(seconds === 0 ? [] : [{ zh: `录像缺 ${seconds} 秒`, en: `${seconds} s of footage missing` }]),
    ];
  });

const doing: Readonly<Record<Exclude<ArchiveHow, 'view'>, ArchiveAct>> = { lend: 'lent', transfer: 'transferred', publish: 'published', destroy: 'destroyed' };
export const actOf = (how: Exclude<ArchiveHow, 'view'>): ArchiveAct => doing[how];
const isDone = ({ how, orderId }: Pick<Order, 'how' | 'orderId'>, acts: readonly ItemAct[]): boolean => how !== 'view' && acts.some((one) => one.orderId === orderId && one.act === doing[how]);

/** How an order stands, from the approval that decides about it. */
export const orderState = (order: Pick<Order, 'how' | 'orderId'>, acts: readonly ItemAct[], approval: ApprovalCase | null, now: Instant): OrderState => {
  if (isDone(order, acts)) return 'done';
  const name = approval?.state.name;
  if (name === 'pending' || name === 'returned') return 'asked';
  if (approval === null || (name !== 'approved' && name !== 'in_use')) return 'over';
  const { state } = approval;
  return 'validUntil' in state && state.validUntil !== null && now >= state.validUntil ? 'over' : 'granted';
};

/** An order with how it stands and who agreed to it. */
export interface Standing {
  order: Order;
  state: OrderState;
  agreed: readonly string[];
}

export const notNow = (one: Item): Refusal => refuse('not_now', { number: one.number, state: stateWords[stateOf(one)].zh, stateEn: stateWords[stateOf(one)].en });

/** Under which order this person may open it; a refusal where there is none. */
export const mayOpen = (one: Item, orders: readonly Standing[], by: string): Standing | Refusal => {
  const mine = orders.find(({ order, state }) => order.how === 'view' && order.askedBy === by && state === 'granted');
  if (stateOf(one) === 'destroyed') return notNow(one);
  if (mine !== undefined) return mine;
  const [any] = orders;
  return openedByOrder.allows(() => false) && any !== undefined ? any : refuse('view_needs_order', { number: one.number });
};

const needed = (one: Item, how: Exclude<ArchiveHow, 'view'>): Refusal => refuse(how === 'destroy' ? 'destroy_needs_order' : 'leaves_needs_order', { number: one.number, how: howWords[how].zh, howEn: howWords[how].en });

/** Under which order this may be done by this person. Who asked carries nothing out, nor who agreed. */
export const mayCarryOut = (one: Item, how: Exclude<ArchiveHow, 'view'>, orders: readonly Standing[], by: string): Standing | Refusal => {
  const control = how === 'destroy' ? destroyedByOrder : leavesByOrder;
  const ofHow = orders.filter(({ order }) => order.how === how);
  if (how === 'destroy' && isHeld(one) && !control.allows(() => false)) return refuse('held', { number: one.number });
  const state = stateOf(one);
  if (state === 'destroyed' || (state !== 'kept' && how !== 'publish')) return notNow(one);
  const granted = ofHow.find((standing) => standing.state === 'granted') ?? (control.allows(() => false) ? ofHow[0] : undefined);
  if (granted === undefined) return needed(one, how);
  if (granted.order.askedBy === by) return refuse('own_order');
  return granted.agreed.includes(by) ? refuse('agreed_to_it') : granted;
};

/** Who began to destroy it under this order; null: nobody yet. */
export const destructionBegun = (one: Moved, orderId: string): ItemAct | null => one.acts.findLast((act) => act.act === 'destruction_begun' && act.orderId === orderId) ?? null;

export const mayReturn = (one: Item): Refusal | null => (stateOf(one) === 'lent' ? null : notNow(one));
export const mayDescribe = (one: Item): Refusal | null => (stateOf(one) === 'destroyed' ? notNow(one) : null);
export const mayRelease = (one: Item): Refusal | null => (stateOf(one) === 'destroyed' ? notNow(one) : isHeld(one) ? null : refuse('not_held', { number: one.number }));
export const mayAnswer = (one: Item): Refusal | null => (one.source !== 'received' ? refuse('not_received', { number: one.number }) : isAnswered(one) ? refuse('answered_already', { number: one.number }) : null);
export const mayOrder = (one: Item): Refusal | null => (stateOf(one) === 'destroyed' || stateOf(one) === 'transferred' ? notNow(one) : null);
