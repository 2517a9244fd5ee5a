/** The archive of evidence (资料档案): clips, packages and things received, filed with case, class, index, custodian and place; nothing leaves it without its order. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { Can } from './identity.ts';

const typed = (most: number) => z.string().trim().max(most);
const page = z.coerce.number().pipe(z.int().min(1).max(10_000)).default(1);
const png = z.string().max(400_000).regex(/^[A-Za-z0-9+/]*={0,2}$/);
const Named = z.object({ personId: z.string(), name: z.string() });

export const ArchiveClass = z.enum(['offence', 'important', 'accident', 'dispute', 'fire', 'complaint', 'other']);
export type ArchiveClass = z.infer<typeof ArchiveClass>;
export const ArchiveSource = z.enum(['footage', 'package', 'received']);
export type ArchiveSource = z.infer<typeof ArchiveSource>;
/** kept: in its place; lent: away and to come back; transferred: given to an authority for good; destroyed. */
export const ArchiveState = z.enum(['kept', 'lent', 'transferred', 'destroyed']);
export type ArchiveState = z.infer<typeof ArchiveState>;
export const ArchiveHow = z.enum(['view', 'lend', 'transfer', 'publish', 'destroy']);
export type ArchiveHow = z.infer<typeof ArchiveHow>;
export const ArchiveAct = z.enum(['filed', 'received', 'described', 'hold_released', 'opened', 'lent', 'returned', 'overdue', 'transferred', 'published', 'counted', 'missing', 'answered', 'destruction_begun', 'destroyed']);
export type ArchiveAct = z.infer<typeof ArchiveAct>;
/** asked: waits for who must agree; granted: may be carried out now; done; over: refused, withdrawn, run out or revoked. */
export const OrderState = z.enum(['asked', 'granted', 'done', 'over']);
export type OrderState = z.infer<typeof OrderState>;

const details = { class: ArchiveClass.or(z.literal('')), caseNumber: typed(100), title: typed(200), words: typed(1_000), place: typed(200) };
const Kept = { /** At least until then; null: until an order ends it. */ keepUntil: Instant.nullable() };

export const FileItem = z.discriminatedUnion('source', [
  z.object({ source: z.literal('footage'), cameraId: IdOf('cam'), from: Instant, until: Instant, ...details, ...Kept }),
  z.object({ source: z.literal('package'), packageId: IdOf('epk'), ...details, ...Kept }),
  z.object({
    source: z.literal('received'), giver: typed(100), giverContact: typed(200), replyBy: Instant.nullable(), fileName: typed(200), /** Base64. */ bytes: z.string().max(14_000_000),
    /** PNG of what the giver drew, base64; empty where they signed on paper. */
    signature: png, ...details, ...Kept,
  }),
]);
export type FileItem = z.infer<typeof FileItem>;

export const ArchiveItemRow = z.object({
  itemId: z.string(), /** DA-2026-000001 */ number: z.string(), source: ArchiveSource, class: ArchiveClass, caseNumber: z.string(), title: z.string(), words: z.string(), place: z.string(),
  camera: z.string(), from: Instant.nullable(), until: Instant.nullable(), state: ArchiveState,
  /** Nobody destroys it while it is held. */
  held: z.boolean(),
  /** Lent and not back in time, or an answer owed and not given. */
  overdue: z.boolean(), returnBy: Instant.nullable(),
  custodian: z.string(), keepUntil: Instant.nullable(), sha256: z.string(), sizeBytes: z.number(), files: z.int(), filedBy: z.string(), filedAt: Instant,
  /** What is not complete about it, in words. */
  missing: z.array(Sentence),
});
export type ArchiveItemRow = z.infer<typeof ArchiveItemRow>;

export const ArchiveCustody = z.object({ number: z.int(), act: ArchiveAct, at: Instant, by: z.string(), order: ArchiveHow.nullable(), to: z.string(), note: z.string(), signatureSha256: z.string().nullable() });
export const ArchiveOrder = z.object({
  orderId: z.string(), how: ArchiveHow, state: OrderState, approvalId: z.string(), reason: z.string(), receiver: z.string(), place: z.string(), content: z.string(), paper: z.string(), returnBy: Instant.nullable(), askedBy: z.string(), askedAt: Instant,
  approvers: z.array(z.object({ name: z.string(), at: Instant })), validUntil: Instant.nullable(),
});
export type ArchiveOrder = z.infer<typeof ArchiveOrder>;
export const ArchiveFile = z.object({ number: z.int(), name: z.string(), camera: z.string(), from: Instant.nullable(), until: Instant.nullable(), sizeBytes: z.number(), sha256: z.string() });

