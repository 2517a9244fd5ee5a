import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseFact } from '../../../../formats/fact/index.ts';
import { leafHash, parseProofText, proofHolds, splitNotes } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { createLog } from '../../base/log.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { openDatabase, type Database } from '../../platform/postgres/db.ts';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
import { act, anchorFile, createCheckpointer, createLedger, createQuestions, createViews, declareEvent, eventsByKind, ledgerEvents, openLedgerKey, passingKey, type Actor, type Checkpointer, type LedgerKey } from './index.ts';

const cameraAdded = declareEvent({
  kind: 'video.camera_added', body: z.object({ number: z.int(), name: z.string(), place: z.string().nullable().optional() }), personal: ['name', { path: 'place', retentionClass: 'place' }],
  sentence: { zh: '添加摄像机 {number}:{name}', en: 'Camera {number} added: {name}' },
});
const exported = declareEvent({ kind: 'evidence.exported', body: z.object({}), sentence: { zh: '导出 {subject}', en: 'Exported {subject}' }, sensitive: true });
const actor: Actor = { kind: 'person', id: 'per_1', sessionId: 'ses_1', post: 'duty_operator' };
const start = 1_790_000_000_500;

let fresh: FreshDatabase;
let database: Database;
let folder: string;
let clock: ManualClock;
let key: LedgerKey;
let siteCount = 0;
let siteId = '';
const log = createLog({ name: 'test', level: 'silent' });
const ledger = () => createLedger({ clock, key });
const added = (number: number, name = `门口 ${number}`) => ({ event: cameraAdded, siteId, roomId: 'room_1', actor, subject: `cam_${number}`, body: { number, name }, at: clock.now() - 5 });
const append = (number: number) => database.transaction((tx) => ledger().append(tx, added(number)));
const checkpointerFor = (file: string, signer = key): Checkpointer => createCheckpointer({ database, ledger: createLedger({ clock, key: signer }), clock, key: signer, anchors: anchorFile(join(folder, file)), log });

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.appUrl, { log });
  folder = mkdtempSync(join(tmpdir(), 'vigil-ledger-'));
  key = openLedgerKey(join(folder, 'keys', 'ledger.ed25519'));
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  siteId = `site_${(siteCount += 1)}`;
  clock = new ManualClock(start);
});

