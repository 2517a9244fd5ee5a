/** The record of acts through the whole room: found, hidden, exported, reviewed, kept for its term; reading it is itself on record. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as audit from '../../../../contract/audit.ts';
import { addPerson, changePerson, listPeople, setLanguage, stepUp } from '../../../../contract/identity.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import * as video from '../../../../contract/video.ts';
import type { z } from 'zod';
import { ManualClock } from '../../base/manual-clock.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { createHands, type Hands } from '../../mechanisms/approvals/testing/hands.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';

const start = Date.parse('2026-11-22T02:00:00Z');
let clock: ManualClock;
let house: WholeRoom;
let auditor: string;
let manager: string;
let operator: string;
let administrator: string;

beforeAll(async () => {
  clock = new ManualClock(start);
  house = await openWholeRoom({ clock });
  [auditor, manager, operator, administrator] = await Promise.all([house.signIn('auditor'), house.signIn('room_manager'), house.signIn('duty_operator'), house.signIn('system_administrator')]);
});
afterAll(() => house.close());

const acts = (cookie: string, query: z.input<typeof audit.listActs.query> = {}) => house.get(cookie, audit.listActs, { query });
const idOf = (role: string): string => {
  const person = house.people.find((one) => one.role === role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  return person.account;
};
const personId = async (role: string): Promise<string> => (await house.get(administrator, listPeople, { query: { search: idOf(role) } })).people[0]!.personId;
const proveAgain = async (cookie: string, role: string): Promise<void> => {
  await house.get(cookie, stepUp, { body: { password: house.people.find((one) => one.role === role)!.password } });
};

describe('what was done is found', () => {
  test('[TEN-10.1 AUDIT] one call of each kind has an entry with person, time, object and result', async () => {
    const at = clock.now();
    const camera = { name: '仓库', url: 'rtsp://192.0.2.7/1', username: null, password: null };
    const { cameraId } = await house.get(administrator, video.addCamera, { body: camera });
    await house.get(administrator, video.changeCamera, { params: { cameraId }, body: { name: '仓库门' } });
    const { personId: added } = await house.get(administrator, addPerson, { body: { account: 'cangku', name: '王仓', staffNumber: '2001', language: 'zh-CN', roles: ['monitor'], password: 'hanlu-qiaomai-7731-zz' } });
    await house.get(administrator, changePerson, { params: { personId: added }, body: { active: false } });
    await house.get(operator, video.takeSnapshot, { body: { cameraId, frameAt: at, source: 'live', note: '', picture: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]).toString('base64') } });
    await house.ask(operator, video.removeCamera, { params: { cameraId }, body: { reason: '试' } });
    await house.get(administrator, video.removeCamera, { params: { cameraId }, body: { reason: '拆除' } });
    await house.get(manager, audit.listActs, {});

    const found = (await acts(auditor, { from: at })).acts;
    const entry = (kind: string) => found.find((act) => act.kind === kind);
    const who = { administrator: await personId('system_administrator'), operator: await personId('duty_operator'), manager: await personId('room_manager') };
    const wanted = [
      ['video.camera_added', who.administrator, cameraId], ['video.camera_changed', who.administrator, cameraId], ['identity.person_added', who.administrator, added],
      ['identity.person_changed', who.administrator, added], ['video.snapshot_taken', who.operator, cameraId], ['identity.denied', who.operator, who.operator],
      ['video.camera_retired', who.administrator, cameraId],
    ] as const;
    for (const [kind, person, subject] of wanted) expect(entry(kind), kind).toMatchObject({ actor: { id: person }, subject, at });
    expect(found.find((act) => act.kind === 'audit.acts_read' && act.actor.id === who.manager)).toMatchObject({ at });
  });

  test('[COR-4.3.1 AUDIT] a risky command without its reason is refused, with it the record says who did what to which camera and why', async () => {
    const { cameraId } = await house.get(administrator, video.addCamera, { body: { name: '后门', url: 'rtsp://192.0.2.8/1', username: null, password: null } });
    expect((await house.ask(administrator, video.removeCamera, { params: { cameraId }, body: { reason: ' ' } })).status).toBe(400);
    await house.get(administrator, video.removeCamera, { params: { cameraId }, body: { reason: '设备更换' } });
    const [act] = (await acts(auditor, { cameraId, kind: 'video.camera_retired' })).acts;
    expect(act).toMatchObject({ subject: cameraId, body: { reason: '设备更换', name: '后门' } });
    expect(act?.zh).toContain('设备更换');
  });

  test('[ART-9.1 AUDIT] a command outside of the role is refused and stands among the refused acts, with who tried what', async () => {
    const refused = await house.ask(operator, video.addCamera, { body: { name: '私设', url: 'rtsp://192.0.2.9/1', username: null, password: null } });
    expect(refused.status).toBe(403);
    const found = (await acts(auditor, { group: 'refused', personId: await personId('duty_operator') })).acts;
    expect(found.some((act) => act.body['verb'] === 'video.cameras.change' || String(act.body['what']).includes('/api/video/cameras'))).toBe(true);
    expect(found.every((act) => act.kind === 'identity.denied')).toBe(true);
  });

  test('a camera, a person, a sort of act, words and a span narrow the answer; pages follow each other without loss', async () => {
    const everything: number[] = [];
    for (let before: number | undefined, more = true; more; ) {
      const page = await acts(auditor, before === undefined ? {} : { before });
      everything.push(...page.acts.map(({ seq }) => seq));
      more = page.next !== null;
      before = page.next ?? undefined;
    }
    const newest = everything[0] ?? 0;
    expect(everything).toEqual(Array.from({ length: newest }, (_, index) => newest - index));
    expect((await acts(auditor, { text: '后门 更换' })).acts.map(({ kind }) => kind)).toContain('video.camera_retired');
    expect((await acts(auditor, { text: 'no such words' })).acts).toEqual([]);
    expect((await acts(auditor, { until: start })).acts).toEqual([]);
    expect(new Set((await acts(auditor, { group: 'sign_in' })).acts.map(({ kind }) => kind))).toEqual(new Set(['identity.signed_in']));
  });
});

describe('reading is on record', () => {
  const readings = async (): Promise<{ times: unknown; count: unknown }[]> =>
    (await house.get(auditor, listFacts, { query: { kind: 'audit.acts_read', actorId: await personId('security_department') } })).facts.map(({ body }) => ({ times: body['times'], count: body['count'] }));

  test('the first reading at once, further ones of the same question within ten minutes as one', async () => {
    const department = await house.signIn('security_department');
    for (let i = 0; i < 4; i += 1) await acts(department, { kind: 'video.camera_added' });
    expect(await readings()).toHaveLength(1);
    await acts(department, { kind: 'video.camera_retired' });
    expect(await readings()).toHaveLength(2);
    clock.advance(11 * minuteMs);
    await house.runJob('audit.reads');
    const all = await readings();
    expect(all).toHaveLength(3);
    expect(all[0]).toMatchObject({ times: 3 });
  });

  test('a session at the ledger page is one fact and one more for all its further pages, which says how far it went', async () => {
    const inspector = await house.signIn('inspector');
    const reader = await personId('inspector');
    const told = async () => (await acts(auditor, { kind: 'room.ledger_read', personId: reader })).acts.map(({ body }) => body);
    for (let before: number | undefined, more = true; more; ) {
      const page = await house.get(inspector, listFacts, before === undefined ? {} : { query: { before } });
      more = page.more;
      before = page.facts.at(-1)?.seq;
    }
    for (let again = 0; again < 10; again += 1) await house.get(inspector, listFacts);
    expect(await told()).toMatchObject([{ times: 1, kind: null }]);
    await house.get(inspector, listFacts, { query: { kind: 'video.camera_added' } });
    expect(await told()).toMatchObject([{ kind: 'video.camera_added', times: 1 }, { kind: null, times: 1 }]);
    clock.advance(11 * minuteMs);
    await house.runJob('audit.reads');
    const [last] = await told();
    expect(last).toMatchObject({ kind: null, fromSeq: 1 });
    expect(Number(last?.['times'])).toBeGreaterThanOrEqual(10);
    expect(await told()).toHaveLength(3);
  });

  test('an export is a signed act with its reason and the hash of the file', async () => {
    clock.advance(6 * minuteMs);
    const unproved = await house.ask(auditor, audit.exportActs, { body: { question: {}, format: 'csv', reason: '季度检查' } });
    expect(unproved.body).toMatchObject({ code: 'identity.step_up_needed' });
    await proveAgain(auditor, 'auditor');
    const answer = await house.ask(auditor, audit.exportActs, { body: { question: { group: 'changes' }, format: 'csv', reason: '季度检查' } });
    expect(answer.status).toBe(200);
    const text = answer.bytes.toString('utf8');
    expect(text.startsWith('\ufeff序号')).toBe(true);
    const [act] = (await acts(auditor, { kind: 'audit.acts_exported' })).acts;
    expect(act?.body).toMatchObject({ format: 'csv', reason: '季度检查', sha256: createHash('sha256').update(answer.bytes).digest('hex'), count: text.trim().split('\r\n').length - 1 });
    const json = await house.ask(auditor, audit.exportActs, { body: { question: { kind: 'video.camera_added' }, format: 'json', reason: '核对' } });
    expect((JSON.parse(json.bytes.toString('utf8')) as { acts: unknown[] }).acts.length).toBeGreaterThan(0);
  });

  test('a kept question is seen by its keeper alone and can be let go', async () => {
    const question = { group: 'watching', days: 1 } as const;
    const { questionId } = await house.get(auditor, audit.saveQuestion, { body: { title: '昨夜谁看了画面', question } });
    expect((await house.get(auditor, audit.listQuestions)).questions).toMatchObject([{ questionId, title: '昨夜谁看了画面', question }]);
    expect((await house.get(manager, audit.listQuestions)).questions).toEqual([]);
    expect((await house.ask(manager, audit.removeQuestion, { params: { questionId } })).body).toMatchObject({ code: 'audit.question_unknown' });
    await house.get(auditor, audit.removeQuestion, { params: { questionId } });
    expect((await house.get(auditor, audit.listQuestions)).questions).toEqual([]);
  });
});

describe('who may see names', () => {
  test('[COR-5.1.3 AUDIT] with visitors at the screen, and for roles without need, names and acts are hidden', async () => {
    const open = await acts(auditor, { kind: 'video.camera_added' });
    expect(open.masked).toBe(false);
    const leader = await house.signIn('shift_leader');
    for (const hidden of [await acts(auditor, { kind: 'video.camera_added', visitors: 'yes' }), await acts(leader, { kind: 'video.camera_added' })]) {
      expect(hidden.masked).toBe(true);
      expect(hidden.acts.length).toBe(open.acts.length);
      const text = JSON.stringify(hidden.acts);
      for (const act of open.acts.filter(({ actor }) => actor.kind === 'person')) for (const word of [act.actor.name, act.actor.id, act.subject, act.zh, act.leafHash]) expect(text).not.toContain(word);
      expect(hidden.acts[0]).toMatchObject({ zh: '办理事项', body: {}, actor: { name: '●●●' } });
    }
    expect((await house.ask(operator, audit.listActs)).status).toBe(403);
  });
});

describe('review', () => {
  const month = { from: Date.parse('2026-11-30T16:00:00Z'), until: Date.parse('2026-12-31T16:00:00Z') };
  const inOrder = { ...month, outcome: 'in_order', note: '' } as const;
  let hands: Hands;
  let chief: string;

  /** Signs what the server prepared; `change` is what somebody does to it on the way. */
  const sign = async (form: z.input<typeof audit.prepareReview.body>, change: Partial<z.input<typeof audit.signReview.body>> = {}) => {
    let size = 0;
    const assertion = await hands.answer(chief, async () => {
      const prepared = await hands.get(chief, audit.prepareReview, { body: form });
      size = prepared.size;
      return prepared;
    });
    return hands.ask(chief, audit.signReview, { body: { ...form, size, assertion, ...change } });
  };

  test('[BRN-A1.2.1 AUDIT] the wrong order is refused: nobody signs the review of a period before having read it', async () => {
    clock.step(Date.parse('2027-01-02T02:00:00Z') - clock.now());
    chief = idOf('room_manager');
    hands = createHands({ http: house.app, origin: 'http://127.0.0.1', clock, passwordOf: (account) => house.people.find((one) => one.account === account)?.password ?? '' });
    const prepare = (body: z.input<typeof audit.prepareReview.body>) => hands.ask(chief, audit.prepareReview, { body });
    const unread = { code: 'audit.review_unread' };
    expect((await prepare(inOrder)).body).toMatchObject(unread);
    await hands.get(chief, audit.listActs, { query: { ...month, group: 'refused' } });
    expect((await prepare(inOrder)).body).toMatchObject(unread);
    const assertion = { password: 'x'.repeat(12), totp: '000000' };
    expect((await hands.ask(chief, audit.signReview, { body: { ...inOrder, size: 1, assertion } })).body).toMatchObject(unread);
    expect((await prepare({ ...inOrder, until: clock.now() + dayMs })).body).toMatchObject({ code: 'audit.review_too_early' });
  });

  test('[TEN-10.4 AUDIT] a manager opens a period and signs its review: who, which period, what was found, how many acts', async () => {
    administrator = await house.signIn('system_administrator');
    const signer = await personId('room_manager');
    expect((await hands.get(chief, audit.listReviews)).due).toContainEqual(month);
    await hands.get(chief, audit.listActs, { query: month });
    expect((await sign({ ...month, outcome: 'with_findings', note: '两次越权' })).status).toBe(200);
    const { reviews, due } = await hands.get(chief, audit.listReviews);
    const name = (await hands.get(chief, audit.auditChoices)).people.find((one) => one.personId === signer)?.name;
    expect(reviews).toMatchObject([{ ...month, by: name, outcome: 'with_findings', note: '两次越权', method: 'password_totp', verified: true }]);
    expect(due).not.toContainEqual(month);
    auditor = await house.signIn('auditor');
    const [entry] = (await acts(auditor, { kind: 'audit.review_signed' })).acts;
    expect(entry).toMatchObject({ body: { ...month, outcome: 'with_findings', digest: reviews[0]?.digest } });
    operator = await house.signIn('duty_operator');
    expect((await house.ask(operator, audit.prepareReview, { body: inOrder })).status).toBe(403);
    expect((await house.ask(operator, audit.signReview, { body: { ...inOrder, size: 1, assertion: { password: 'x', totp: '000000' } } })).status).toBe(403);
  });

  test('what is signed is the period, the outcome and the head of the ledger; a head that never was, or a wrong code, signs nothing', async () => {
    const count = async () => (await hands.get(chief, audit.listReviews)).reviews.length;
    const before = await count();
    const prepared = await hands.get(chief, audit.prepareReview, { body: inOrder });
    const again = await hands.get(chief, audit.prepareReview, { body: { ...inOrder, note: '补充' } });
    expect(again.digest).not.toBe(prepared.digest);
    expect(prepared.rootHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await sign(inOrder, { size: 1_000_000 })).body).toMatchObject({ code: 'audit.review_stale' });
    expect((await sign(inOrder, { assertion: { password: 'not this one', totp: '000000' } })).body).toMatchObject({ code: 'identity.proof_wrong' });
    expect(await count()).toBe(before);
  });
});

