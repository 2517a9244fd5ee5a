/** The tamper matrix of ledger-and-evidence.md: an administrator with every right in the database, against one honest anchor. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalFact, parseFact, type Fact } from '../../../../formats/fact/index.ts';
import { CompactRange, leafHash, signCheckpoint } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import { openExport, verifyLedger, type FindingCode, type Report } from '../../../../verify/index.ts';
import { createLog } from '../../base/log.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { openDatabase, type Database } from '../../platform/postgres/db.ts';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
import { anchorFile, createCheckpointer, createLedger, declareEvent, exportLedger, passingKey, recordRestoreFromFiles, verifyDatabase, type Actor, type Checkpointer, type LedgerKey } from './index.ts';

const renamed = declareEvent({
  kind: 'video.camera_renamed', body: z.object({ number: z.int(), name: z.string(), reason: z.string() }), personal: ['name', 'reason'], sentence: { zh: '{number} 改名 {name}', en: '{number} renamed {name}' },
});
const actor: Actor = { kind: 'person', id: 'per_1', sessionId: 'ses_1', post: 'duty_operator' };
const log = createLog({ name: 'test', level: 'silent' });

let fresh: FreshDatabase;
let database: Database;
let admin: pg.Client;
let folder: string;
let clock: ManualClock;
let signer: LedgerKey;
let checkpointer: Checkpointer;
let anchor: string;
let count = 0;

const ledger = () => createLedger({ clock, key: signer });
/** With a new file of anchors unless one is given. */
const newCheckpointer = (file = join(folder, `${(count += 1)}.log`)): Checkpointer => createCheckpointer({ database, ledger: ledger(), clock, key: signer, anchors: anchorFile(file), log });
const rename = (n: number, subject = `cam_caf\u00e9_${n}`) =>
  database.transaction((tx) => ledger().append(tx, { event: renamed, siteId, roomId: 'room_1', actor, subject, body: { number: n, name: `\u5927\u95e8 caf\u00e9 ${n}`, reason: `r${n}` }, at: clock.now() }));

/** Facts 1–21, then 22–41, one a minute, each part closed with a signature; the second is the honest anchor. */
const fill = async (): Promise<void> => {
  for (let n = 1; n <= 20; n += 1) {
    clock.advance(60_000);
    await rename(n);
    await checkpointer.sign(siteId, 'heartbeat');
  }
};

const verify = (anchors = anchor): Promise<Report> => verifyDatabase({ url: fresh.adminUrl, siteId, anchors, threads: 1 });
const codes = (report: Report): FindingCode[] => report.findings.map((one) => one.code);

/** As superuser with the triggers switched off, as the threat model has it. */
const tamper = async (...statements: (string | [string, unknown[]])[]): Promise<void> => {
  const tables = ['facts', 'checkpoints', 'private_values'];
  await admin.query('begin');
  for (const table of tables) await admin.query(`alter table ledger.${table} disable trigger all`);
  for (const statement of statements) {
    if (typeof statement === 'string') await admin.query(statement.replaceAll('$site', `'${siteId}'`));
    else await admin.query(statement[0].replaceAll('$site', `'${siteId}'`), statement[1]);
  }
  for (const table of tables) await admin.query(`alter table ledger.${table} enable trigger user`);
  await admin.query('commit');
};
const read = async (seq: number): Promise<Fact> => parseFact((await admin.query<{ canonical: Buffer }>('select canonical from ledger.facts where site_id = $1 and seq = $2', [siteId, seq])).rows[0]!.canonical.toString());
const readFrom = async (from: number): Promise<Fact[]> => {
  const facts: Fact[] = [];
  for (let seq = from; seq <= 41; seq += 1) facts.push(await read(seq));
  return facts;
};
/** Writes a fact with all its copies, as a careful forger does. */
const overwrite = (seq: number, fact: Fact, raw = canonicalFact(fact)): [string, unknown[]] => [
  `update ledger.facts set recorded_at = $3, at = $4, kind = $5, version = $6, subject = $7, room_id = $8, actor_kind = $9, actor_id = $10, actor_post = $11, canonical = $12 where site_id = $1 and seq = $2`,
  [siteId, seq, fact.recordedAt, fact.at, fact.kind, fact.version, fact.subject, fact.roomId, fact.actor.kind, fact.actor.id, fact.actor.post, Buffer.from(raw)],
];
const insert = (fact: Fact): [string, unknown[]] => [
  'insert into ledger.facts (site_id, seq, recorded_at, at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, canonical) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
  [siteId, fact.seq, fact.recordedAt, fact.at, fact.kind, fact.version, fact.subject, fact.roomId, fact.actor.kind, fact.actor.id, fact.actor.post, Buffer.from(canonicalFact(fact))],
];
/** Gives every checkpoint anew over the facts as they are now. */
const resign = async (forger: LedgerKey, origin = `vigil/${siteId}`): Promise<[string, unknown[]][]> => {
  const facts = await admin.query<{ canonical: Buffer }>('select canonical from ledger.facts where site_id = $1 order by seq', [siteId]);
  const range = new CompactRange(nodeCrypto.sha256);
  const roots = facts.rows.map((row) => (range.append(leafHash(nodeCrypto.sha256, row.canonical)), range.root()));
  const rows = await admin.query<{ ordinal: string; size: string; signed_at: string }>('select ordinal, size, signed_at from ledger.checkpoints where site_id = $1 order by ordinal', [siteId]);
  return rows.rows.map((row) => [
    'update ledger.checkpoints set note = $3 where site_id = $1 and ordinal = $2',
    [siteId, row.ordinal, signCheckpoint(nodeCrypto, forger, { origin, size: Number(row.size), root: roots[Number(row.size) - 1]!, extensions: [] }, Number(row.signed_at))],
  ]);
};
const expectFound = async (...expected: FindingCode[]): Promise<Report> => {
  const report = await verify();
  expect(codes(report)).toEqual(expect.arrayContaining(expected));
  expect(report.verdict).toBe('altered_or_incomplete');
  return report;
};

