import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply } from './change.ts';
import type { ApprovalCase } from './case.ts';
import type { DeadlineKind } from './deadlines.ts';
import { decide } from './lifecycle.ts';
import { isRefusal, nothing, type Act, type Context } from './outcome.ts';
import { askedSeats } from './seats.ts';
import { oracleGrants } from './testing/oracle.ts';
import { sampleCase, sampleContext, samplePeople, sampleSignature, sampleStart, type SampleStep } from './testing/sample-case.ts';

const everybody = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
const people = samplePeople(everybody);
const ctx = sampleContext(people);

const done = (one: ApprovalCase, act: Act, now: Context = ctx): ApprovalCase => {
  const outcome = decide(one, act, now);
  if (isRefusal(outcome) || outcome === nothing) throw new Error(isRefusal(outcome) ? outcome.code : outcome);
  return apply(one, outcome);
};
const codeOf = (one: ApprovalCase, act: Act, now: Context = ctx): string => {
  const outcome = decide(one, act, now);
  return isRefusal(outcome) ? outcome.code : 'went through';
};
const agree = (one: ApprovalCase, personId: string, now: Context = ctx): ApprovalCase => done(one, { act: 'sign', signature: sampleSignature(one, personId, now) }, now);
const seen = (one: ApprovalCase) => ({ round: one.round, step: one.step });
const reason = '理由';

describe('steps', () => {
  test('one of them is enough, then the next step begins, then it is granted with those who signed', () => {
    const one = sampleCase([{ mode: 'one_of', people: ['p1', 'p2'] }, { mode: 'one_of', people: ['p3'] }]);
    const second = agree(one, 'p2');
    expect(second).toMatchObject({ state: { name: 'pending' }, step: 1 });
    const granted = agree(second, 'p3');
    expect(granted.state).toMatchObject({ name: 'approved', consent: { signers: [{ personId: 'p2' }, { personId: 'p3' }] } });
  });

  test('all of them must sign, in any order', () => {
    const one = sampleCase([{ mode: 'all_of', people: ['p1', 'p2', 'p3'] }]);
    const two = agree(agree(one, 'p3'), 'p1');
    expect(two.state.name).toBe('pending');
    expect(agree(two, 'p2').state.name).toBe('approved');
  });

  test('in order: who comes too early waits', () => {
    const one = sampleCase([{ mode: 'in_order', people: ['p1', 'p2'] }]);
    expect(codeOf(one, { act: 'sign', signature: sampleSignature(one, 'p2', ctx, { seat: 2 }) })).toBe('approvals.not_yet_your_turn');
    expect(agree(agree(one, 'p1'), 'p2').state.name).toBe('approved');
  });

  test('one person signs once in a protected request, also where they stand at two steps', () => {
    const one = sampleCase([{ mode: 'one_of', people: ['p1'] }, { mode: 'one_of', people: ['p1', 'p2'] }]);
    const second = agree(one, 'p1');
    expect(codeOf(second, { act: 'sign', signature: sampleSignature(second, 'p1', ctx) })).toBe('approvals.signed_already');
    expect(agree(second, 'p2').state.name).toBe('approved');
  });
});