describe('kept for its term', () => {
  test('[TEN-10.3 AUDIT] personal data of acts is not erased before the term; after it the job erases and certifies', async () => {
    const guardian = await house.signIn('security_administrator');
    const early = await house.ask(guardian, audit.eraseOldActs, { body: { until: clock.now() - 179 * dayMs, reason: '清理' } });
    expect(early.body).toMatchObject({ code: 'audit.before_term' });

    clock.step(start + 200 * dayMs - clock.now());
    const later = await house.signIn('security_administrator');
    await house.get(later, audit.eraseOldActs, { body: { until: start + hourMs, reason: '期满' } });
    await house.runJob('audit.erasures');
    auditor = await house.signIn('auditor');
    const [certificate] = (await acts(auditor, { kind: 'audit.values_expired' })).acts;
    expect(Number(certificate?.body['count'])).toBeGreaterThan(0);
    const [retired] = (await acts(auditor, { kind: 'video.camera_retired' })).acts;
    expect(retired?.zh).toContain('（已抹除）');
    await house.runJob('audit.erasures');
    expect((await acts(auditor, { kind: 'audit.values_expired' })).acts).toHaveLength(1);
  });

  test('the entries themselves cannot be deleted at all', async () => {
    const before = (await acts(auditor, { kind: 'identity.signed_in' })).acts.length;
    const { sql } = await import('kysely');
    await expect(sql`delete from ledger.facts where seq = 1`.execute(house.database.db)).rejects.toThrow(/permission denied|append-only/);
    expect((await acts(auditor, { kind: 'identity.signed_in' })).acts).toHaveLength(before);
    expect((await house.ask(auditor, setLanguage, { body: { language: 'zh-CN' } })).status).toBe(200);
  });
});