/** The room's history is made once; every test gets a copy of that database. */
const key = passingKey();
const siteId = 'site_1';
let history: { fresh: FreshDatabase; anchors: string; anchor: string; until: number };

const databaseName = /(?<=\/)t_[0-9a-f]+(?=\?|$)/;

const openCopy = async (): Promise<void> => {
  const { appUrl, ownerUrl, adminUrl } = history.fresh;
  const template = databaseName.exec(adminUrl)![0];
  const name = `${template}_${(count += 1)}`;
  const maker = new pg.Client({ connectionString: adminUrl.replace(databaseName, 'postgres') });
  await maker.connect();
  await maker.query(`create database ${name} template ${template}`);
  await maker.query(`grant connect on database ${name} to vigil_app`);
  const inCopy = (url: string): string => url.replace(databaseName, name);
  fresh = {
    appUrl: inCopy(appUrl), ownerUrl: inCopy(ownerUrl), adminUrl: inCopy(adminUrl),
    drop: async () => {
      await maker.query(`drop database ${name} with (force)`);
      await maker.end();
    },
  };
  database = openDatabase(fresh.appUrl, { log });
  admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
};
const closeCopy = async (): Promise<void> => {
  await admin.end();
  await database.close();
  await fresh.drop();
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-tamper-'));
  const origin = await freshDatabase();
  database = openDatabase(origin.appUrl, { log });
  clock = new ManualClock(1_790_000_000_250);
  signer = key;
  checkpointer = newCheckpointer(join(folder, 'history.log'));
  await fill();
  await fill();
  const { note } = await checkpointer.sign(siteId, 'anchor');
  await database.close();
  history = { fresh: origin, anchors: readFileSync(join(folder, 'history.log'), 'utf8'), anchor: note, until: clock.now() };
});
afterAll(async () => {
  await history.fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await openCopy();
  signer = key;
  anchor = history.anchor;
  clock = new ManualClock(history.until);
  const file = join(folder, `${(count += 1)}.log`);
  writeFileSync(file, history.anchors);
  checkpointer = newCheckpointer(file);
});
afterEach(closeCopy);

test('an untouched ledger is intact and anchored', async () => {
  expect(await verify()).toMatchObject({ verdict: 'intact_and_anchored', findings: [], facts: 41, anchoredSize: 41, signedSize: 41 });
});

