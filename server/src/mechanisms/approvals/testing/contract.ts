/**
 * What every declared kind must hold, proved with its own steps: nobody passes it by themselves, by time, by an empty place, by half of the
 * signatures, twice, or against the database. The kind's own effects are left out: they belong to its module.
 */
import fc from 'fast-check';
import pg from 'pg';
import { expect } from 'vitest';
import { z } from 'zod';
import * as contract from '../../../../../contract/approvals.ts';
import { Role } from '../../../../../contract/identity.ts';
import { hourMs } from '../../../base/units.ts';
import { declareVerbs, type VerbTable } from '../../identity/index.ts';
import { apply } from '../change.ts';
import type { ApprovalCase, People } from '../case.ts';
import type { DeadlineKind } from '../deadlines.ts';
import { declareApprovalKind, questions, type AnyApprovalKind } from '../index.ts';
import { decide } from '../lifecycle.ts';
import { isRefusal, nothing, type Act, type Context } from '../outcome.ts';
import { oracleGrants } from './oracle.ts';
import type { ApprovalsRoom } from './room.ts';
import { sampleContext, sampleSignature } from './sample-case.ts';

export const contractVerbs: VerbTable = declareVerbs('contract', { 'contract.thing.ask': { zh: '申请', en: 'ask', roles: Role.options } });

/** The kind with its steps, limits and protection, without its effects. `granted` hears when it passes; `asked` is what its steps are laid down for. */
export const shadowOf = (kind: AnyApprovalKind, granted: (approvalId: string) => void, asked: unknown): AnyApprovalKind =>
  declareApprovalKind({
    kind: `contract.${kind.kind.replace('.', '_')}`, title: kind.title, version: kind.version, body: z.looseObject({}), summary: () => kind.title, protected: kind.protected, submitVerb: 'contract.thing.ask',
    fields: [], steps: (context) => kind.steps({ ...context, body: asked }), expiresMs: kind.expiresMs, validMs: kind.validMs, emergency: kind.emergency,
    ...(kind.inForceAtOnce === undefined ? {} : { inForceAtOnce: kind.inForceAtOnce }), approved: async (_tx, { approvalId }) => granted(approvalId),
  });

const deadlines: readonly DeadlineKind[] = ['remind_half', 'remind_most', 'escalate', 'expire_step', 'expire', 'expire_returned', 'run_out'];
const grantedStates: ReadonlySet<string> = new Set(['approved', 'in_use', 'closed', 'lapsed', 'revoked']);

export class KindContract {
  readonly #room: ApprovalsRoom;
  readonly #kind: AnyApprovalKind;
  readonly #accounts: ReadonlyMap<string, string>;

  private constructor(room: ApprovalsRoom, kind: AnyApprovalKind, accounts: ReadonlyMap<string, string>) {
    this.#room = room;
    this.#kind = kind;
    this.#accounts = accounts;
  }

  static async of(room: ApprovalsRoom, kind: AnyApprovalKind): Promise<KindContract> {
    const accounts = await Promise.all(room.people.map(async ({ account }) => [await room.personId(account), account] as const));
    return new KindContract(room, kind, new Map(accounts));
  }

  async #asked(): Promise<ApprovalCase> {
    const { approvalId } = await this.#room.get('wangjianguo', contract.submit, { body: { kind: this.#kind.kind, body: { what: '某事' }, reason: '合同测试' } });
    const one = await questions.get(this.#room.database.db, approvalId);
    if (one === null) throw new Error('it was not asked for');
    return one;
  }