describe('who may not', () => {
  const one = sampleCase([{ mode: 'one_of', people: ['p1', 'p0'] }], { executorId: 'p5' });
  test.each([
    ['the applicant, even with a seat', 'p0', 'approvals.own'],
    ['the executor', 'p5', 'approvals.executor'],
    ['somebody who was not asked', 'p3', 'approvals.not_asked'],
  ])('%s', (_, personId, code) => {
    expect(codeOf(one, { act: 'sign', signature: sampleSignature(one, personId, ctx) })).toBe(code);
  });

  test('the applicant as deputy of the approver', () => {
    const now = sampleContext(people, { actsFor: ['p1'] });
    expect(codeOf(one, { act: 'sign', signature: sampleSignature(one, 'p0', now) }, now)).toBe('approvals.own');
  });

  test('an approver who left, or lost the role', () => {
    const gone = sampleContext(samplePeople(everybody, ['p1']));
    expect(codeOf(one, { act: 'sign', signature: sampleSignature(one, 'p1', ctx) }, gone)).toBe('approvals.authority_gone');
  });

  test('a signature without authenticator on a protected request', () => {
    expect(codeOf(one, { act: 'sign', signature: sampleSignature(one, 'p1', ctx, { method: 'session', credentialId: null, evidence: '' }) })).toBe('approvals.signature_needed');
  });

  test('whoever comes second hears who was first', () => {
    const two = sampleCase([{ mode: 'one_of', people: ['p1', 'p2'] }, { mode: 'one_of', people: ['p3'] }]);
    const late = sampleSignature(two, 'p2', ctx);
    const outcome = decide(agree(two, 'p1'), { act: 'sign', signature: late }, ctx);
    expect(outcome).toMatchObject({ code: 'approvals.handled', sentence: { zh: '已由p1处理（同意），请查看最新情况。' } });
  });
});

describe('other ways', () => {
  const two = sampleCase([{ mode: 'one_of', people: ['p1'] }, { mode: 'one_of', people: ['p2'] }]);

  test('a refusal needs its reason and ends it', () => {
    expect(codeOf(two, { act: 'sign', signature: sampleSignature(two, 'p1', ctx, { decision: 'reject' }) })).toBe('approvals.reason_needed');
    expect(done(two, { act: 'sign', signature: sampleSignature(two, 'p1', ctx, { decision: 'reject', comment: reason }) }).state.name).toBe('rejected');
  });

  test('returned to the applicant, resubmitted, everybody is asked anew', () => {
    const back = done(agree(two, 'p1'), { act: 'return', by: 'p2', seen: { round: 1, step: 1 }, toStep: null, reason });
    expect(back.state.name).toBe('returned');
    const laid = { steps: two.steps.map((step) => ({ ...step, signedInRound: 2 })), seats: two.seats };
    expect(codeOf(back, { act: 'resubmit', by: 'p1', body: {}, reason, attachments: [], laid })).toBe('approvals.not_applicant');
    const again = done(back, { act: 'resubmit', by: 'p0', body: { what: 'y' }, reason, attachments: [], laid });
    expect(again).toMatchObject({ state: { name: 'pending' }, round: 2, step: 0, body: { what: 'y' } });
    expect(agree(agree(again, 'p1'), 'p2').state.name).toBe('approved');
  });

  test('returned to an earlier step: what was signed before that step still stands', () => {
    const three = sampleCase([{ mode: 'one_of', people: ['p1'] }, { mode: 'one_of', people: ['p2'] }, { mode: 'one_of', people: ['p3'] }]);
    const third = agree(agree(three, 'p1'), 'p2');
    expect(codeOf(third, { act: 'return', by: 'p3', seen: seen(third), toStep: 2, reason })).toBe('approvals.step_not_earlier');
    const back = done(third, { act: 'return', by: 'p3', seen: seen(third), toStep: 1, reason });
    expect(back).toMatchObject({ round: 2, step: 1, state: { name: 'pending' } });
    const granted = agree(agree(back, 'p2'), 'p3');
    expect(granted.state).toMatchObject({ name: 'approved' });
    expect(granted.signatures.filter(({ personId }) => personId === 'p1')).toHaveLength(1);
  });

  test('handed on three times at most, to somebody with the same authority who is not asked yet', () => {
    const move = (one: ApprovalCase, by: string, to: string): Act => ({ act: 'transfer', by, seen: seen(one), to, reason });
    const outsider = sampleContext(new Map([...people, ['p9', { name: 'p9', active: true, roles: [] }]]));
    expect(codeOf(two, move(two, 'p1', 'p9'), outsider)).toBe('approvals.no_same_authority');
    expect(codeOf(two, move(two, 'p1', 'p0'))).toBe('approvals.own');
    expect(codeOf(two, move(two, 'p1', 'p1'))).toBe('approvals.asked_already');
    const third = done(done(done(two, move(two, 'p1', 'p3')), move(two, 'p3', 'p4')), move(two, 'p4', 'p5'));
    expect(codeOf(third, move(third, 'p5', 'p1'))).toBe('approvals.too_many_hops');
    expect(codeOf(third, { act: 'sign', signature: sampleSignature(third, 'p1', ctx) })).toBe('approvals.not_asked');
    expect(agree(third, 'p5').step).toBe(1);
  });

  test('a deputy signs for the approver, and the record says for whom', () => {
    const now = sampleContext(people, { actsFor: ['p1'] });
    const next = agree(two, 'p4', now);
    expect(next).toMatchObject({ step: 1, signatures: [{ personId: 'p4', onBehalfOf: 'p1' }] });
  });

  test('only the applicant withdraws, and not after the decision', () => {
    expect(codeOf(two, { act: 'withdraw', by: 'p1', reason: '' })).toBe('approvals.not_applicant');
    expect(done(two, { act: 'withdraw', by: 'p0', reason: '' }).state.name).toBe('withdrawn');
    expect(codeOf(agree(agree(two, 'p1'), 'p2'), { act: 'withdraw', by: 'p0', reason: '' })).toBe('approvals.not_open');
  });

  test('an approver of the last step revokes; who agreed does not carry out; an outcome closes', () => {
    const granted = agree(agree(two, 'p1'), 'p2');
    expect(codeOf(granted, { act: 'revoke', by: 'p0', reason })).toBe('approvals.not_revoker');
    expect(done(granted, { act: 'revoke', by: 'p2', reason }).state.name).toBe('revoked');
    expect(codeOf(granted, { act: 'use', by: 'p1' })).toBe('approvals.not_executor');
    const inUse = done(granted, { act: 'use', by: 'p0' });
    expect(codeOf(inUse, { act: 'finish', by: 'p0', outcome: ' ' })).toBe('approvals.outcome_needed');
    expect(done(inUse, { act: 'finish', by: 'p0', outcome: reason }).state.name).toBe('closed');
  });
});