describe('facts', () => {
  test('an edited fact is found, however consistently it was edited', async () => {
    const fact = await read(10);
    await tamper(overwrite(10, { ...fact, actor: { ...fact.actor, id: 'per_2' } }));
    await expectFound('checkpoint_root');
  });

  test('edited copies beside an untouched fact are found', async () => {
    await tamper(`update ledger.facts set actor_id = 'per_2' where site_id = $site and seq = 10`);
    const report = await expectFound('column_differs');
    expect(report.findings[0]).toMatchObject({ seq: 10, severity: 'fault' });
    expect(report.findings[0]!.en).toContain('actor_id');
  });

  test('a deleted fact is found by its gap', async () => {
    await tamper('delete from ledger.private_values where site_id = $site and seq = 10', 'delete from ledger.facts where site_id = $site and seq = 10');
    await expectFound('seq_gap', 'checkpoint_root');
  });

  test('a deleted fact is found when all later ones were renumbered and every signature made anew with a stolen key', async () => {
    const later = await readFrom(11);
    await tamper('delete from ledger.private_values where site_id = $site and seq >= 10', 'delete from ledger.facts where site_id = $site and seq >= 10', ...later.map((fact) => insert({ ...fact, seq: fact.seq - 1 })), 'delete from ledger.checkpoints where site_id = $site and size > 40');
    await tamper(...(await resign(key)));
    await expectFound('checkpoint_beyond');
  });

  test('an inserted fact is found', async () => {
    const later = await readFrom(10);
    await tamper('delete from ledger.private_values where site_id = $site and seq >= 10', 'delete from ledger.facts where site_id = $site and seq >= 10', insert({ ...later[0]!, subject: 'cam_forged' }), ...later.map((fact) => insert({ ...fact, seq: fact.seq + 1 })));
    await expectFound('checkpoint_root');
  });

  test('two swapped facts are found', async () => {
    const [a, b] = [await read(10), await read(11)];
    await tamper(overwrite(10, { ...b, seq: 10, recordedAt: a.recordedAt }), overwrite(11, { ...a, seq: 11, recordedAt: b.recordedAt }));
    await expectFound('checkpoint_root', 'private_wrong');
  });

  test('a tail cut off together with its checkpoints is found by the anchor', async () => {
    await tamper('delete from ledger.private_values where site_id = $site and seq > 30', 'delete from ledger.facts where site_id = $site and seq > 30', 'delete from ledger.checkpoints where site_id = $site and size > 30');
    const report = await expectFound('checkpoint_beyond');
    expect(report.findings.filter((one) => one.severity === 'fault')).toHaveLength(1);
    expect((await verify('')).verdict).toBe('intact_not_anchored'); // what an anchor is for
  });

  test('an old backup put back, on which the room then worked on, is found by the anchor', async () => {
    await tamper('delete from ledger.private_values where site_id = $site and seq > 21', 'delete from ledger.facts where site_id = $site and seq > 21', 'delete from ledger.checkpoints where site_id = $site and size > 21');
    checkpointer = newCheckpointer(); // the file of anchors was put back too
    await fill();
    await fill();
    await expectFound('checkpoint_root');
    expect((await verify('')).verdict).toBe('intact_not_anchored');
  });

  test('a fork signed with the true key is found by the anchor of the other branch', async () => {
    const fact = await read(30);
    await tamper(overwrite(30, { ...fact, subject: 'cam_other' }));
    await tamper(...(await resign(key)));
    await expectFound('checkpoint_root');
    expect((await verify('')).verdict).toBe('intact_not_anchored');
  });

  test('replayed bytes of an old fact are found', async () => {
    await tamper(overwrite(30, await read(10), canonicalFact(await read(10))));
    await expectFound('seq_differs', 'checkpoint_root');
    await tamper([`insert into ledger.facts (site_id, seq, recorded_at, at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, canonical) select site_id, 42, recorded_at, at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, canonical from ledger.facts where site_id = $1 and seq = 41`, [siteId]]);
    await expectFound('seq_differs', 'private_missing');
  });

  test('a fact of another site is found', async () => {
    await tamper(overwrite(30, { ...(await read(30)), siteId: 'site_other' }));
    await expectFound('site_differs', 'checkpoint_root');
  });

  test('another Unicode normal form is found, in a fact and in a private value', async () => {
    const fact = await read(10);
    const other = fact.subject.normalize('NFD');
    expect(other).not.toBe(fact.subject);
    await tamper(overwrite(10, { ...fact, subject: other }));
    await expectFound('checkpoint_root');
    await tamper(overwrite(10, fact));
    expect((await verify()).verdict).toBe('intact_and_anchored');
    await tamper(`update ledger.private_values set value = normalize(value, NFD) where site_id = $site and seq = 10 and path = '/name'`);
    await expectFound('private_wrong');
  });

  test('duplicate keys and other spellings of the same JSON are found', async () => {
    const fact = await read(10);
    const text = canonicalFact(fact);
    for (const raw of [text.replace('"seq":10', '"seq":10,"seq":10'), text.replace('"number":9', '"number":9,"number":99'), text.replace('{"actor"', '{ "actor"'), text.replace('"version":1', '"version":1.0')]) {
      expect(raw).not.toBe(text);
      await tamper(overwrite(10, fact, raw));
      await expectFound('not_canonical', 'checkpoint_root');
    }
    await tamper([`update ledger.facts set canonical = canonical || '\\xff'::bytea where site_id = $1 and seq = 10`, [siteId]]);
    await expectFound('not_canonical');
  });
});