  /** Somebody of the present step who has not signed. */
  async #approver(approvalId: string): Promise<string> {
    const { step } = await this.#room.view('wangjianguo', approvalId);
    const { steps } = await this.#room.view('wangjianguo', approvalId);
    const signed = new Set(steps.flatMap(({ seats }) => seats.flatMap(({ signature }) => (signature === null ? [] : [signature.person.personId]))));
    const next = step?.waitingFor.find(({ personId }) => !signed.has(personId));
    const account = next === undefined ? undefined : this.#accounts.get(next.personId);
    if (account === undefined) throw new Error(`${this.#kind.kind}: nobody of the demonstration can decide`);
    return account;
  }

  /** Signed by everybody whom it needs it is granted, once; a signature earlier nobody can force it, not even with the tables in hand. */
  async needsEverybody(granted: readonly string[]): Promise<void> {
    const { approvalId, steps } = await this.#asked();
    const needed = steps.reduce((sum, { needs }) => sum + needs, 0);
    const admin = new pg.Client({ connectionString: this.#room.adminUrl });
    await admin.connect();
    try {
      for (let signed = 0; signed < needed; signed += 1) {
        expect(granted, `${this.#kind.kind} granted with ${signed} of ${needed} signatures`).not.toContain(approvalId);
        await expect(admin.query(`update approvals.states set state = 'approved', version = version + 1, granted_at = changed_at, escalated = null where approval_id = $1`, [approvalId])).rejects.toMatchObject({ code: '23514' });
        const answer = await this.#room.decide(await this.#approver(approvalId), approvalId, 'approve');
        expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      }
    } finally {
      await admin.end();
    }
    expect(granted.filter((id) => id === approvalId)).toHaveLength(1);
    const { steps: shown } = await this.#room.view('wangjianguo', approvalId);
    expect(shown.flatMap(({ seats }) => seats.map(({ signature }) => signature?.verified ?? true)).every(Boolean)).toBe(true);
  }

  async refusesOneself(): Promise<void> {
    const { approvalId } = await this.#asked();
    const answer = await this.#room.ask('wangjianguo', contract.decide, { params: { approvalId }, body: { decision: 'approve', comment: '', round: 1, step: 0, assertion: null } });
    expect(answer.body).toMatchObject({ code: 'approvals.own' });
  }

  async wantsASignature(): Promise<void> {
    if (!this.#kind.protected) return;
    const { approvalId } = await this.#asked();
    const answer = await this.#room.ask(await this.#approver(approvalId), contract.decide, { params: { approvalId }, body: { decision: 'approve', comment: '', round: 1, step: 0, assertion: null } });
    expect(answer.body).toMatchObject({ code: 'approvals.signature_needed' });
  }

  async decidesOnce(): Promise<void> {
    const { approvalId } = await this.#asked();
    const account = await this.#approver(approvalId);
    const sends = [await this.#room.sign(account, approvalId, 'approve'), await this.#room.sign(account, approvalId, 'approve')];
    const answers = await Promise.all(sends.map((send) => send()));
    expect(answers.filter(({ status }) => status === 200), this.#kind.kind).toHaveLength(1);
  }

  async expires(granted: readonly string[]): Promise<void> {
    const { approvalId, steps } = await this.#asked();
    this.#room.clock.step(2 * (steps[0]?.limitMs ?? 0) + 1);
    await this.#room.approvals.sweep();
    const shown = await this.#room.view('wangjianguo', approvalId);
    expect(shown.state, this.#kind.kind).toBe('expired');
    this.#room.clock.step(-(steps[0]?.limitMs ?? 0));
    await this.#room.approvals.sweep();
    expect((await this.#room.view('wangjianguo', approvalId)).trail.map(({ act }) => act)).toEqual(shown.trail.map(({ act }) => act));
    expect(granted).not.toContain(approvalId);
  }

  /** Goes ahead on an order by word of mouth only where it says so: on the word of its leaders, within the room's hours, granting nothing; else the reason is told. */
  async ordersHold(granted: readonly string[]): Promise<void> {
    const { emergency, kind } = this.#kind;
    const known = await Promise.all(this.#room.people.map(async ({ account, role }) => ({ role, personId: await this.#room.personId(account) })));
    const leader = known.find(({ role }) => role === 'leader')?.personId ?? '';
    const record = (leaderId: string) => this.#room.ask('wangjianguo', contract.recordOrder, { body: { kind, what: '先行办理', reason: '来不及书面申请', leaderId, orderedAt: this.#room.clock.now() } });
    if ('never' in emergency) {
      const { status, body } = await record(leader);
      expect({ status, body }, kind).toMatchObject({ status: 400, body: { code: 'approvals.order_kind', zh: expect.stringContaining(emergency.never.zh), en: expect.stringContaining(emergency.never.en) } });
      return;
    }
    const { leaders } = emergency;
    const before = granted.length;
    for (const { role, personId } of known.filter((one) => one.role !== 'duty_operator')) {
      const { status, body } = await record(personId);
      const may = leaders.includes(role);
      expect({ status, code: body.code }, `${kind} on the word of a ${role}`).toEqual(may ? { status: 200, code: undefined } : { status: 400, code: 'approvals.order_leader' });
      if (may) expect(body['papersDueAt']).toBe(this.#room.clock.now() + 24 * hourMs);
    }
    expect(granted).toHaveLength(before);
    this.#room.lists.orderLeaders = [];
    expect((await record(leader)).body, kind).toMatchObject({ code: 'approvals.order_leader' });
    this.#room.lists.orderLeaders = ['security_department', 'leader'];
    this.#room.numbers['papers_after_verbal_order_hours'] = 2;
    const { body: short } = await record(leader);
    this.#room.numbers['papers_after_verbal_order_hours'] = 24;
    expect(short, kind).toMatchObject({ papersDueAt: this.#room.clock.now() + 2 * hourMs });
    this.#room.clock.step(2 * hourMs);
    await this.#room.approvals.sweep();
    expect(this.#room.papers, kind).toContain(`late ${String(short['orderId'])}`);
  }

  /** Without anybody left it waits for an administrator; time does not pass it either. */
  async emptyPlacesWait(): Promise<void> {
    const one = await this.#asked();
    const gone: People = new Map([...this.#accounts.keys()].map((id) => [id, { name: id, active: false, roles: [] }]));
    const ctx = sampleContext(gone);
    for (const personId of this.#accounts.keys()) {
      const outcome = decide(one, { act: 'sign', signature: sampleSignature(one, personId, ctx) }, ctx);
      expect(isRefusal(outcome)).toBe(true);
    }
    const vacant = decide(one, { act: 'vacate' }, ctx);
    expect(vacant).toMatchObject({ state: { name: 'pending', escalated: 'vacant' } });
    for (const kind of deadlines) {
      const outcome = decide(one, { act: 'deadline', kind, dueAt: ctx.at }, ctx);
      if (!isRefusal(outcome) && outcome !== nothing) expect(grantedStates.has(outcome.state.name)).toBe(false);
    }
  }

  /** Random acts of everybody on the request as it was really laid down, against a count that knows nothing of the lifecycle. */
  async noOtherPath(runs: number): Promise<void> {
    const start = await this.#asked();
    const ids = [...this.#accounts.keys()];
    const roles = new Map(await Promise.all(this.#room.people.map(async ({ account, role }) => [await this.#room.personId(account), role] as const)));
    const approvers = [...new Set(start.seats.map(({ personId }) => personId))];
    const person = fc.oneof(fc.constantFrom(...approvers), fc.constantFrom(...ids));
    const draw = fc.record({ by: person, to: person, what: fc.nat(9), kind: fc.constantFrom(...deadlines), gone: fc.uniqueArray(person, { maxLength: 1 }), actsFor: fc.uniqueArray(person, { maxLength: 2 }) });
    let reached = 0;
    fc.assert(
      fc.property(fc.array(draw, { minLength: 2, maxLength: 16 }), (draws) => {
        let one = start;
        for (const { by, to, what, kind, gone, actsFor } of draws) {
          const people: People = new Map(ids.map((id) => [id, { name: id, active: !gone.includes(id), roles: [roles.get(id) ?? 'requester'] }]));
          const ctx: Context = sampleContext(people, { actsFor });
          const seen = { round: one.round, step: one.step };
          const act: Act = what === 0 ? { act: 'deadline', kind, dueAt: ctx.at } : what === 1 ? { act: 'vacate' } : what === 2 ? { act: 'transfer', by, seen, to, reason: 'x' } : what === 3 ? { act: 'assign', by, seen, to, reason: 'x' }
            : what === 4 ? { act: 'return', by, seen, toStep: 0, reason: 'x' } : { act: 'sign', signature: sampleSignature(one, by, ctx, one.protected ? {} : { method: 'session', credentialId: null, evidence: '' }) };
          const outcome = decide(one, act, ctx);
          if (isRefusal(outcome) || outcome === nothing) continue;
          one = apply(one, outcome);
          if (!grantedStates.has(one.state.name)) continue;
          reached += 1;
          expect(oracleGrants(one), this.#kind.kind).toBe(true);
        }
      }),
      { numRuns: runs },
    );
    expect(reached, `${this.#kind.kind} was never granted`).toBeGreaterThan(0);
  }
}