describe('asking others besides', () => {
  const one = sampleCase([{ mode: 'one_of', people: ['p1', 'p2'] }]);
  const add = (from: ApprovalCase, by: string, to: string, how: 'before' | 'after' | 'opinion'): ApprovalCase => done(from, { act: 'add', by, seen: seen(from), to, how, reason });
  const seatOf = (from: ApprovalCase, personId: string): number => from.seats.find((seat) => seat.personId === personId && !seat.left)?.seat ?? 0;
  const remove = (from: ApprovalCase, by: string, whom: string): Act => ({ act: 'remove', by, seen: seen(from), seat: seatOf(from, whom), reason });

  test('before: they sign first, then the place of who asked; both signatures are needed', () => {
    const asked = add(one, 'p1', 'p3', 'before');
    expect(codeOf(asked, { act: 'sign', signature: sampleSignature(asked, 'p1', ctx, { seat: 1 }) })).toBe('approvals.not_yet_your_turn');
    const signed = agree(asked, 'p3');
    expect(signed.state.name).toBe('pending');
    expect(agree(signed, 'p1').state).toMatchObject({ name: 'approved', consent: { signers: [{ personId: 'p3' }, { personId: 'p1' }] } });
  });

  test('after: their turn comes when who asked has signed; the step does not pass without them', () => {
    const asked = add(one, 'p1', 'p3', 'after');
    expect(codeOf(asked, { act: 'sign', signature: sampleSignature(asked, 'p3', ctx, { seat: 3 }) })).toBe('approvals.not_yet_your_turn');
    const signed = agree(asked, 'p1');
    expect(signed.state.name).toBe('pending');
    // Of one_of the other is not asked any more; who was added is.
    expect(codeOf(signed, { act: 'sign', signature: sampleSignature(signed, 'p2', ctx, { seat: 2 }) })).toBe('approvals.not_asked');
    expect(agree(signed, 'p3').state.name).toBe('approved');
  });

  test('also when another of the step signs first, what was added is still needed', () => {
    const signed = agree(add(one, 'p1', 'p3', 'before'), 'p2');
    expect(signed.state.name).toBe('pending');
    expect(agree(signed, 'p3').state.name).toBe('approved');
  });

  test('who was added may add and hand on, as often as the room allows; nobody is asked twice', () => {
    const two = add(add(one, 'p1', 'p3', 'before'), 'p3', 'p4', 'before');
    expect(codeOf(two, { act: 'sign', signature: sampleSignature(two, 'p3', ctx, { seat: 3 }) })).toBe('approvals.not_yet_your_turn');
    expect(codeOf(two, { act: 'add', by: 'p4', seen: seen(two), to: 'p3', how: 'before', reason })).toBe('approvals.asked_already');
    const once = sampleContext(people, { limits: { ...ctx.limits, transferMax: 1 } });
    expect(codeOf(add(one, 'p1', 'p3', 'before'), { act: 'add', by: 'p3', seen: seen(one), to: 'p4', how: 'before', reason }, once)).toBe('approvals.too_many_hops');
    expect(agree(agree(agree(two, 'p4'), 'p3'), 'p1').state.name).toBe('approved');
  });

  test('taken back by who added it alone, never where only that signature is missing', () => {
    const asked = add(one, 'p1', 'p3', 'after');
    expect(codeOf(asked, remove(asked, 'p2', 'p3'))).toBe('approvals.not_adder');
    expect(codeOf(asked, remove(asked, 'p1', 'p2'))).toBe('approvals.nothing_to_remove');
    expect(agree(done(asked, remove(asked, 'p1', 'p3')), 'p1').state.name).toBe('approved');
    const signed = agree(asked, 'p1');
    expect(codeOf(signed, remove(signed, 'p1', 'p3'))).toBe('approvals.last_missing');
  });

  test('an opinion is no signature and comes back to who asked', () => {
    const asked = add(one, 'p1', 'p3', 'opinion');
    expect(codeOf(asked, { act: 'sign', signature: sampleSignature(asked, 'p3', ctx, { seat: 3 }) })).toBe('approvals.opinion_only');
    expect(codeOf(asked, { act: 'sign', signature: sampleSignature(asked, 'p1', ctx, { seat: 1 }) })).toBe('approvals.not_yet_your_turn');
    const back = done(asked, { act: 'opine', by: 'p3', seen: seen(asked), opinion: '可以' });
    expect(back).toMatchObject({ state: { name: 'pending' }, lastMove: { actorId: 'p3', act: 'opined' } });
    expect(agree(back, 'p1').state.name).toBe('approved');
  });

  test('a deputy gives the opinion in the name of who was asked, who may still be first; nobody who asks for the request does', () => {
    const asked = add(one, 'p1', 'p3', 'opinion');
    const opine = (by: string) => ({ act: 'opine' as const, by, seen: seen(asked), opinion: '可以' });
    expect(codeOf(asked, opine('p4'))).toBe('approvals.not_asked_opinion');
    const deputy = { ...ctx, actsFor: ['p3'] };
    expect(done(asked, opine('p4'), deputy).lastMove).toEqual({ actorId: 'p4', act: 'opined' });
    expect(decide(asked, opine('p4'), deputy)).toMatchObject({ move: { onBehalfOf: 'p3', toPerson: 'p1' } });
    expect(decide(asked, opine('p0'), deputy)).toMatchObject({ code: 'approvals.not_asked_opinion' });
    expect(decide(asked, opine('p4'), { ...deputy, people: samplePeople(everybody, ['p3']) })).toMatchObject({ code: 'approvals.not_asked_opinion' });
    expect(decide(asked, opine('p3'), { ...ctx, actsFor: ['p3'] })).toMatchObject({ move: { onBehalfOf: null } });
  });

  test('whoever was added and left leaves the step vacant: it does not pass without them', () => {
    const asked = add(one, 'p1', 'p3', 'before');
    const gone = sampleContext(samplePeople(everybody, ['p3']));
    const vacant = done(asked, { act: 'vacate' }, gone);
    expect(vacant.state).toEqual({ name: 'pending', escalated: 'vacant' });
    const filled = done(vacant, { act: 'assign', by: 'p5', seen: seen(vacant), to: 'p4', reason }, gone);
    expect(agree(agree(filled, 'p4', gone), 'p1', gone).state.name).toBe('approved');
  });
});

