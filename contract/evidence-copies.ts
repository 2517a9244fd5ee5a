/** Copies of footage (录像拷贝): packages made under an approved request, each numbered, each with its chain of custody. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { Can } from './identity.ts';

const requestId = IdOf('freq');
const packageId = IdOf('epk');
const typed = (most: number) => z.string().trim().max(most);

/** making: being written; failed: no file; ready: made, still here; handed_over: with its receiver; ended: given back, wiped or destroyed. */
export const PackageState = z.enum(['making', 'failed', 'ready', 'handed_over', 'ended']);
export type PackageState = z.infer<typeof PackageState>;
/** wiping_begun, destruction_begun: one person is ready; wiped, destroyed: another agreed; ending_withdrawn: it was not done. */
export const CustodyAct = z.enum(['made', 'failed', 'taken', 'passphrase_sent', 'handed_over', 'returned', 'wiping_begun', 'destruction_begun', 'ending_withdrawn', 'wiped', 'destroyed', 'noted']);
export type CustodyAct = z.infer<typeof CustodyAct>;
export const EndingAct = z.enum(['returned', 'wiped', 'destroyed']);
export type EndingAct = z.infer<typeof EndingAct>;

/** One link of the chain of custody: who, when, from whom to whom. Nothing of it is ever changed. */
export const CustodyEntry = z.object({
  number: z.int(), act: CustodyAct, at: Instant, enteredAt: Instant, by: z.string(), second: z.string(), from: z.string(), to: z.string(), medium: z.string(), note: z.string(),
  /** The receiver's own signature as drawn, SHA-256 in hex of its picture; null: none. */
  signatureSha256: z.string().nullable(),
});

export const PackageRow = z.object({
  packageId: z.string(), requestId: z.string(), request: z.string(),
  /** EV-2026-000123 and which copy of the request this is, from 1. */
  number: z.string(), copy: z.int(), state: PackageState, encrypted: z.boolean(), operator: z.string(), witness: z.string(), begunAt: Instant, madeAt: Instant.nullable(),
  sizeBytes: z.number().nullable(),
  /** Of the package; of the file that leaves the room, which differs where it is encrypted. Hex. */
  sha256: z.string().nullable(), fileSha256: z.string().nullable(), fileName: z.string(), fingerprint: z.string().nullable(), verifierSha256: z.string().nullable(),
  /** Why there is no file; null otherwise. */
  failure: Sentence.nullable(),
  /** While it is written: bytes so far and in all, and how many copies are written before it. */
  progress: z.object({ doneBytes: z.number(), allBytes: z.number(), ahead: z.int() }).nullable(),
  /** Wiping or destruction that one person began and that waits for a second; null: none. */
  ending: z.object({ how: EndingAct, by: z.string(), at: Instant, enteredAt: Instant, medium: z.string(), note: z.string() }).nullable(),
  receiver: z.string().nullable(), purpose: z.string(), returnBy: Instant.nullable(), overdue: z.boolean(), custody: z.array(CustodyEntry),
  /** By act: take, hand_over, send, end, confirm_end, withdraw_end, note. */
  can: Can,
});
export type PackageRow = z.infer<typeof PackageRow>;

const ofRequest = { params: z.object({ requestId }) };
const one = { params: z.object({ packageId }) };

export const copies = endpoint({
  method: 'GET', path: '/api/evidence/requests/:requestId/copies', summary: { zh: '一份申请的拷贝', en: 'Copies made under a request' }, ...ofRequest,
  response: z.object({ copies: z.array(PackageRow), most: z.int(), can: Can, timeZone: z.string(), now: Instant }),
});
/** Begins to write; the answer alone holds the passphrase. */
export const makeCopy = endpoint({
  method: 'POST', path: '/api/evidence/requests/:requestId/copies', summary: { zh: '导出一份拷贝', en: 'Make a copy' }, ...ofRequest,
  body: z.object({ encrypted: z.boolean(), witness: typed(100) }), response: z.object({ packageId: z.string(), number: z.string(), passphrase: z.string().nullable() }),
});
/** Each download is a fact of its own, written before the first byte. */
export const takeCopy = endpoint({ method: 'GET', path: '/api/evidence/copies/:packageId/file', summary: { zh: '取走拷贝文件', en: 'Take the file of a copy' }, ...one, bytes: true });
export const handOver = endpoint({
  method: 'POST', path: '/api/evidence/copies/:packageId/handover', summary: { zh: '交付拷贝', en: 'Hand a copy over' }, ...one,
  body: z.object({
    receiver: typed(100), receiverUnit: typed(200), receiverPaper: typed(200), medium: typed(200), /** Null: now. */ at: Instant.nullable(), note: typed(1_000),
    /** PNG of what the receiver drew, base64; empty where they signed the printed note. */
    signature: z.string().max(400_000).regex(/^[A-Za-z0-9+/]*={0,2}$/),
  }),
});
export const sendPassphrase = endpoint({
  method: 'POST', path: '/api/evidence/copies/:packageId/passphrase', summary: { zh: '登记口令已送达', en: 'Record that the passphrase was sent' }, ...one, body: z.object({ to: typed(200), channel: typed(200) }),
});
export const endCopy = endpoint({
  method: 'POST', path: '/api/evidence/copies/:packageId/ending', summary: { zh: '登记归还，提出清除或销毁', en: 'Record return, begin wiping or destruction' }, ...one,
  body: z.object({ how: EndingAct, medium: typed(200), note: typed(1_000), at: Instant.nullable() }),
  /** False: a second person must agree, signed in as themselves. */
  response: z.object({ done: z.boolean() }),
});
/** By a second person, who has just proved that it is they. */
export const confirmEnding = endpoint({ method: 'POST', path: '/api/evidence/copies/:packageId/ending/confirmation', summary: { zh: '第二人确认清除或销毁', en: 'Agree to wiping or destruction as the second person' }, ...one });
export const withdrawEnding = endpoint({ method: 'POST', path: '/api/evidence/copies/:packageId/ending/withdrawal', summary: { zh: '撤回清除或销毁', en: 'Withdraw wiping or destruction' }, ...one });
export const noteCopy = endpoint({ method: 'POST', path: '/api/evidence/copies/:packageId/notes', summary: { zh: '补充保管记录', en: 'Add to the chain of custody' }, ...one, body: z.object({ note: typed(1_000).min(1) }) });

/** What the printed note that goes with a copy says. */
export const exportNote = endpoint({
  method: 'GET', path: '/api/evidence/copies/:packageId/note', summary: { zh: '证据移交单', en: 'The printed note of a copy' }, ...one,
  response: z.object({
    copy: PackageRow, unit: z.string(), room: z.string(), applicant: z.string(), department: z.string(), reason: z.string(), cameras: z.array(z.string()), from: Instant, until: Instant,
    approvers: z.array(z.object({ name: z.string(), at: Instant })), timeZone: z.string(), now: Instant,
  }),
});
/** Register of copies: every one that was ever made, whatever became of it. Reading it is a recorded act. */
export const copyRegister = endpoint({
  method: 'GET', path: '/api/evidence/copies', summary: { zh: '拷贝登记', en: 'Register of copies' },
  query: z.object({ from: InstantInQuery, until: InstantInQuery, search: z.string().trim().max(100).optional(), state: PackageState.optional(), page: z.coerce.number().pipe(z.int().min(1).max(10_000)).default(1) }),
  response: z.object({ site: z.string(), room: z.string(), rows: z.array(PackageRow), total: z.int(), page: z.int(), pages: z.int(), timeZone: z.string(), madeAt: Instant }),
});