describe('appending', () => {
  test('the first act opens the ledger; its bytes are canonical and hashed by the database', async () => {
    expect(await append(7)).toEqual({ seq: 2, recordedAt: start });
    const { rows } = await sql<{ canonical: Buffer; leaf_hash: Buffer; kind: string }>`select canonical, leaf_hash, kind from ledger.facts where site_id = ${siteId} order by seq`.execute(database.db);
    const [opened, fact] = rows.map((row) => parseFact(row.canonical.toString('utf8')));
    expect(opened).toMatchObject({ seq: 1, kind: 'ledger.opened', body: { origin: `vigil/${siteId}` } });
    expect(fact).toMatchObject({ seq: 2, kind: 'video.camera_added', at: start - 5, roomId: 'room_1', actor: { id: 'per_1', post: 'duty_operator' }, body: { number: 7 } });
    expect(rows[1]!.canonical.toString()).not.toMatch(/门口|ses_1/);
    for (const row of rows) expect(row.leaf_hash.equals(Buffer.from(leafHash(nodeCrypto.sha256, row.canonical)))).toBe(true);
  });

  test('an act that is rolled back leaves neither fact nor gap', async () => {
    await append(1);
    await expect(database.transaction(async (tx) => {
      await ledger().append(tx, added(2));
      throw new Error('state row refused');
    })).rejects.toThrow('state row refused');
    expect((await append(3)).seq).toBe(3);
  });

  test('twenty people at once get twenty numbers in a row', async () => {
    const seqs = await Promise.all(Array.from({ length: 20 }, (_, i) => append(i)));
    expect(seqs.map((one) => one.seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  });

  test('a batch keeps its order; one of another site is refused', async () => {
    const batch = await database.transaction((tx) => ledger().appendMany(tx, [1, 2, 3].map((n) => act(added(n)))));
    expect(batch.map((one) => one.seq)).toEqual([2, 3, 4]);
    await expect(database.transaction((tx) => ledger().appendMany(tx, [act(added(1)), { ...act(added(2)), siteId: 'site_other' }]))).rejects.toThrow('one site');
  });

  test('recorded time never falls when the clock is set back', async () => {
    await append(1);
    clock.step(-3_600_000);
    expect((await append(2)).recordedAt).toBe(start);
  });

  test('a body that its schema refuses writes nothing, unknown members never enter', async () => {
    await expect(database.transaction((tx) => ledger().append(tx, { ...added(1), body: { number: 1.5, name: '' } }))).rejects.toThrow();
    const smuggled = { number: 1, name: 'x', password: 'hunter2' };
    await database.transaction((tx) => ledger().append(tx, { ...added(1), body: smuggled }));
    const { rows } = await sql<{ all: string }>`select string_agg(convert_from(canonical, 'UTF8'), '') as all from ledger.facts where site_id = ${siteId}`.execute(database.db);
    expect(rows[0]!.all).not.toContain('hunter2');
  });

  test('hostile text goes in and comes out as it was', async () => {
    const name = `"\\\u0000'; drop table ledger.facts; -- \u2028 😀 {number} \u0001`;
    await database.transaction((tx) => ledger().append(tx, { ...added(1), subject: 'a"\\b', body: { number: 1, name } }));
    await expect(database.transaction((tx) => ledger().append(tx, { ...added(1), subject: 'a\u0000b' }))).rejects.toThrow('control characters');
    const [fact] = await createQuestions(eventsByKind([cameraAdded])).facts(database.db, { siteId, limit: 1 });
    expect(fact!.body).toEqual({ number: 1, name });
  });

  test('a misspelt personal path is found when the event is declared', () => {
    expect(() => declareEvent({ kind: 'a.b', body: z.object({ name: z.string() }), personal: ['nmae'], sentence: { zh: '', en: '' } })).toThrow('leads nowhere');
    expect(() => declareEvent({ kind: 'a.b', body: z.object({ people: z.array(z.object({ name: z.string() })) }), personal: ['people.*.name'], sentence: { zh: '', en: '' } })).not.toThrow();
    expect(() => declareEvent({ kind: 'a.b', body: z.object({ people: z.array(z.object({ name: z.string() })) }), personal: ['people.name'], sentence: { zh: '', en: '' } })).toThrow('leads nowhere');
  });
});

describe('nobody changes a fact', () => {
  const tables = ['facts', 'checkpoints', 'private_values'];
  test.each([['appUrl'], ['ownerUrl'], ['adminUrl']] as const)('not through %s', async (who) => {
    await append(1);
    await checkpointerFor('never.log').sign(siteId, 'heartbeat');
    const client = new pg.Client({ connectionString: fresh[who] });
    await client.connect();
    try {
      for (const table of tables) {
        for (const statement of [`update ledger.${table} set site_id = 'x' where site_id = '${siteId}'`, `delete from ledger.${table} where site_id = '${siteId}'`, `truncate ledger.${table} cascade`]) await expect(client.query(statement), statement).rejects.toThrow();
      }
      await expect(client.query(`set session_replication_role = replica; update ledger.facts set kind = 'x' where site_id = '${siteId}'`)).rejects.toThrow();
      await expect(client.query(`update ledger.private_values set value = '"x"' where site_id = '${siteId}'`)).rejects.toThrow();
    } finally {
      await client.end();
    }
  });
});

describe('reading and erasing', () => {
  test('facts are told in both languages, newest first, by filter', async () => {
    await append(1);
    await append(2);
    const questions = createQuestions(eventsByKind([cameraAdded, ...ledgerEvents]));
    const facts = await questions.facts(database.db, { siteId, limit: 10 });
    expect(facts.map((f) => f.seq)).toEqual([3, 2, 1]);
    expect(facts[0]!.sentence).toEqual({ zh: '添加摄像机 2:门口 2', en: 'Camera 2 added: 门口 2' });
    expect((await questions.facts(database.db, { siteId, subject: 'cam_1', limit: 10 })).map((f) => f.seq)).toEqual([2]);
    expect((await questions.facts(database.db, { siteId, kind: 'ledger.opened', limit: 10 })).map((f) => f.seq)).toEqual([1]);
    expect((await questions.facts(database.db, { siteId, before: 3, limit: 1 })).map((f) => f.seq)).toEqual([2]);
    expect(await questions.facts(database.db, { siteId, from: start, until: start, limit: 10 })).toEqual([]);
  });

  test('an erased name is gone from the database, its fact and its erasure stay', async () => {
    await append(1);
    await database.transaction((tx) => ledger().erase(tx, { siteId, seq: 2, path: '/name', reason: '到期', actor }));
    const questions = createQuestions(eventsByKind([cameraAdded, ...ledgerEvents]));
    const [erasure, fact] = await questions.facts(database.db, { siteId, limit: 2 });
    expect(fact!.sentence.zh).toBe('添加摄像机 1:（已抹除）');
    expect(erasure!.sentence.zh).toBe('依法抹除第 2 条记录的 /name（类别 personal）。原因：到期');
    await expect(database.transaction((tx) => ledger().erase(tx, { siteId, seq: 2, path: '/name', reason: 'x', actor }))).rejects.toMatchObject({ code: 'ledger.value_unknown' });
  });
});

describe('checkpoints', () => {
  test('the key file is private, and the same at the next start', () => {
    const file = join(folder, 'keys', 'ledger.ed25519');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openLedgerKey(file).publicKey).toEqual(key.publicKey);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
  });

  test('a heartbeat each minute, at once after a sensitive act, and a last one at the stop', async () => {
    await append(1);
    const checkpointer = checkpointerFor('beat.log');
    const count = async (): Promise<string[]> => (await sql<{ reason: string }>`select reason from ledger.checkpoints where site_id = ${siteId} order by ordinal`.execute(database.db)).rows.map((row) => row.reason);
    await checkpointer.start();
    await checkpointer.idle();
    expect(await count()).toEqual(['heartbeat']);
    for (let minute = 0; minute < 2; minute += 1) {
      clock.advance(60_000);
      await checkpointer.idle();
    }
    expect(await count()).toEqual(['heartbeat', 'heartbeat', 'heartbeat']);
    await database.transaction((tx) => ledger().append(tx, { event: exported, siteId, roomId: null, actor, subject: 'EV-1', body: {}, at: clock.now() }));
    await expect.poll(async () => (await count()).at(-1)).toBe('sensitive');
    await checkpointer.stop();
    expect((await count()).at(-1)).toBe('stop');
    const { notes, rest } = splitNotes(readFileSync(join(folder, 'beat.log'), 'utf8'));
    expect(rest).toEqual([]);
    expect(notes.filter((note) => note.startsWith(`vigil/${siteId}\n`))).toHaveLength(3);
  });

  test('a proof file shows one fact under the newest signature', async () => {
    for (let n = 1; n <= 9; n += 1) await append(n);
    await checkpointerFor('proof.log').sign(siteId, 'heartbeat');
    const [fact] = await createQuestions(new Map()).facts(database.db, { siteId, before: 6, limit: 1 });
    const proof = parseProofText(await createQuestions(new Map()).proof(database.db, siteId, 5));
    expect(proofHolds(nodeCrypto.sha256, proof, Buffer.from(fact!.leafHash, 'hex'))).toBe(true);
  });

  test('another key does not sign on in silence', async () => {
    await append(1);
    const checkpointer = checkpointerFor('other.log', passingKey());
    await expect(checkpointer.sign(siteId, 'heartbeat')).rejects.toMatchObject({ code: 'ledger.not_signing' });
    expect(checkpointer.troubles().get(siteId)?.code).toBe('key_unknown');
  });

  test('a clock set back is itself a fact, once', async () => {
    await append(1);
    const checkpointer = checkpointerFor('clock.log');
    await checkpointer.sign(siteId, 'heartbeat');
    clock.step(-600_000);
    for (let minute = 0; minute < 3; minute += 1) await checkpointer.sign(siteId, 'heartbeat');
    const facts = await createQuestions(new Map()).facts(database.db, { siteId, kind: 'ledger.clock_stepped', limit: 5 });
    expect(facts).toHaveLength(1);
    expect(facts[0]!.body['behindMs']).toBeGreaterThanOrEqual(600_000);
  });

  test('an anchor to print is signed now, drawn as QR code and recorded', async () => {
    await append(1);
    const checkpointer = checkpointerFor('print.log');
    const questions = createQuestions(eventsByKind(ledgerEvents));
    const views = createViews({ questions, ledger: ledger(), checkpointer, database, clock, namesOf: async () => new Map([['per_1', '王芳']]) });
    const page = await views.makeAnchor(siteId, null, actor);
    expect(page.size).toBe(2);
    expect(page.qrSvg).toMatch(/^<svg/);
    expect(page.keyFingerprint).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    const { facts, more } = await views.listFacts(database.db, siteId, {});
    expect(more).toBe(false);
    expect(facts[0]).toMatchObject({ kind: 'ledger.anchor_made', zh: '制作账本锚点（第 1 至 2 条）', actor: { name: '王芳' } });
    expect(await views.head(database.db, siteId)).toMatchObject({ size: 2, checkpoint: page.checkpoint, rootHash: page.rootHash });
  });
});