describe('time', () => {
  test('facts written with the clock set back are found', async () => {
    const last = await read(41);
    await tamper(insert({ ...last, seq: 42, recordedAt: last.recordedAt - 3_600_000, body: { number: 1 } }));
    await expectFound('time_back');
  });

  test('backdating the newest facts past a signature is found', async () => {
    const last = await read(41);
    await tamper(insert({ ...last, seq: 42, recordedAt: last.recordedAt, body: { number: 1 } }));
    await expectFound('checkpoint_time');
  });

  test('a signature made with the clock set back is found, though the key is true', async () => {
    const { rows } = await admin.query<{ ordinal: string; size: string; signed_at: string; note: string }>('select * from ledger.checkpoints where site_id = $1 order by ordinal desc limit 1', [siteId]);
    const [last] = rows;
    const root = Buffer.from(last!.note.split('\n')[2]!, 'base64');
    const early = Number(last!.signed_at) - 3_600_000;
    await tamper(['insert into ledger.checkpoints (site_id, ordinal, size, signed_at, reason, note) values ($1, $2, $3, $4, $5, $6)', [siteId, Number(last!.ordinal) + 1, last!.size, early, 'heartbeat', signCheckpoint(nodeCrypto, key, { origin: `vigil/${siteId}`, size: 41, root, extensions: [] }, early)]]);
    await expectFound('checkpoint_time');
  });
});

describe('keys and checkpoints', () => {
  test('signatures made anew with another key are found', async () => {
    await tamper(...(await resign(passingKey())));
    await expectFound('checkpoint_key');
  });

  test('a whole history rebuilt under another key is found by the anchor', async () => {
    const stranger = passingKey();
    const opened = await read(1);
    const { namedKey } = await import('./key.ts');
    await tamper(overwrite(1, { ...opened, body: { origin: `vigil/${siteId}`, key: namedKey(`vigil/${siteId}`, stranger.publicKey) } }));
    await tamper(...(await resign(stranger)));
    await expectFound('checkpoint_key');
    expect((await verify('')).verdict).toBe('intact_not_anchored');
  });

  test('a changed signature, a changed copy, a removed, a replayed and a foreign checkpoint are found', async () => {
    const { rows } = await admin.query<{ note: string; signed_at: string; size: string }>('select note, signed_at, size from ledger.checkpoints where site_id = $1 and ordinal = 5', [siteId]);
    const { note, signed_at: signedAt, size } = rows[0]!;
    const put = (text: string): [string, unknown[]] => ['update ledger.checkpoints set note = $2 where site_id = $1 and ordinal = 5', [siteId, text]];
    const flipped = note.replace(/.(.{10})\n$/, (found, rest: string) => `${found.startsWith('A') ? 'B' : 'A'}${rest}\n`); // in the timed signature
    expect(flipped).not.toBe(note);
    await tamper(put(flipped));
    await expectFound('checkpoint_signature');
    await tamper(put('no checkpoint'));
    await expectFound('checkpoint_malformed');
    await tamper(put(signCheckpoint(nodeCrypto, key, { origin: 'vigil/site_other', size: Number(size), root: new Uint8Array(32), extensions: [] }, Number(signedAt))));
    await expectFound('checkpoint_origin');
    await tamper(put(note), 'update ledger.checkpoints set signed_at = signed_at + 1000 where site_id = $site and ordinal = 5');
    await expectFound('checkpoint_copy');
    await tamper('update ledger.checkpoints set signed_at = signed_at - 1000 where site_id = $site and ordinal = 5', ['insert into ledger.checkpoints (site_id, ordinal, size, signed_at, reason, note) values ($1, 42, $2, $3, $4, $5)', [siteId, size, signedAt, 'heartbeat', note]]);
    await expectFound('checkpoint_time', 'checkpoint_shrinks');
    await tamper('delete from ledger.checkpoints where site_id = $site and ordinal = 42', 'delete from ledger.checkpoints where site_id = $site and ordinal = 5');
    await expectFound('checkpoint_missing');
    await tamper('delete from ledger.checkpoints where site_id = $site');
    await expectFound('never_signed');
  });

  test('a server switched off for ten minutes is shown as a gap, and is no alteration', async () => {
    clock.advance(600_000);
    await checkpointer.sign(siteId, 'heartbeat');
    const report = await verify();
    expect(codes(report)).toEqual(['heartbeat_gap']);
    expect(report.verdict).toBe('intact_and_anchored');
  });

  test('a key handed over by the old key is sound; one taken is not', async () => {
    const next = passingKey();
    await database.transaction((tx) => ledger().recordKeyChange(tx, { siteId, newKey: next, actor, by: { oldKey: key } }));
    signer = next;
    checkpointer = newCheckpointer();
    await checkpointer.sign(siteId, 'heartbeat');
    expect(await verify()).toMatchObject({ verdict: 'intact_and_anchored', findings: [], signedSize: 42 });
    const thief = passingKey();
    await database.transaction((tx) => ledger().recordKeyChange(tx, { siteId, newKey: thief, actor, by: { oldKey: passingKey() } }));
    signer = thief;
    await newCheckpointer().sign(siteId, 'heartbeat');
    await expectFound('key_change_unproved');
  });

  test('without the old key two persons and a later anchor carry the change', async () => {
    const change = (persons: string[]) => database.transaction((tx) => ledger().recordKeyChange(tx, { siteId, newKey: next, actor, by: { persons, anchor } }));
    const next = passingKey();
    await expect(change(['per_1', 'per_1'])).rejects.toMatchObject({ code: 'ledger.two_persons' });
    await change(['per_1', 'per_2']);
    signer = next;
    const later = (await newCheckpointer().sign(siteId, 'anchor')).note;
    await expectFound('key_change_unproved');
    expect((await verify(`${anchor}\n${later}`)).verdict).toBe('intact_and_anchored');
  });
});

