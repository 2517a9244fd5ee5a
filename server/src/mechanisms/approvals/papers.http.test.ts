/** Drafts, attachments and their place in the digest, the proof for outsiders, and orders by word of mouth. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '../../../../contract/approvals.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import { checkEvidence } from '../identity/index.ts';
import { questions, verifySignature } from './index.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds, sampleVerbs } from './testing/sample-kinds.ts';

let room: ApprovalsRoom;
beforeAll(async () => {
  room = await openApprovalsRoom(sampleKinds().kinds, [sampleVerbs]);
});
afterAll(() => room.closeAll());
beforeEach(() => room.clock.step(hourMs));

const [applicant, manager, leader, auditor] = ['wangjianguo', 'sunweidong', 'hanminghua', 'xuhuifang'];
const reason = '因为需要';
const pdf = Buffer.from('%PDF-1.7\n医院证明\n%%EOF');
const put = (by: string, name: string, bytes: Buffer) => room.ask(by, contract.keepFile, { body: { name, content: bytes.toString('base64') } });
const exemption = () => ({ clause: 'SEC-8.1', instead: '加密巡看', from: room.clock.now(), until: room.clock.now() + 2 * dayMs });

describe('attachments', () => {
  test('belong to what is signed: the digest is over their hash, and the bytes come back as they were put in', async () => {
    const kept = contract.Attachment.parse((await put(applicant, '证明.pdf', pdf)).body);
    expect(kept).toEqual({ name: '证明.pdf', sha256: createHash('sha256').update(pdf).digest('hex'), sizeBytes: pdf.length });
    const { approvalId } = await room.get(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '某事' }, reason, attachments: [kept] } });
    await room.decide(leader, approvalId, 'approve');
    const one = (await questions.get(room.database.db, approvalId))!;
    const [signature] = one.signatures;
    expect(await verifySignature(one, signature!, { check: checkEvidence })).toBe(true);
    expect(await verifySignature({ ...one, attachments: [{ ...kept, sha256: 'f'.repeat(64) }] }, signature!, { check: checkEvidence })).toBe(false);
    expect(await verifySignature({ ...one, attachments: [] }, signature!, { check: checkEvidence })).toBe(false);
    const answer = await room.http.inject({ method: 'GET', url: `/api/approvals/${approvalId}/files/${kept.sha256}`, headers: { host: 'localhost', cookie: await cookieOf(leader) } });
    expect(answer.rawPayload.equals(pdf)).toBe(true);
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect((await room.ask('liuxiaoyan', contract.file, { params: { approvalId, sha256: kept.sha256 } })).status).toBe(403);
  });

  test('of another person, of another size, or that would run in a browser are refused', async () => {
    const kept = contract.Attachment.parse((await put(manager, '别人的.pdf', Buffer.concat([pdf, Buffer.from('x')]))).body);
    const send = (attachments: contract.Attachment[]) => room.ask(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '某事' }, reason, attachments } });
    expect((await send([kept])).body).toMatchObject({ code: 'approvals.file_unknown' });
    const mine = contract.Attachment.parse((await put(applicant, '我的.pdf', pdf)).body);
    expect((await send([{ ...mine, sizeBytes: mine.sizeBytes + 1 }])).body).toMatchObject({ code: 'approvals.file_unknown' });
    expect((await put(applicant, 'a.pdf', Buffer.from('<script>alert(1)</script>'))).body).toMatchObject({ code: 'approvals.file_kind' });
    expect((await put(applicant, 'a.zip', Buffer.from('504b0304000000', 'hex'))).body).toMatchObject({ code: 'approvals.file_kind' });
  });
});

const cookieOf = async (account: string): Promise<string> => {
  const answer = await room.http.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host: 'localhost' }, payload: { account, password: room.people.find((one) => one.account === account)?.password } });
  return `vigil_session=${answer.cookies.find(({ name }) => name === 'vigil_session')?.value ?? ''}`;
};

test('the proof lets somebody outside recompute digest and signature with nothing but what it holds', async () => {
  const { approvalId } = await room.get(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '某事' }, reason } });
  await room.decide(leader, approvalId, 'approve', { comment: '同意' });
  const proof = await room.get(auditor, contract.proof, { params: { approvalId } });
  const [signed] = proof.signatures;
  expect(createHash('sha256').update(signed!.statement).digest('hex')).toBe(signed!.digest);
  expect(JSON.parse(signed!.statement)).toMatchObject({ approvalId, decision: 'approve', comment: '同意', body: { what: '某事' } });
  const evidence = JSON.parse(signed!.evidence) as { clientDataJSON: string };
  const { challenge } = JSON.parse(Buffer.from(evidence.clientDataJSON, 'base64url').toString()) as { challenge: string };
  expect(Buffer.from(challenge, 'base64url').toString('hex')).toBe(signed!.digest);
  expect(signed).toMatchObject({ verified: true, rests: 'key', person: { name: '韩明华' } });
  expect((await room.ask('liuxiaoyan', contract.proof, { params: { approvalId } })).status).toBe(403);
});

describe('drafts', () => {
  const draft = (more: object = {}) => ({ body: { draftId: null, kind: 'sample.one_of', content: { what: '写了一半' }, reason: '', attachments: [], ...more } });
  const mine = async (account: string) => (await room.get(account, contract.drafts)).drafts;

  test('are kept until they are sent, and seen by their writer alone', async () => {
    const { draftId } = await room.get(applicant, contract.saveDraft, draft());
    await room.get(applicant, contract.saveDraft, draft({ draftId, reason: '还没想好' }));
    expect(await mine(applicant)).toMatchObject([{ draftId, content: { what: '写了一半' }, reason: '还没想好' }]);
    expect(await mine(manager)).toEqual([]);
    expect((await room.ask(manager, contract.saveDraft, draft({ draftId }))).body).toMatchObject({ code: 'approvals.draft_unknown' });
    expect((await room.ask(manager, contract.dropDraft, { params: { draftId } })).body).toMatchObject({ code: 'approvals.draft_unknown' });
    await room.get(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '写完了' }, reason, draftId } });
    expect(await mine(applicant)).toEqual([]);
  });

  test('stay when what was sent is refused', async () => {
    const { draftId } = await room.get(applicant, contract.saveDraft, draft());
    expect((await room.ask(applicant, contract.submit, { body: { kind: 'sample.one_of', body: { what: '' }, reason, draftId } })).status).toBe(400);
    expect(await mine(applicant)).toHaveLength(1);
    await room.get(applicant, contract.dropDraft, { params: { draftId } });
  });

  test('are thrown away after the days of the room, not before', async () => {
    room.numbers['approval_draft_kept_days'] = 2;
    await room.get(applicant, contract.saveDraft, draft());
    room.clock.step(2 * dayMs - hourMs);
    await room.approvals.sweep();
    expect(await mine(applicant)).toHaveLength(1);
    room.clock.step(2 * hourMs);
    await room.approvals.sweep();
    expect(await mine(applicant)).toEqual([]);
    room.numbers['approval_draft_kept_days'] = 30;
  });
});

describe('an order by word of mouth', () => {
  const record = async (more: object = {}, by = applicant) =>
    room.ask(by, contract.recordOrder, { body: { kind: 'approvals.exemption', what: '值班员突发疾病，先行离岗', reason: '来不及书面申请', leaderId: await room.personId(leader), orderedAt: room.clock.now(), ...more } });
  const recorded = async (): Promise<string> => contract.recordOrder.response.parse((await record()).body).orderId;
  const stateOf = async (orderId: string) => (await room.get(auditor, contract.orders)).orders.find((one) => one.orderId === orderId)!;
  const file = (orderId: string) => room.ask(applicant, contract.submit, { body: { kind: 'approvals.exemption', body: exemption(), reason, orderId } });
  const agree = async (approvalId: string): Promise<void> => {
    for (const account of [manager, leader]) expect((await room.decide(account, approvalId, 'approve')).status).toBe(200);
  };

  test('names a leader who may give it, is told to them, and is provisional; nothing is granted by it', async () => {
    expect((await record({ leaderId: await room.personId(manager) })).body).toMatchObject({ code: 'approvals.order_leader', fields: [{ path: 'leaderId' }] });
    expect((await record({ orderedAt: room.clock.now() + hourMs })).body).toMatchObject({ code: 'approvals.order_time', fields: [{ path: 'orderedAt' }] });
    expect((await record({ orderedAt: room.clock.now() - 25 * hourMs })).body).toMatchObject({ code: 'approvals.order_time' });
    expect((await record({ kind: 'sample.one_of' })).body).toMatchObject({ code: 'approvals.order_kind' });
    expect((await record({}, 'liuxiaoyan')).status).toBe(200); // whoever is on duty may receive an order
    expect((await record({}, auditor)).status).toBe(403);
    const orderId = await recorded();
    expect(await stateOf(orderId)).toMatchObject({ state: 'provisional', leader: { name: '韩明华' }, papers: [], canFile: expect.anything() });
    expect(room.told.at(-1)).toMatchObject({ approvalId: orderId, to: [await room.personId(leader)] });
    const fact = (await room.facts('approvals.order_recorded')).at(-1);
    expect(fact).toMatchObject({ subject: orderId, body: { kind: 'approvals.exemption' } });
    expect(JSON.stringify(fact)).not.toContain('突发疾病');
    const caller = await room.callerOf(applicant);
    expect(await questions.granted(room.database.db, 'approvals.exemption', caller.roomId, room.clock.now())).toEqual([]);
  });

  test('with papers granted in time it is papered, also when the clock runs on', async () => {
    const orderId = await recorded();
    const sent = await file(orderId);
    expect((await file(orderId)).body).toMatchObject({ code: 'approvals.order_filed' });
    const { approvalId } = contract.submit.response.parse(sent.body);
    expect((await room.view(leader, approvalId)).order).toMatchObject({ orderId });
    await agree(approvalId);
    expect(await stateOf(orderId)).toMatchObject({ state: 'papered', papers: [{ approvalId, state: 'in_use' }] });
    expect((await room.facts('approvals.order_papered')).at(-1)).toMatchObject({ subject: orderId, body: { late: false } });
    room.clock.step(2 * dayMs);
    await room.approvals.sweep();
    expect((await stateOf(orderId)).state).toBe('papered');
    expect((await file(orderId)).body).toMatchObject({ code: 'approvals.order_done' });
  });

  test('without papers in time it is a breach once, told and alarmed; late papers are late and it stays a breach', async () => {
    const orderId = await recorded();
    room.clock.step(24 * hourMs);
    await Promise.all([room.approvals.sweep(), room.approvals.sweep()]);
    expect(await stateOf(orderId)).toMatchObject({ state: 'breached', breachWhy: 'late' });
    room.clock.step(-2 * hourMs); // a clock set back over the deadline undoes nothing and repeats nothing
    await room.approvals.sweep();
    room.clock.step(3 * hourMs);
    await room.approvals.sweep();
    expect(room.papers.filter((told) => told === `late ${orderId}`)).toHaveLength(1);
    expect((await room.facts('approvals.order_breached')).filter(({ subject }) => subject === orderId)).toHaveLength(1);
    const { approvalId } = contract.submit.response.parse((await file(orderId)).body);
    await agree(approvalId);
    expect(await stateOf(orderId)).toMatchObject({ state: 'breached', paperedAt: expect.any(Number) });
    expect(room.papers).toContain(`came ${orderId}`);
    expect((await room.facts('approvals.order_papered')).at(-1)).toMatchObject({ subject: orderId, body: { late: true } });
  });

  test('papers that are refused are a breach at once', async () => {
    const orderId = await recorded();
    const { approvalId } = contract.submit.response.parse((await file(orderId)).body);
    await room.decide(manager, approvalId, 'reject', { comment: '没有下过这个命令' });
    expect(await stateOf(orderId)).toMatchObject({ state: 'breached', breachWhy: 'refused' });
    expect(room.papers).toContain(`refused ${orderId}`);
  });
});
