/** The life of a copy. Pure: what its chain of custody makes of it, and what may be done with it now. */
import type { CustodyAct, PackageState } from '../../../../../contract/evidence-copies.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Refusal, Sentence } from '../../../base/refusal.ts';
import { stateWords, type FootageRequest } from '../request.ts';
import { copyOnlyApproved, handedToSomebody, twoAtTheEnd } from './controls.ts';
import { copyRefusals as refuse } from './refusals.ts';

export interface PackageEnd {
  made: boolean;
  endedAt: Instant;
  sha256: string | null;
  fileSha256: string | null;
  sizeBytes: number | null;
  fingerprint: string | null;
  verifierSha256: string | null;
  failure: Sentence | null;
}

export interface CustodyLink {
  number: number;
  act: CustodyAct;
  at: Instant;
  enteredAt: Instant;
  by: string;
  second: string;
  /** Account of the second person; null: none. */
  secondId: string | null;
  from: string;
  to: string;
  medium: string;
  note: string;
  signatureSha256: string | null;
}

export interface Package {
  packageId: string;
  siteId: string;
  roomId: string;
  requestId: string;
  approvalId: string;
  /** EV-2026-000123 */
  number: string;
  copy: number;
  encrypted: boolean;
  operatorId: string;
  witness: string;
  begunAt: Instant;
  /** Null while it is written. */
  end: PackageEnd | null;
  custody: readonly CustodyLink[];
}

const endings: ReadonlySet<CustodyAct> = new Set(['returned', 'wiped', 'destroyed']);

export const stateOf = ({ end, custody }: Pick<Package, 'end' | 'custody'>): PackageState => {
  if (end === null) return 'making';
  if (!end.made) return 'failed';
  if (custody.some(({ act }) => endings.has(act))) return 'ended';
  return custody.some(({ act }) => act === 'handed_over') ? 'handed_over' : 'ready';
};

/** Name of the file that leaves the room. */
export const fileNameOf = ({ number, encrypted }: Pick<Package, 'number' | 'encrypted'>): string => (encrypted ? `${number}.encrypted.zip` : `${number}.zip`);

const stateWord: Readonly<Record<PackageState, Sentence>> = {
  making: { zh: '正在导出', en: 'being made' }, failed: { zh: '导出失败', en: 'not made' }, ready: { zh: '待交付', en: 'waiting to be handed over' }, handed_over: { zh: '已交付', en: 'handed over' }, ended: { zh: '已归还或销毁', en: 'given back or destroyed' },
};
const notNow = (one: Package): Refusal => refuse('not_now', { number: one.number, state: stateWord[stateOf(one)].zh, stateEn: stateWord[stateOf(one)].en });

/** Wiping or destruction that waits for a second person. */
export interface BegunEnding extends Pick<CustodyLink, 'at' | 'enteredAt' | 'by' | 'medium' | 'note'> {
  how: 'wiped' | 'destroyed';
}
const begunActs: Readonly<Partial<Record<CustodyAct, BegunEnding['how']>>> = { wiping_begun: 'wiped', destruction_begun: 'destroyed' };
export const begunActOf = (how: BegunEnding['how']): CustodyAct => (how === 'wiped' ? 'wiping_begun' : 'destruction_begun');

export const begunEnding = ({ custody }: Pick<Package, 'custody'>): BegunEnding | null => {
  const last = custody.findLast(({ act }) => begunActs[act] !== undefined || act === 'ending_withdrawn' || endings.has(act));
  const how = last === undefined ? undefined : begunActs[last.act];
  return last === undefined || how === undefined ? null : { how, at: last.at, enteredAt: last.enteredAt, by: last.by, medium: last.medium, note: last.note };
};
/** Nothing else is done with a copy that is about to be wiped. */
const whileEnding = (one: Package): Refusal | null => (begunEnding(one) === null ? null : refuse('ending_begun', { number: one.number }));

const open: readonly FootageRequest['state'][] = ['ready', 'copied', 'delivered'];