const item = { params: z.object({ itemId: IdOf('evi') }) };
const items = '/api/evidence/archive/items';

export const archiveList = endpoint({
  method: 'GET', path: items, summary: { zh: '资料档案', en: 'Archive of evidence' },
  query: z.object({ list: z.enum(['all', 'incomplete', 'overdue']).default('all'), search: z.string().trim().max(100).optional(), class: ArchiveClass.optional(), state: ArchiveState.optional(), page }),
  response: z.object({ items: z.array(ArchiveItemRow), total: z.int(), page: z.int(), pages: z.int(), /** Shares of all that stands in the archive. */ counts: z.object({ all: z.int(), incomplete: z.int(), overdue: z.int(), completePercent: z.number().nullable() }), can: Can, now: Instant }),
});
export const archiveForm = endpoint({
  method: 'GET', path: '/api/evidence/archive/form', summary: { zh: '归档表单', en: 'Form for filing' },
  response: z.object({
    cameras: z.array(z.object({ cameraId: z.string(), camera: z.string() })), packages: z.array(z.object({ packageId: z.string(), number: z.string(), request: z.string() })), longestHours: z.number(), mostBytes: z.number(),
    /** Nothing that is filed here is ever destroyed. */
    permanent: z.boolean(), now: Instant,
  }),
});
export const fileItem = endpoint({ method: 'POST', path: items, summary: { zh: '归档', en: 'File in the archive' }, body: FileItem, response: z.object({ itemId: z.string(), number: z.string(), sha256: z.string() }) });
export const archiveItem = endpoint({
  method: 'GET', path: `${items}/:itemId`, summary: { zh: '一件档案', en: 'One item of the archive' }, ...item,
  response: ArchiveItemRow.extend({
    giver: z.string(), giverContact: z.string(), replyBy: Instant.nullable(), answered: z.boolean(), package: z.string().nullable(), requestId: z.string().nullable(), gaps: z.array(z.object({ from: Instant, until: Instant, reason: z.string() })),
    fileList: z.array(ArchiveFile), custody: z.array(ArchiveCustody), orders: z.array(ArchiveOrder), destruction: z.object({ by: z.string(), at: Instant }).nullable(), can: Can, room: z.string(), unit: z.string(), now: Instant,
  }),
});
export const describeItem = endpoint({ method: 'POST', path: `${items}/:itemId/details`, summary: { zh: '补全著录', en: 'Complete the description' }, ...item, body: z.object(details) });
export const releaseItem = endpoint({ method: 'POST', path: `${items}/:itemId/release`, summary: { zh: '解除档案锁定', en: 'Release the hold on an item' }, ...item, body: z.object({ reason: typed(2_000) }) });
export const answerItem = endpoint({ method: 'POST', path: `${items}/:itemId/answer`, summary: { zh: '登记答复', en: 'Record the answer' }, ...item, body: z.object({ note: typed(2_000).min(1) }) });
export const orderItem = endpoint({
  method: 'POST', path: `${items}/:itemId/orders`, summary: { zh: '申请查阅、借出、移交、公布或销毁', en: 'Ask to view, lend, transfer, publish or destroy' }, ...item,
  body: z.object({ how: ArchiveHow, reason: typed(2_000), receiver: typed(200), place: typed(200), content: typed(1_000), paper: typed(100), returnBy: Instant.nullable() }),
  response: z.object({ orderId: z.string(), approvalId: z.string() }),
});
/** Lends, transfers, publishes or destroys under the order that was granted. Destroying takes two persons: it is done when the second has said so in a session of their own. */
export const carryOut = endpoint({
  method: 'POST', path: `${items}/:itemId/acts`, summary: { zh: '执行借出、移交、公布或销毁', en: 'Carry an order out' }, ...item,
  body: z.object({ how: ArchiveHow.exclude(['view']), to: typed(500), note: typed(2_000), signature: png }), response: z.object({ done: z.boolean() }),
});
export const returnItem = endpoint({ method: 'POST', path: `${items}/:itemId/return`, summary: { zh: '登记归还', en: 'Record the return' }, ...item, body: z.object({ note: typed(2_000) }) });
/** Each opening is a fact of its own, written before the first byte. */
export const openItem = endpoint({
  method: 'POST', path: `${items}/:itemId/openings`, summary: { zh: '打开档案', en: 'Open an item' }, ...item,
  response: z.object({ openingId: z.string(), validUntil: Instant, files: z.array(ArchiveFile), watermark: z.string() }),
});
export const itemMedia = endpoint({ method: 'GET', path: '/api/evidence/archive/openings/:openingId/files/:number', summary: { zh: '档案文件', en: 'A file of an item' }, params: z.object({ openingId: IdOf('evv'), number: z.coerce.number().pipe(z.int().min(1)) }), bytes: true });