describe('private values', () => {
  test('swapped salts, a changed, a removed and a stray value are found', async () => {
    const swap = `update ledger.private_values v set salt = o.salt from ledger.private_values o where v.site_id = $site and o.site_id = $site and v.seq = 10 and o.seq = 10 and v.path <> o.path`;
    await tamper(swap);
    await expectFound('private_wrong');
    await tamper(swap);
    expect((await verify()).verdict).toBe('intact_and_anchored');
    await tamper(`update ledger.private_values set value = '"x"' where site_id = $site and seq = 10 and path = '/name'`);
    await expectFound('private_wrong');
    await tamper(`update ledger.private_values set path = '/other' where site_id = $site and seq = 10 and path = '/name'`);
    await expectFound('private_stray', 'private_missing');
    await tamper(`delete from ledger.private_values where site_id = $site and seq = 10`);
    await expectFound('private_missing');
  });

  test('a lawful erasure leaves the ledger intact; one that nobody recorded is found', async () => {
    await database.transaction((tx) => ledger().erase(tx, { siteId, seq: 10, path: '/name', reason: 'due', actor }));
    await checkpointer.sign(siteId, 'heartbeat');
    const report = await verify();
    expect(report).toMatchObject({ verdict: 'intact_and_anchored', findings: [] });
    expect(report.notChecked.some((one) => one.en.includes('1 private values erased'))).toBe(true);
    await tamper(`update ledger.private_values set salt = null, value = null, erased_at = 1 where site_id = $site and seq = 11 and path = '/name'`);
    await expectFound('erased_unstated');
  });
});

