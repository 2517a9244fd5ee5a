import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '../../../../contract/approvals.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import { questions, bodyDigest, verifySignature } from './index.ts';
import { checkEvidence } from '../identity/index.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds, sampleVerbs } from './testing/sample-kinds.ts';

const { kinds, heard } = sampleKinds();
let room: ApprovalsRoom;
beforeAll(async () => {
  room = await openApprovalsRoom(kinds, [sampleVerbs]);
  await room.addPerson('qianduo', '钱多', ['room_manager']);
});
afterAll(() => room.closeAll());
beforeEach(() => room.clock.step(hourMs));

const applicant = 'wangjianguo';
const manager = 'sunweidong';
const security = 'fengguodong';
const leader = 'hanminghua';
const administrator = 'linhaitao';
const reason = '因为需要';

const asked = async (kind: string, by = applicant): Promise<string> => (await room.get(by, contract.submit, { body: { kind: `sample.${kind}`, body: { what: '某事' }, reason } })).approvalId;
const lastFact = async (kind: string) => (await room.facts(`approvals.${kind}`)).at(-1);

describe('asking', () => {
  test('wants the right to ask, a complete body and a reason', async () => {
    expect((await room.ask('liuxiaoyan', contract.submit, { body: { kind: 'sample.one_of', body: { what: 'x' }, reason } })).status).toBe(403);
    expect((await room.facts('identity.denied')).at(-1)).toMatchObject({ body: { verb: 'sample.thing.ask' } });
    expect((await room.ask(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '' }, reason } })).body).toMatchObject({ code: 'approvals.body_invalid', fields: [{ path: 'body.what' }] });
    expect((await room.ask(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: 'x' }, reason: ' ' } })).status).toBe(400);
  });

  test('for something without approvers is refused', async () => {
    expect((await room.ask(applicant, contract.submit, { body: { kind: 'sample.empty', body: { what: 'x' }, reason } })).body).toMatchObject({ code: 'approvals.no_steps' });
  });

  test('is a fact whose words are hashed, and tells those who are asked', async () => {
    const approvalId = await asked('one_of');
    const fact = await lastFact('submitted');
    expect(fact).toMatchObject({ subject: approvalId, clauses: ['sample@1#SEC-8.1'], body: { kind: 'sample.one_of', round: 1, protected: true } });
    expect(JSON.stringify(fact)).not.toContain('某事');
    expect(JSON.stringify(fact)).not.toContain(reason);
    expect(room.told.at(-1)?.approvalId).toBe(approvalId);
    expect(new Set(room.told.at(-1)?.to)).toEqual(new Set([await room.personId(manager), await room.personId('qianduo'), await room.personId(leader)]));
  });
});

