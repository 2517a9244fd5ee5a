/** What the database itself holds, whoever asks: the server's role, the owner of the tables, a superuser. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contract from '../../../../contract/approvals.ts';
import { createHash } from 'node:crypto';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds, sampleVerbs } from './testing/sample-kinds.ts';

let room: ApprovalsRoom;
let app: pg.Client;
let admin: pg.Client;
let pending: string;
let granted: string;
const applicant = 'wangjianguo';
const [manager, security, leader] = ['sunweidong', 'fengguodong', 'hanminghua'];

const asked = async (kind: string): Promise<string> => (await room.get(applicant, contract.submit, { body: { kind: `sample.${kind}`, body: { what: '某事' }, reason: '因为' } })).approvalId;

beforeAll(async () => {
  room = await openApprovalsRoom(sampleKinds().kinds, [sampleVerbs]);
  app = new pg.Client({ connectionString: room.appUrl });
  admin = new pg.Client({ connectionString: room.adminUrl });
  await Promise.all([app.connect(), admin.connect()]);
  pending = await asked('all_of');
  granted = await asked('one_of');
  await room.decide(leader, granted, 'approve');
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end()]);
  await room.closeAll();
});

const grant = (approvalId: string, state: string): string =>
  `update approvals.states set state = '${state}', version = version + 1, granted_at = changed_at, escalated = null where approval_id = '${approvalId}'`;

describe('without the signatures that it needs no row is granted', () => {
  test.each(['approved', 'in_use', 'closed', 'lapsed', 'revoked'])('%s', async (state) => {
    for (const client of [app, admin]) await expect(client.query(grant(pending, state))).rejects.toMatchObject({ code: '23514' });
  });

  test('nor in a session that switches ordinary triggers off', async () => {
    await admin.query('begin');
    await admin.query('set local session_replication_role = replica');
    await expect(admin.query(grant(pending, 'approved'))).rejects.toMatchObject({ code: '23514' });
    await admin.query('rollback');
  });

  test('nor with some of them, nor with a round without steps', async () => {
    await room.decide(manager, pending, 'approve');
    await room.decide(security, pending, 'approve');
    await expect(admin.query(grant(pending, 'approved'))).rejects.toMatchObject({ code: '23514' });
    await admin.query('begin');
    await admin.query(`insert into approvals.rounds select approval_id, 2, body, reason, summary_zh, summary_en, clauses, opened_at, opened_by from approvals.rounds where approval_id = $1 and round = 1`, [pending]);
    await expect(admin.query(grant(pending, 'approved').replace("escalated = null", "escalated = null, round = 2"))).rejects.toMatchObject({ code: '23514' });
    await admin.query('rollback');
  });

  test('nor by inserting a request that is granted from the start', async () => {
    await admin.query('begin');
    await admin.query(`insert into approvals.requests (approval_id, kind, kind_version, protected, site_id, room_id, applicant_id, subject, submitted_at, expires_at)
      select 'apr_00000000000000000000000000', kind, kind_version, protected, site_id, room_id, applicant_id, subject, submitted_at, expires_at from approvals.requests where approval_id = $1`, [pending]);
    await admin.query(`insert into approvals.rounds select 'apr_00000000000000000000000000', 1, body, reason, summary_zh, summary_en, clauses, opened_at, opened_by from approvals.rounds where approval_id = $1 and round = 1`, [pending]);
    await expect(admin.query(`insert into approvals.states select 'apr_00000000000000000000000000', 'approved', 1, 0, null, 1, changed_at, null, changed_at from approvals.states where approval_id = $1`, [pending])).rejects.toMatchObject({ code: '23514' });
    await admin.query('rollback');
  });
});

describe('no signature stands that does not fit', () => {
  const insert = async (more: { person?: string; seat?: number; method?: string; said?: object; step?: number } = {}) => {
    const personId = await room.personId(more.person ?? leader);
    const said = { approvalId: pending, kind: 'sample.all_of', version: 1, body: { what: '某事' }, round: 1, step: 'second', decision: 'approve', comment: '', personId, onBehalfOf: null, ...more.said };
    const method = more.method ?? 'webauthn';
    return admin.query(
      `insert into approvals.signatures (approval_id, round, step, seat, person_id, decision, comment, signed, method, credential_id, evidence, signed_at) values ($1, 1, $2, $3, $4, 'approve', '', $5, $6, $7, 'e', now())`,
      [pending, more.step ?? 1, more.seat ?? 1, personId, Buffer.from(canonicalize(said)), method, method === 'webauthn' ? 'key' : null],
    );
  };
  test.each([
    ['of the applicant', { person: applicant }],
    ['from the seat of somebody else', { person: manager }],
    ['over another body', { said: { body: { what: '别的' } } }],
    ['over another request', { said: { approvalId: 'apr_x' } }],
    ['over another decision', { said: { decision: 'reject' } }],
    ['over another round', { said: { round: 2 } }],
    ['of a session where an authenticator is needed', { method: 'session' }],
  ])('%s', async (_, more) => {
    await expect(insert(more)).rejects.toMatchObject({ code: '23514' });
  });

  test('what fits is taken, and its digest is the database’s own', async () => {
    await admin.query('begin');
    await insert();
    const { rows } = await admin.query<{ digest: Buffer; signed: Buffer }>('select digest, signed from approvals.signatures where approval_id = $1 and step = 1', [pending]);
    expect(rows[0]!.digest.toString('hex')).toBe(createHash('sha256').update(rows[0]!.signed).digest('hex'));
    await admin.query('rollback');
  });
});

describe('what was asked and signed stands', () => {
  test.each([
    ...['requests', 'rounds', 'steps', 'signatures', 'moves', 'seats', 'deadlines', 'states'].map((table) => `delete from approvals.${table}`),
    ...['requests', 'rounds', 'steps', 'signatures', 'moves', 'seats', 'deadlines', 'deputies', 'states'].map((table) => `truncate approvals.${table} cascade`),
    `update approvals.requests set protected = false`,
    `update approvals.rounds set body = '{}'`,
    `update approvals.steps set needs = 1`,
    `update approvals.signatures set comment = 'x'`,
    `update approvals.moves set reason = 'x'`,
    `update approvals.seats set hops = 2`,
    `update approvals.seats set left_at = now(), left_by = 'x', place = 9`,
    `update approvals.deadlines set due_at = now()`,
  ])('%s', async (statement) => {
    await expect(admin.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('a deadline fires once', async () => {
    await admin.query('begin');
    await admin.query(`update approvals.deadlines set fired_at = now() where approval_id = $1 and kind = 'remind_half' and fired_at is null and cleared_at is null`, [pending]);
    await expect(admin.query(`update approvals.deadlines set fired_at = now() where approval_id = $1 and kind = 'remind_half'`, [pending])).rejects.toMatchObject({ code: '42501' });
    await admin.query('rollback');
  });

  test('what has ended does not begin again', async () => {
    const ended = await asked('one_of');
    await room.decide(leader, ended, 'reject', { comment: '不行' });
    await expect(admin.query(`update approvals.states set state = 'pending', version = version + 1 where approval_id = $1`, [ended])).rejects.toMatchObject({ code: '23514' });
  });

  test('the server’s role may not even try', async () => {
    for (const table of ['requests', 'rounds', 'steps', 'signatures', 'moves', 'seats', 'deadlines', 'deputies', 'states']) await expect(app.query(`delete from approvals.${table}`)).rejects.toMatchObject({ code: '42501' });
    for (const set of ['requests set subject = subject', 'rounds set reason = reason', 'steps set needs = needs', 'signatures set comment = comment', 'seats set person_id = person_id']) {
      await expect(app.query(`update approvals.${set}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

test('every column of the schema says what it holds', async () => {
  const { rows } = await admin.query<{ name: string }>(`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'approvals' and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null`);
  expect(rows).toEqual([]);
});
