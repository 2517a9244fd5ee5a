/** What leaves the screen as paper or file: the signatures for somebody else to check, and orders by word of mouth with their papers. */
import type { z } from 'zod';
import type { orders, Proof } from '../../../../contract/approvals.ts';
import { hourMs } from '../../base/units.ts';
import type { Caller } from '../identity/index.ts';
import { emergencyKinds } from './commands/record-order.ts';
import type { ApprovalsContext } from './context.ts';
import { filingFault, ordersOf, papersOf, type VerbalOrder } from './order-store.ts';
import { verifySignature } from './statement.ts';
import { requireSight, restsOn } from './views.ts';

const mostOrders = 100;

const how = [
  { zh: '摘要是“所签原文”按 UTF-8 字节计算的 SHA-256：把原文存成文件（不加换行），运行 sha256sum，结果必须与摘要相同。', en: 'The digest is the SHA-256 of the statement in UTF-8 bytes: save the statement to a file without a line break at its end and run sha256sum; it must give the digest.' },
  { zh: '所签原文写明申请、内容、附件的 SHA-256、步骤、决定、意见和签署人；改动任何一处，摘要就不同。', en: 'The statement names the request, its content, the SHA-256 of each attachment, the step, the decision, the comment and the signer; whatever is changed, the digest differs.' },
  { zh: '通行密钥（key）：凭据中有公钥、clientDataJSON、authenticatorData 和签名。clientDataJSON 的 challenge 就是摘要；用公钥验证 authenticatorData 与 SHA-256(clientDataJSON) 相连后的签名。任何人都可以独立核对。', en: 'Passkey (key): the evidence holds the public key, clientDataJSON, authenticatorData and the signature. The challenge in clientDataJSON is the digest; with the public key the signature over authenticatorData followed by SHA-256(clientDataJSON) is checked. Anybody can do this alone.' },
  { zh: '密码和动态验证码（record）：可以重算摘要，并核对验证码序号与签署时间相符（序号等于 UTC 秒数除以 30，取整，前后各一）。它没有签署人独有的密钥，因此“是本人所签”由值守的账本记录证明，不由密码学单独证明。', en: 'Password and one-time code (record): the digest can be recomputed, and the number of the code compared with the time of signing (UTC seconds divided by 30, rounded down, give or take one). There is no key that the signer alone holds: that it was this person is shown by the ledger of Vigil, not by cryptography alone.' },
  { zh: '登录会话（session）：不要求签名的事项，只有账本记录。', en: 'Session (session): what needs no signature; the ledger alone speaks.' },
] as const;

export const viewProof = async (context: ApprovalsContext, caller: Caller, approvalId: string): Promise<z.input<typeof Proof>> => {
  const one = await requireSight(context, caller, approvalId, 'GET /api/approvals/:approvalId/proof');
  const { db } = context.database;
  const now = context.clock.now();
  const counting = one.signatures.filter((signature) => one.steps[signature.step]?.signedInRound === signature.round);
  const ids = counting.flatMap(({ personId, onBehalfOf }) => [personId, ...(onBehalfOf === null ? [] : [onBehalfOf])]);
  const known = await context.people.peopleStanding(db, caller, [...new Set(ids)], now);
  const named = (personId: string) => ({ personId, name: known.find((person) => person.personId === personId)?.name ?? '—' });
  return {
    approvalId, number: one.number, kind: one.kind, title: context.kindOf(one.kind)?.title ?? { zh: one.kind, en: one.kind }, state: one.state.name, checkedAt: now, how: [...how],
    signatures: await Promise.all(counting.map(async (signature) => ({
      person: named(signature.personId), onBehalfOf: signature.onBehalfOf === null ? null : named(signature.onBehalfOf), step: one.steps[signature.step]?.title ?? { zh: '—', en: '—' }, decision: signature.decision,
      signedAt: signature.signedAt, method: signature.method, rests: restsOn[signature.method], verified: await verifySignature(one, signature, context.signing),
      statement: new TextDecoder().decode(signature.signed), digest: signature.digest, evidence: signature.evidence,
    }))),
  };
};

/** A breach stays one, also when the papers came later. */
const stateOf = (order: VerbalOrder): 'provisional' | 'papered' | 'breached' => (order.breachedAt !== null ? 'breached' : order.paperedAt !== null ? 'papered' : 'provisional');

/** Those who see all approvals see all orders; others those that they wrote down or gave. */
export const viewOrders = async (context: ApprovalsContext, caller: Caller): Promise<z.input<(typeof orders)['response']>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const seesAll = caller.can('approvals.all.see') === true;
  const shown = (await ordersOf(db, caller.roomId, mostOrders)).filter((one) => seesAll || one.recordedBy === caller.personId || one.leaderId === caller.personId);
  const papers = Map.groupBy(await papersOf(db, shown.map(({ orderId }) => orderId)), ({ orderId }) => orderId);
  const people = await context.people.peopleStanding(db, caller, [...new Set(shown.flatMap((one) => [one.leaderId, one.recordedBy]))], now);
  const named = (personId: string) => ({ personId, name: people.find((person) => person.personId === personId)?.name ?? '—' });
  const emergency = await emergencyKinds(context, db, caller);
  return {
    orders: shown.map((one) => {
      const its = papers.get(one.orderId) ?? [];
      const { orderId, number, kind, what, reason, orderedAt, recordedAt, papersDueAt, breachWhy, paperedAt } = one;
      const declared = context.kindOf(kind);
      const submitVerb = declared?.submitVerb;
      const fileAt = declared !== undefined && 'leaders' in declared.emergency ? (declared.emergency.fileAt ?? null) : null;
      return {
        orderId, number, kind, title: declared?.title ?? { zh: kind, en: kind }, what, reason, leader: named(one.leaderId), recordedBy: named(one.recordedBy), orderedAt, recordedAt, papersDueAt,
        state: stateOf(one), breachWhy, paperedAt, papers: its.map(({ approvalId, number: asked, state }) => ({ approvalId, number: asked, state })),
        fileAt,
        canFile: filingFault(one, its)?.sentence ?? (submitVerb === undefined ? true : caller.can(submitVerb)),
      };
    }),
    can: { record: caller.can('approvals.order.record') }, papersHours: (await context.limits(db, caller, now)).papersMs / hourMs,
    kinds: emergency.map(({ kind, leaders }) => ({ kind: kind.kind, title: kind.title, leaders: leaders.filter(({ personId }) => personId !== caller.personId).map(({ personId, name }) => ({ personId, name })) })),
  };
};