describe('time and empty places', () => {
  const due = (kind: DeadlineKind): Act => ({ act: 'deadline', kind, dueAt: sampleStart - 5 });
  const one = sampleCase([{ mode: 'one_of', people: ['p1'] }]);

  test('reminds, escalates past the limit, expires at twice the limit', () => {
    expect(decide(one, due('remind_half'), ctx)).toMatchObject({ state: { name: 'pending' }, tell: ['p1'], move: { lateMs: 5 } });
    expect(done(one, due('escalate')).state).toEqual({ name: 'pending', escalated: 'late' });
    expect(done(one, due('expire_step')).state.name).toBe('expired');
  });

  test('a step without anybody who could decide goes to an administrator and waits', () => {
    const gone = sampleContext(samplePeople(everybody, ['p1']));
    const vacant = done(one, { act: 'vacate' }, gone);
    expect(vacant.state).toEqual({ name: 'pending', escalated: 'vacant' });
    expect(codeOf(vacant, { act: 'assign', by: 'p5', seen: seen(vacant), to: 'p0', reason }, gone)).toBe('approvals.own');
    const filled = done(vacant, { act: 'assign', by: 'p5', seen: seen(vacant), to: 'p2', reason }, gone);
    expect(filled.state).toEqual({ name: 'pending', escalated: null });
    expect(agree(filled, 'p2', gone).state.name).toBe('approved');
  });

  test('nobody is assigned where somebody can decide', () => {
    expect(codeOf(one, { act: 'assign', by: 'p5', seen: seen(one), to: 'p2', reason })).toBe('approvals.not_vacant');
  });

  test('a grant that nobody used lapses at its end; one that is in force is closed', () => {
    const granted = agree(one, 'p1', sampleContext(people, { validUntil: sampleStart + 1 }));
    expect(done(granted, due('run_out')).state.name).toBe('lapsed');
    const force = sampleContext(people, { validUntil: sampleStart + 1, inForceAtOnce: true });
    expect(done(agree(one, 'p1', force), due('run_out'), force).state.name).toBe('closed');
  });
});