describe('restore', () => {
  const putBack = async (): Promise<void> => {
    await tamper('delete from ledger.private_values where site_id = $site and seq > 21', 'delete from ledger.facts where site_id = $site and seq > 21', 'delete from ledger.checkpoints where site_id = $site and size > 21');
  };

  test('a recorded restore says what was lost, and is not called an alteration', async () => {
    await putBack();
    const keptFile = join(folder, `${count}.log`);
    await expect(checkpointer.sign(siteId, 'heartbeat')).rejects.toMatchObject({ code: 'ledger.not_signing' });
    await expect(newCheckpointer().sign(siteId, 'heartbeat')).resolves.toBeDefined(); // a machine without the file of anchors cannot know
    await tamper(`delete from ledger.checkpoints where site_id = $site and ordinal > 20`);
    const restarted = newCheckpointer(keptFile);
    await expect(restarted.sign(siteId, 'heartbeat')).rejects.toMatchObject({ code: 'ledger.not_signing' });
    expect(restarted.troubles().get(siteId)?.code).toBe('facts_missing');
    await recordRestoreFromFiles(database, ledger(), { siteId, anchorFiles: [join(folder, 'absent.log'), keptFile], persons: ['per_1', 'per_2'], reason: 'disk', actor });
    await restarted.sign(siteId, 'sensitive');
    await rename(50);
    const later = (await restarted.sign(siteId, 'anchor')).note;
    const report = await verify();
    expect(report.restores).toEqual([{ seq: 22, keptSize: 21, lostUntil: 41, persons: ['per_1', 'per_2'] }]);
    expect(report).toMatchObject({ verdict: 'intact_not_anchored', faultCount: 0 });
    expect(report.sentence.en).toBe('intact, not independently anchored; restored, facts 22–41 lost');
    const anchored = await verify(`${anchor}\n${later}`);
    expect(anchored.sentence.zh).toBe('完整，且有独立锚点；经恢复，第 22–41 条丢失');
    await tamper(overwrite(15, { ...(await read(15)), subject: 'cam_forged' }));
    await expectFound('checkpoint_root');
  });

  test('a restore that an administrator without the key makes up is found, with or without a key of his own', async () => {
    await putBack();
    const { namedKey } = await import('./key.ts');
    const forge = async (by: LedgerKey): Promise<void> => {
      const before = await read(21);
      const origin = `vigil/${siteId}/2`;
      const body = { epoch: 2, origin, key: namedKey(origin, by.publicKey), keptSize: 21, lostUntil: 41, lastAnchor: anchor, persons: ['per_1', 'per_2'] };
      await tamper('delete from ledger.facts where site_id = $site and seq > 21', insert({ ...before, seq: 22, recordedAt: before.recordedAt + 60_000, kind: 'ledger.restored', body }));
    };
    await forge(key);
    await expectFound('restore_unsigned');
    const own = passingKey();
    await forge(own);
    signer = own;
    await newCheckpointer().sign(siteId, 'heartbeat');
    await expectFound('restore_unproved');
  });

  test('a restore that admits less than the anchor shows is found', async () => {
    await putBack();
    await database.transaction((tx) => ledger().recordRestore(tx, { siteId, lastAnchor: null, persons: ['per_1', 'per_2'], reason: 'disk', actor }));
    await newCheckpointer().sign(siteId, 'sensitive');
    await expectFound('checkpoint_lost');
  });
});

describe('exports', () => {
  const lines = async (withPrivateValues: boolean): Promise<string[]> => {
    const all: string[] = [];
    for await (const line of exportLedger({ database, ledger: ledger(), checkpointer, clock }, { siteId, withPrivateValues, actor })) all.push(line);
    return all;
  };
  async function* each(all: readonly string[]): AsyncGenerator<string> {
    yield* all;
  }
  const verifyLines = async (all: readonly string[]): Promise<Report> => verifyLedger(nodeCrypto, { ...(await openExport(each(all))), anchors: anchor });

  test('an export verifies elsewhere, says that it was made, and an edited one is found', async () => {
    const all = await lines(true);
    expect(await verifyLines(all)).toMatchObject({ verdict: 'intact_and_anchored', findings: [], facts: 42 });
    expect(all.at(-1)).toContain('ledger.exported');
    expect((await verifyLines(all.map((line) => line.replace('per_1', 'per_2')))).verdict).toBe('altered_or_incomplete');
    expect(codes(await verifyLines(all.filter((line) => !line.startsWith('{"seq":10,'))))).toContain('seq_gap');
    expect(codes(await verifyLines(all.filter((line) => !line.startsWith('{"private":{"seq":10,'))))).toContain('private_missing');
    expect(codes(await verifyLines(all.map((line) => line.replaceAll('\u5927\u95e8', '\u5927\u9580'))))).toContain('private_wrong');
    expect((await verifyLines(all.filter((line) => !/^\{"(seq":(4[0-2])|private":\{"seq":4[0-2]|checkpoint":\{"ordinal":4)/.test(line)))).verdict).toBe('altered_or_incomplete');
  });

  test('without private values the content is out, and the report says what it did not check', async () => {
    const all = await lines(false);
    expect(all.join('')).not.toContain('\u5927\u95e8');
    const report = await verifyLines(all);
    expect(report.verdict).toBe('intact_and_anchored');
    expect(report.notChecked.some((one) => one.en.startsWith('private values'))).toBe(true);
  });
});