const Inventory = z.object({ inventoryId: z.string(), takenBy: z.string(), takenAt: Instant, next: z.string().nullable(), takenOver: z.boolean(), items: z.int(), missing: z.int(), altered: z.int(), listSha256: z.string(), note: z.string() });
export const archiveCustody = endpoint({
  method: 'GET', path: '/api/evidence/archive/custody', summary: { zh: '档案保管', en: 'Custody of the archive' },
  response: z.object({
    custodian: Named.nullable(), since: Instant.nullable(), history: z.array(z.object({ name: z.string(), since: Instant, byCount: z.boolean() })), inventories: z.array(Inventory),
    /** What a count must name: everything that is in its place. */
    toCount: z.array(z.object({ itemId: z.string(), number: z.string(), title: z.string(), place: z.string() })), candidates: z.array(Named),
    /** The count by which the caller may take it over now; null: none. */
    takeOver: z.string().nullable(), can: Can, now: Instant,
  }),
});
export const takeInventory = endpoint({
  method: 'POST', path: '/api/evidence/archive/inventories', summary: { zh: '清点档案', en: 'Count the archive' },
  body: z.object({ lines: z.array(z.object({ itemId: IdOf('evi'), found: z.boolean(), note: typed(500) })).max(10_000), nextCustodianId: IdOf('per').nullable(), note: typed(2_000) }),
  response: z.object({ inventoryId: z.string(), missing: z.array(z.string()), altered: z.array(z.string()), listSha256: z.string() }),
});
export const takeOverArchive = endpoint({ method: 'POST', path: '/api/evidence/archive/takeover', summary: { zh: '接管档案', en: 'Take the archive over' }, body: z.object({ inventoryId: IdOf('evn').nullable() }) });

const span = { from: InstantInQuery, until: InstantInQuery };
/** Reading the register is a recorded act. */
export const archiveRegister = endpoint({
  method: 'GET', path: '/api/evidence/archive/register', summary: { zh: '档案登记', en: 'Register of the archive' }, query: z.object({ ...span, search: z.string().trim().max(100).optional(), class: ArchiveClass.optional(), page }),
  response: z.object({
    site: z.string(), room: z.string(), rows: z.array(ArchiveItemRow.extend({ custody: z.array(ArchiveCustody), releases: z.array(z.object({ how: ArchiveHow, approvers: z.array(z.string()), receiver: z.string(), place: z.string(), done: z.boolean() })) })),
    total: z.int(), page: z.int(), pages: z.int(), madeAt: Instant,
  }),
});
export const archiveRegisterCsv = endpoint({ method: 'GET', path: '/api/evidence/archive/register.csv', summary: { zh: '导出档案登记', en: 'Export the register of the archive' }, query: z.object({ ...span, search: z.string().trim().max(100).optional(), class: ArchiveClass.optional() }), bytes: true });
/** Every camera, every day: what there is of it and where it lies. */
export const ArchiveDay = z.object({
  cameraId: z.string(), camera: z.string(), /** 2026-11-22, of the site. */ day: z.string(), state: z.enum(['whole', 'partly', 'none', 'past', 'before']), recordedMs: z.number(), /** As much of the day as is over and the camera was there; 0: before it came. */ dayMs: z.number(), places: z.array(z.string()), items: z.array(z.object({ itemId: z.string(), number: z.string() })),
});
export const archiveDays = endpoint({ method: 'GET', path: '/api/evidence/archive/days', summary: { zh: '逐日录像索引', en: 'Index of footage by day' }, query: z.object(span), response: z.object({ days: z.array(ArchiveDay), now: Instant }) });