const person = fc.constantFrom(...everybody);
const steps: fc.Arbitrary<SampleStep[]> = fc.array(fc.record({ mode: fc.constantFrom('one_of' as const, 'all_of' as const, 'in_order' as const), people: fc.uniqueArray(person, { maxLength: 3 }) }), { minLength: 1, maxLength: 3 });
const deadline = fc.constantFrom<DeadlineKind>('remind_half', 'remind_most', 'escalate', 'expire_step', 'expire', 'expire_returned', 'run_out');

type Draw = { by: string; to: string; kind: DeadlineKind; what: number; toStep: number; actsFor: string[]; gone: string[]; method: 'webauthn' | 'session' };
const draw: fc.Arbitrary<Draw> = fc.record({
  by: person, to: person, kind: deadline, what: fc.nat(32), toStep: fc.nat(2), actsFor: fc.uniqueArray(person, { maxLength: 2 }), gone: fc.uniqueArray(person, { maxLength: 1 }),
  method: fc.constantFrom('webauthn' as const, 'webauthn' as const, 'webauthn' as const, 'session' as const),
});

const actOf = (one: ApprovalCase, { by, to, kind, what, toStep, method }: Draw, now: Context): Act => {
  const common = { by, seen: seen(one), reason };
  switch (what) {
    case 0: return { act: 'return', ...common, toStep: null };
    case 1: return { act: 'return', ...common, toStep };
    case 2: return { act: 'resubmit', by: one.applicantId, body: { what: toStep }, reason, attachments: [], laid: { steps: one.steps.map((step) => ({ ...step, signedInRound: one.round + 1 })), seats: one.seats.filter((seat) => !seat.left) } };
    case 3: return { act: 'transfer', ...common, to };
    case 4: case 5: return { act: 'assign', ...common, to };
    case 6: return { act: 'remind', by };
    case 7: return { act: 'deadline', kind, dueAt: sampleStart };
    case 8: return { act: 'vacate' };
    case 9: return { act: 'use', by };
    case 10: return { act: 'finish', by, outcome: reason };
    case 11: return what === toStep ? { act: 'revoke', by, reason } : { act: 'remind', by };
    case 12: case 13: return { act: 'add', ...common, to, how: what === 12 ? 'before' : 'after' };
    case 14: return { act: 'add', ...common, to, how: 'opinion' };
    case 15: return { act: 'remove', ...common, seat: toStep + 2 };
    case 16: return { act: 'opine', by, seen: seen(one), opinion: reason };
    default: return { act: 'sign', signature: sampleSignature(one, by, now, method === 'session' ? { method, credentialId: null, evidence: '' } : {}) };
  }
};