/** How the approval of the request stands, and whom it binds. */
export interface Agreement {
  state: 'held' | 'finished' | 'gone';
  /** Who signed, and for whom: nobody carries out what they agreed to. */
  agreed: readonly string[];
}
/** Spoilt before anybody had it: another may be made in its place. */
const wasSpoilt = (one: Package): boolean => stateOf(one) === 'failed' || (stateOf(one) === 'ended' && !one.custody.some(({ act }) => act === 'handed_over'));

/** May one more be made? */
export const mayMake = (request: FootageRequest, packages: readonly Package[], by: string, at: Instant, { state: agreement, agreed }: Agreement): Refusal | null => {
  const { number, type, state } = request;
  if (type !== 'copy') return copyOnlyApproved.allows(() => false) ? null : refuse('only_viewing', { number });
  if (state === 'approving') return copyOnlyApproved.allows(() => false) ? null : refuse('not_approved', { number });
  if (!open.includes(state)) return copyOnlyApproved.allows(() => false) ? null : refuse('not_open', { number, state: stateWords[state].zh, stateEn: stateWords[state].en });
  if (agreement === 'gone') return copyOnlyApproved.allows(() => false) ? null : refuse('revoked', { number });
  if (by === request.applicantId) return refuse('own_request');
  if (agreed.includes(by)) return refuse('agreed_to_it');
  if (request.validUntil !== null && at >= request.validUntil) return refuse('run_out', { number });
  const made = packages.filter((one) => !wasSpoilt(one)).length;
  const most = request.copies ?? 1;
  return made >= most ? refuse('enough', { number, most }) : null;
};

/** Its place among the copies of the request: one that came to nothing leaves its own free. */
export const nextCopy = (packages: readonly Package[]): number => packages.filter((one) => !wasSpoilt(one)).length + 1;

/** Until it is handed over, by whoever may carry the request out. */
export const mayTake = (one: Package, request: FootageRequest, by: string, { state, agreed }: Agreement): Refusal | null => {
  if (stateOf(one) !== 'ready') return notNow(one);
  if (begunEnding(one) !== null) return whileEnding(one);
  if (state === 'gone') return refuse('revoked', { number: request.number });
  if (by === request.applicantId) return refuse('own_request');
  return agreed.includes(by) ? refuse('agreed_to_it') : null;
};
export const mayHandOver = (one: Package, receiver: string, { state }: Agreement): Refusal | null => {
  if (stateOf(one) !== 'ready') return notNow(one);
  if (begunEnding(one) !== null) return whileEnding(one);
  if (state === 'gone') return refuse('revoked', { number: one.number });
  return receiver === '' && !handedToSomebody.allows(() => false) ? refuse('receiver_needed') : null;
};
export const maySend = (one: Package): Refusal | null => {
  if (!one.encrypted) return refuse('not_encrypted', { number: one.number });
  return stateOf(one) === 'ready' || stateOf(one) === 'handed_over' ? null : notNow(one);
};
/** A copy that nobody has yet may be destroyed too. */
export const mayEnd = (one: Package, how: CustodyAct): Refusal | null => {
  const state = stateOf(one);
  if (state !== 'handed_over' && !(state === 'ready' && how !== 'returned')) return notNow(one);
  return whileEnding(one);
};
/** Are there two accounts? `begunBy`: who began; null: nobody yet. */
export const areTwo = (begunBy: string | null, by: string): boolean => twoAtTheEnd.allows(() => begunBy !== null && begunBy !== by);
export const mayConfirm = (one: Package, by: string): Refusal | null => {
  const begun = begunEnding(one);
  if (begun === null) return refuse('no_ending_begun', { number: one.number });
  return areTwo(begun.by, by) ? null : refuse('same_person');
};
export const mayWithdraw = (one: Package): Refusal | null => (begunEnding(one) === null ? refuse('no_ending_begun', { number: one.number }) : null);

export const isOverdue = (one: Package, returnBy: Instant | null, now: Instant): boolean => returnBy !== null && now > returnBy && stateOf(one) === 'handed_over';