describe('deciding', () => {
  test('signs exactly what was seen with the approver’s passkey; anybody can check it later', async () => {
    const approvalId = await asked('one_of');
    expect((await room.decide(leader, approvalId, 'approve', { comment: '同意，注意安全' })).body).toEqual({ state: 'approved' });
    const one = (await questions.get(room.database.db, approvalId))!;
    const [signature] = one.signatures;
    expect(signature).toMatchObject({ method: 'webauthn', personId: await room.personId(leader), comment: '同意，注意安全' });
    expect(await verifySignature(one, signature!, { check: checkEvidence })).toBe(true);
    expect(await verifySignature({ ...one, body: { what: '别的' } }, signature!, { check: checkEvidence })).toBe(false);
    expect(await verifySignature(one, { ...signature!, comment: '同意' }, { check: checkEvidence })).toBe(false);
    const evidence = JSON.parse(signature!.evidence) as Record<string, string>;
    expect(await verifySignature(one, { ...signature!, evidence: JSON.stringify({ ...evidence, authenticatorData: evidence['signature'] }) }, { check: checkEvidence })).toBe(false);
    expect(await lastFact('signed')).toMatchObject({ subject: approvalId, actor: { id: await room.personId(leader) }, body: { decision: 'approve', method: 'webauthn', digest: signature!.digest } });
    expect(await lastFact('granted')).toMatchObject({ subject: approvalId });
    expect(heard.granted).toContain(approvalId);
    const now = room.clock.now();
    expect(await questions.isApproved(room.database.db, approvalId, bodyDigest({ what: '某事' }), now)).toBe(true);
    expect(await questions.isApproved(room.database.db, approvalId, bodyDigest({ what: '别的' }), now)).toBe(false);
    expect(await questions.isApproved(room.database.db, approvalId, bodyDigest({ what: '某事' }), now + 24 * hourMs)).toBe(false);
  });

  test('without signature, with another’s passkey, or over something else is refused, and nothing moves', async () => {
    const approvalId = await asked('one_of');
    const form = { decision: 'approve' as const, comment: '', round: 1, step: 0 };
    const decide = (assertion: unknown) => room.ask(leader, contract.decide, { params: { approvalId }, body: { ...form, assertion: assertion as null } });
    expect((await decide(null)).body).toMatchObject({ code: 'approvals.signature_needed' });
    const mine = await room.get(leader, contract.prepare, { params: { approvalId }, body: form });
    const another = await room.get(leader, contract.prepare, { params: { approvalId }, body: { ...form, comment: '别的话' } });
    await room.sign(manager, approvalId, 'approve'); // who has a passkey too
    const theirs = await room.get(manager, contract.prepare, { params: { approvalId }, body: form });
    expect(new Set([mine.digest, another.digest, theirs.digest]).size).toBe(3);
    expect((await decide(await room.assert(leader, another.passkey!))).body).toMatchObject({ code: 'identity.proof_wrong' });
    expect((await decide(await room.assert(manager, { ...theirs.passkey!, challenge: mine.passkey!.challenge }))).body).toMatchObject({ code: 'identity.proof_wrong' });
    expect((await decide({ password: room.people.find(({ account }) => account === leader)!.password, totp: '000000' })).body).toMatchObject({ code: 'identity.signing_codes_needed' });
    expect((await room.view(leader, approvalId)).state).toBe('pending');
  });

  test('a kind that is not protected needs no signature, and says so', async () => {
    const approvalId = await asked('plain');
    expect((await room.decide(manager, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    expect((await room.view(manager, approvalId)).steps[0]!.seats[0]!.signature).toMatchObject({ method: 'session', verified: true });
  });

  test('a refusal needs words, ends it and tells the applicant', async () => {
    const approvalId = await asked('one_of');
    expect((await room.decide(manager, approvalId, 'reject')).body).toMatchObject({ code: 'approvals.reason_needed', fields: [{ path: 'comment' }] });
    expect((await room.decide(manager, approvalId, 'reject', { comment: '时间太长' })).body).toEqual({ state: 'rejected' });
    expect(room.told.at(-1)).toMatchObject({ approvalId, to: [await room.personId(applicant)] });
    expect(heard.ended).toContainEqual({ approvalId, state: 'rejected' });
  });

  test('of two at once one decides, the other hears who', async () => {
    const approvalId = await asked('one_of');
    const sends = [await room.sign(manager, approvalId, 'approve'), await room.sign(leader, approvalId, 'reject', { comment: '不行' })];
    const answers = await Promise.all(sends.map((send) => send()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const second = answers.find(({ status }) => status === 409)!;
    expect(second.body).toMatchObject({ code: 'approvals.handled' });
    expect(second.body.zh).toMatch(/^已由(孙卫东|韩明华)处理（(同意|拒绝)）/);
    expect((await room.view(leader, approvalId)).trail.filter(({ act }) => act === 'agreed' || act === 'rejected')).toHaveLength(1);
  });

  test('the same person twice at once decides once', async () => {
    const approvalId = await asked('in_order');
    const sends = [await room.sign(manager, approvalId, 'approve'), await room.sign(manager, approvalId, 'approve')];
    const answers = await Promise.all(sends.map((send) => send()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('other ways', () => {
  test('returned, resubmitted with other words, everybody signs anew', async () => {
    const approvalId = await asked('all_of');
    await room.decide(manager, approvalId, 'approve');
    expect((await room.ask(security, contract.giveBack, { params: { approvalId }, body: { reason: '请写清楚', round: 1, step: 0, toStep: null } })).status).toBe(200);
    expect((await room.view(applicant, approvalId)).can).toMatchObject({ resubmit: true });
    expect((await room.ask(applicant, contract.resubmit, { params: { approvalId }, body: { body: { what: '某事，两小时' }, reason } })).status).toBe(200);
    const again = await room.view(applicant, approvalId);
    expect(again).toMatchObject({ round: 2, state: 'pending', summary: { zh: '某事，两小时' } });
    for (const account of [manager, 'qianduo', security]) expect((await room.decide(account, approvalId, 'approve')).body).toEqual({ state: 'pending' });
    expect((await room.decide(leader, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    expect((await room.view(leader, approvalId)).steps.every((step) => step.seats.every((seat) => seat.signature?.verified === true))).toBe(true);
  });

  test('handed on to somebody with the same authority; nobody else is offered', async () => {
    const approvalId = await asked('in_order');
    const { people } = await room.get(manager, contract.candidates, { params: { approvalId } });
    expect(people).toEqual([]); // everybody with the authority is asked already
    const plain = await asked('plain');
    await room.addPerson('houlaide', '后来的', ['room_manager']);
    const later = await room.get(manager, contract.candidates, { params: { approvalId: plain } });
    expect(later.people.map(({ name }) => name)).toEqual(['后来的']);
    const move = (toPersonId: string) => room.ask(manager, contract.transfer, { params: { approvalId: plain }, body: { toPersonId, reason, round: 1, step: 0 } });
    expect((await move(await room.personId(applicant))).status).toBe(403);
    expect((await move(await room.personId('zhoupeng'))).body).toMatchObject({ code: 'approvals.no_same_authority' });
    expect((await move(await room.personId('houlaide'))).status).toBe(200);
    expect((await room.decide(manager, plain, 'approve')).body).toMatchObject({ code: 'approvals.not_asked' });
    expect((await room.decide('houlaide', plain, 'approve')).body).toEqual({ state: 'approved' });
    await room.deactivate('houlaide');
  });

  test('withdrawn by the applicant alone; reminded, but not without end', async () => {
    const approvalId = await asked('one_of');
    expect((await room.ask(applicant, contract.remind, { params: { approvalId } })).status).toBe(200);
    expect((await room.ask(applicant, contract.remind, { params: { approvalId } })).body).toMatchObject({ code: 'approvals.reminded_lately' });
    expect((await room.ask(manager, contract.withdraw, { params: { approvalId }, body: { reason: '' } })).status).toBe(403);
    expect((await room.ask(applicant, contract.withdraw, { params: { approvalId }, body: { reason: '不需要了' } })).status).toBe(200);
    expect(await lastFact('withdrawn')).toMatchObject({ subject: approvalId });
  });

  test('what was granted is revoked by an approver of the last step', async () => {
    const approvalId = await asked('one_of');
    await room.decide(manager, approvalId, 'approve');
    await room.get(leader, contract.counts);
    room.clock.step(6 * minuteMs);
    expect((await room.askUnproved(applicant, contract.revoke, { params: { approvalId }, body: { reason } })).body).toMatchObject({ code: 'approvals.not_revoker' });
    expect((await room.askUnproved(leader, contract.revoke, { params: { approvalId }, body: { reason } })).body).toMatchObject({ code: 'identity.step_up_needed' });
    expect((await room.view(leader, approvalId)).state).toBe('approved');
    expect((await room.ask(leader, contract.revoke, { params: { approvalId }, body: { reason } })).status).toBe(200);
    expect(heard.ended).toContainEqual({ approvalId, state: 'revoked' });
    expect(await questions.isApproved(room.database.db, approvalId, bodyDigest({ what: '某事' }), room.clock.now())).toBe(false);
  });
});

describe('the inbox', () => {
  test('shows each what waits for them, what they asked, and to overseers all', async () => {
    const approvalId = await asked('in_order');
    const ids = async (account: string, list: 'to_decide' | 'mine' | 'all') => (await room.get(account, contract.inbox, { query: { list } })).approvals.map((row) => row.approvalId);
    expect(await ids(manager, 'to_decide')).toContain(approvalId);
    expect(await ids(leader, 'to_decide')).not.toContain(approvalId); // not their turn yet
    expect(await ids(applicant, 'mine')).toContain(approvalId);
    expect(await ids(applicant, 'to_decide')).not.toContain(approvalId);
    expect(await ids('xuhuifang', 'all')).toContain(approvalId);
    expect(await ids('liuxiaoyan', 'all')).toEqual([]);
    const { toDecide } = await room.get(manager, contract.counts);
    expect(toDecide).toBe((await ids(manager, 'to_decide')).length);
  });

  test('pages and searches', async () => {
    const all = await room.get('xuhuifang', contract.inbox, { query: { list: 'all' } });
    const newest = all.approvals[0]!;
    expect((await room.get('xuhuifang', contract.inbox, { query: { list: 'all', before: newest.number } })).approvals.map(({ number }) => number)).not.toContain(newest.number);
    expect((await room.get('xuhuifang', contract.inbox, { query: { list: 'all', search: '两小时' } })).approvals.every(({ summary }) => summary.zh.includes('两小时'))).toBe(true);
    expect((await room.get('xuhuifang', contract.inbox, { query: { list: 'all', search: '100%_' } })).approvals).toEqual([]);
  });

  test('keeps a request from those whom it does not concern, on record', async () => {
    const approvalId = await asked('one_of');
    expect((await room.ask('liuxiaoyan', contract.one, { params: { approvalId } })).body).toMatchObject({ kind: 'forbidden' });
    expect((await room.facts('identity.denied')).at(-1)).toMatchObject({ body: { what: 'GET /api/approvals/:approvalId' } });
  });
});

describe('deputies', () => {
  const span = () => ({ from: room.clock.now(), until: room.clock.now() + 8 * hourMs, reason: '出差' });
  const name = async (account: string, deputy: string) => room.ask(account, contract.nameDeputy, { body: { deputyPersonId: await room.personId(deputy), ...span() } });

  test('are named by somebody who proves again who they are', async () => {
    await room.get(leader, contract.counts);
    room.clock.step(6 * minuteMs);
    const body = { deputyPersonId: await room.personId(security), ...span() };
    expect((await room.askUnproved(leader, contract.nameDeputy, { body })).body).toMatchObject({ code: 'identity.step_up_needed' });
    expect((await room.get(leader, contract.listDeputies)).deputies).toEqual([]);
  });

  test('act for an approver during the span, and the record says for whom; an ended one does not', async () => {
    const named = await name(leader, security);
    expect(named.status).toBe(200);
    const approvalId = await asked('one_of');
    expect((await room.get(security, contract.inbox, { query: { list: 'to_decide' } })).approvals.map((row) => row.approvalId)).toContain(approvalId);
    expect((await room.decide(security, approvalId, 'approve')).body).toEqual({ state: 'approved' });
    expect((await room.view(leader, approvalId)).steps[0]!.seats.find((seat) => seat.signature !== null)!.signature).toMatchObject({ person: { name: '冯国栋' }, onBehalfOf: { name: '韩明华' }, verified: true });
    const next = await asked('one_of');
    expect((await room.ask(security, contract.endDeputy, { params: { deputyId: String(named.body['deputyId']) } })).body).toMatchObject({ code: 'approvals.deputy_not_yours' });
    expect((await room.ask(leader, contract.endDeputy, { params: { deputyId: String(named.body['deputyId']) } })).status).toBe(200);
    expect((await room.decide(security, next, 'approve')).body).toMatchObject({ code: 'approvals.not_asked' });
  });

  test('never in a circle, also not through others, also not at once', async () => {
    expect((await name(manager, 'wudayong')).status).toBe(200);
    expect((await name('wudayong', 'zhengjing')).status).toBe(200);
    expect((await name('zhengjing', manager)).body).toMatchObject({ code: 'approvals.deputy_circle' });
    expect((await name(manager, manager)).body).toMatchObject({ code: 'approvals.deputy_self' });
    expect((await name(manager, administrator)).body).toMatchObject({ code: 'approvals.deputy_unfit' });
    const both = await Promise.all([name('zhaoyumei', 'chenzhiqiang'), name('chenzhiqiang', 'zhaoyumei')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

describe('time', () => {
  test('reminds at half and most of the limit, escalates, expires; each once, also when the clock goes back', async () => {
    const approvalId = await asked('one_of');
    const acts = async () => (await room.view('xuhuifang', approvalId)).trail.map(({ act }) => act);
    room.clock.step(2 * hourMs + minuteMs);
    await room.approvals.sweep();
    expect(await acts()).toEqual(['submitted', 'reminded']);
    room.clock.step(-3 * hourMs);
    await room.approvals.sweep();
    room.clock.step(3 * hourMs);
    await room.approvals.sweep();
    expect(await acts()).toEqual(['submitted', 'reminded']);
    room.clock.step(2 * hourMs);
    await room.approvals.sweep();
    expect(await acts()).toEqual(['submitted', 'reminded', 'escalated']);
    expect(await room.view('xuhuifang', approvalId)).toMatchObject({ state: 'pending', escalated: 'late' });
    room.clock.step(6 * hourMs);
    await Promise.all([room.approvals.sweep(), room.approvals.sweep()]);
    expect(await acts()).toEqual(['submitted', 'reminded', 'escalated', 'expired']);
    expect((await room.view('xuhuifang', approvalId)).trail.at(-1)!.lateMs).toBeGreaterThan(hourMs);
    expect(await lastFact('expired')).toMatchObject({ subject: approvalId, actor: { kind: 'process' } });
    expect(heard.granted).not.toContain(approvalId);
    expect((await room.decide(leader, approvalId, 'approve', { seen: { round: 1, step: 0 } })).body).toMatchObject({ code: 'approvals.handled' });
  });

  test('an approver who left leaves the place empty: an administrator assigns, it never passes', async () => {
    await room.deactivate('qianduo');
    const approvalId = await asked('plain');
    await room.deactivate(manager);
    await room.approvals.sweep();
    expect(await room.view(administrator, approvalId)).toMatchObject({ state: 'pending', escalated: 'vacant', can: { assign: true } });
    expect(await lastFact('escalated')).toMatchObject({ subject: approvalId, body: { why: 'vacant', to: [await room.personId(administrator)] } });
    await room.addPerson('xinren', '新人', ['room_manager']);
    const assign = (toPersonId: string) => room.ask(administrator, contract.assign, { params: { approvalId }, body: { toPersonId, reason: '原主管离职', round: 1, step: 0 } });
    expect((await assign(await room.personId(applicant))).body).toMatchObject({ code: 'approvals.own' });
    expect((await assign(await room.personId('xinren'))).status).toBe(200);
    expect((await room.decide('xinren', approvalId, 'approve')).body).toEqual({ state: 'approved' });
  });
});