const granted: ReadonlySet<string> = new Set(['approved', 'in_use', 'closed', 'lapsed', 'revoked']);

test('no sequence of acts, of people, deputies, administrators and time, grants a protected request without the persons that it needs', () => {
  let grants = 0;
  fc.assert(
    fc.property(steps, fc.option(fc.constantFrom('p4', 'p5'), { nil: null }), fc.array(draw, { minLength: 4, maxLength: 30 }), (laid, executorId, draws) => {
      let one = sampleCase(laid.map((step) => ({ ...step, people: step.people.filter((id) => id !== 'p0' && id !== executorId) })), { executorId });
      for (const drawn of draws) {
        const now = sampleContext(samplePeople(everybody, drawn.gone), { actsFor: drawn.actsFor });
        const outcome = decide(one, actOf(one, drawn, now), now);
        if (isRefusal(outcome) || outcome === nothing) continue;
        const before = one;
        one = apply(one, outcome);
        if (granted.has(one.state.name) && !granted.has(before.state.name)) {
          grants += 1;
          expect(outcome.signature).not.toBeNull();
        }
        if (granted.has(one.state.name)) expect(oracleGrants(one)).toBe(true);
      }
    }),
    { numRuns: 3_000 },
  );
  // The walk must reach what it judges.
  expect(grants).toBeGreaterThan(300);
});

test('nor does any sequence of asking besides, taking back, opinions and signatures', () => {
  const often = fc.record({ by: person, to: person, kind: deadline, what: fc.constantFrom(12, 13, 14, 15, 16, 3, 99, 99, 99, 99, 99, 99, 99, 99), toStep: fc.nat(2), actsFor: fc.constant<string[]>([]), gone: fc.constant<string[]>([]), method: fc.constant('webauthn' as const) });
  let withAdded = 0;
  fc.assert(
    fc.property(fc.constantFrom('one_of' as const, 'all_of' as const, 'in_order' as const), fc.array(often, { minLength: 6, maxLength: 40 }), (mode, draws) => {
      let one = sampleCase([{ mode, people: ['p1', 'p2'] }]);
      for (const drawn of draws) {
        const now = sampleContext(samplePeople(everybody, drawn.gone));
        // Whoever signs is mostly one whose turn it is, so that the walk gets somewhere.
        const asked = askedSeats(one);
        const by = drawn.what === 99 ? (asked[drawn.toStep % Math.max(1, asked.length)]?.personId ?? drawn.by) : drawn.by;
        const outcome = decide(one, actOf(one, { ...drawn, by }, now), now);
        if (isRefusal(outcome) || outcome === nothing) continue;
        one = apply(one, outcome);
        if (one.state.name !== 'approved') continue;
        expect(outcome.signature).not.toBeNull();
        expect(oracleGrants(one)).toBe(true);
        if (one.seats.some((seat) => seat.added === 'signature' && !seat.left)) withAdded += 1;
        break;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(withAdded).toBeGreaterThan(50);
});
