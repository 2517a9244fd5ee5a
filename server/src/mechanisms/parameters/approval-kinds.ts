/** What people ask for here, who must agree, and what happens when they do. All are protected: nothing passes by time or by oneself. */
import { z } from 'zod';
import { AdoptionForm, ChangeForm, EndAdoptionForm, OptOutForm, SettleForm, SiteProfile, WaiveForm } from '../../../../contract/parameters.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import { declareApprovalKind, neverBeforeSigned, type AnyApprovalKind, type ApprovalContext, type ApprovalStep, type ApprovedApproval } from '../approvals/index.ts';
import { adoptionDetails, changeDetails, endWords, optOutWords, settleDetails, settleWords, waiveDetails, waiveWords } from './asked-words.ts';
import { entryOf } from './catalogue.ts';
import { checkChange, checkOptOut, checkSettle, checkWaive, endTheAdoption, letRoomOff, setClauseAside, settle, storeOwnPack, writeChange, approveProfile, requireAdoption } from './carry-out.ts';
import { blocked, carryOutAdoption, lookAtAdoption, type Deciding } from './decide-adoption.ts';
import type { ParametersContext } from './context.ts';
import { PackFile } from './pack.ts';
import { requireApprovable } from './profile-demands.ts';
import { loosens } from './loosens.ts';
import { showValue } from './show.ts';
import { digestOf } from './signature.ts';

const heads: readonly Role[] = ['security_department', 'leader'];
const responsible: readonly Role[] = ['room_manager', 'security_department', 'leader'];
const expiresMs = 14 * dayMs;

const deciding = (approval: ApprovedApproval<unknown>): Deciding => ({
  siteId: approval.siteId, at: approval.at, decidedBy: approval.applicantId, approvalId: approval.approvalId,
  actor: { kind: 'person', id: approval.signers.at(-1)?.personId ?? approval.applicantId, sessionId: null, post: null },
});

/** What all of these kinds share. */
const common = { version: 1, protected: true, expiresMs, validMs: null, inForceAtOnce: true, emergency: neverBeforeSigned } as const;

/** What can only loosen is asked for by somebody who proves again who they are. */
const always = (): Promise<boolean> => Promise.resolve(true);

const agreed = { zh: '同意', en: 'agreement' };
const second = { zh: '第二人同意', en: 'agreement of a second person' };
const step = (key: string, title: Sentence, roles: readonly Role[], limitMs: number): ApprovalStep => ({ key, title, mode: 'one_of', approvers: { roles }, limitMs });

type Steps = (roles: readonly Role[]) => (asked: ApprovalContext<unknown>) => Promise<readonly ApprovalStep[]>;

/** One other person, or two who are not the same. */
const stepsIn = (context: ParametersContext): { one: Steps; two: Steps } => {
  const limit = async (asked: ApprovalContext<unknown>): Promise<number> => (await context.keeper.rules(asked.db, asked, asked.at)).number('approval_step_limit_hours') * hourMs;
  return {
    one: (roles) => async (asked) => [step('agree', agreed, roles, await limit(asked))],
    two: (roles) => async (asked) => {
      const limitMs = await limit(asked);
      return [step('agree', agreed, roles, limitMs), step('second', second, responsible, limitMs)];
    },
  };
};

const adoptionKinds = (context: ParametersContext): readonly AnyApprovalKind[] => {
  const { catalogue } = context.shipped;
  const { one, two } = stepsIn(context);
  const change = declareApprovalKind({
    ...common, kind: 'parameters.change', title: { zh: '修改参数', en: 'change of a parameter' }, body: ChangeForm, submitVerb: 'parameters.change', clauses: ['SEC-8.1', 'TEN-0.1', 'TEN-11.1'],
    summary: ({ name, value }) => {
      const entry = entryOf(catalogue, name);
      const shown = showValue(catalogue, entry, value);
      return { zh: `“${entry.zh}”改为 ${shown.zh}`, en: `“${entry.en}” becomes ${shown.en}` };
    },
    detailsNow: changeDetails(context),
    steps: async (asked) => {
      const entry = entryOf(catalogue, asked.body.name);
      return entry.two_persons ? two(entry.change)(asked) : one(entry.change)(asked);
    },
    check: (tx, asked) => checkChange(context, tx, asked),
    proveToAsk: (asked) => loosens(context, asked),
    approved: (tx, approval) => writeChange(context, tx, approval.body, approval.reason, { ...deciding(approval), roomId: approval.roomId }),
  });
  const adopt = declareApprovalKind({
    ...common, kind: 'parameters.adopt', title: { zh: '采用制度', en: 'adoption of regulations' }, body: AdoptionForm, submitVerb: 'parameters.adopt', clauses: ['ART-2', 'TEN-1', 'CO2-3', 'BRN-2', 'BRN-12', 'BRN-13'],
    summary: ({ packs, settlements, decisions, waivers }) => ({
      zh: `采用 ${packs.length} 份制度，裁定冲突 ${settlements.length} 项，设定参数 ${decisions.length} 项，暂不适用 ${waivers.length} 条`,
      en: `${packs.length} regulations, ${settlements.length} conflicts settled, ${decisions.length} parameters set, ${waivers.length} clauses set aside`,
    }),
    detailsNow: adoptionDetails(context),
    steps: one(heads),
    proveToAsk: ({ body }) => Promise.resolve(body.waivers.length > 0),
    check: async (tx, asked) => {
      const refusal = blocked((await lookAtAdoption(context, tx, asked.siteId, asked.body, asked.at)).faults);
      if (refusal !== null) throw refusal;
    },
    approved: (tx, approval) => carryOutAdoption(context, tx, approval.body, approval.reason, deciding(approval)),
  });
  const end = declareApprovalKind({
    ...common, kind: 'parameters.end_adoption', title: { zh: '废止制度', en: 'end of an adoption' }, body: EndAdoptionForm, submitVerb: 'parameters.adopt',
    summary: () => ({ zh: '废止一份制度', en: 'end of a regulation' }),
    summaryNow: endWords, proveToAsk: always,
    steps: two(heads),
    check: async (tx, asked) => {
      await requireAdoption(tx, asked.siteId, asked.body.adoptionId);
    },
    approved: (tx, approval) => endTheAdoption(context, tx, approval.body, deciding(approval)),
  });
  return [change, adopt, end];
};

const exceptionKinds = (context: ParametersContext): readonly AnyApprovalKind[] => {
  const { two } = stepsIn(context);
  const optOut = declareApprovalKind({
    ...common, kind: 'parameters.opt_out', title: { zh: '一间监控室的例外', en: 'exception for one room' }, body: OptOutForm, submitVerb: 'parameters.adopt', clauses: ['ART-2', 'TEN-1', 'CO2-3'],
    summary: () => ({ zh: '一间监控室不适用一份制度', en: 'one room is let off a regulation' }),
    summaryNow: optOutWords, proveToAsk: always,
    steps: two(heads),
    check: (tx, asked) => checkOptOut(context, tx, asked),
    approved: (tx, approval) => letRoomOff(context, tx, approval.body, approval.reason, { ...deciding(approval), approvalId: approval.approvalId }),
  });
  const waive = declareApprovalKind({
    ...common, kind: 'parameters.waive', title: { zh: '条款暂不适用', en: 'clause set aside' }, body: WaiveForm, submitVerb: 'parameters.adopt',
    summary: () => ({ zh: '一条规定暂不适用', en: 'a clause is set aside' }),
    summaryNow: waiveWords(context), detailsNow: waiveDetails(context), proveToAsk: always,
    steps: two(heads),
    check: (tx, asked) => checkWaive(context, tx, asked),
    approved: (tx, approval) => setClauseAside(context, tx, approval.body, approval.reason, { ...deciding(approval), roomId: approval.roomId }),
  });
  return [optOut, waive];
};

const otherKinds = (context: ParametersContext): readonly AnyApprovalKind[] => {
  const { one, two } = stepsIn(context);
  const settleAgain = declareApprovalKind({
    ...common, kind: 'parameters.settle', title: { zh: '裁定冲突', en: 'settlement of a conflict' }, body: SettleForm, submitVerb: 'parameters.adopt',
    summary: settleWords(context), detailsNow: settleDetails(context), proveToAsk: always,
    steps: one(heads),
    check: (tx, asked) => checkSettle(context, tx, asked),
    approved: (tx, approval) => settle(context, tx, approval.body, approval.reason, { ...deciding(approval), roomId: approval.roomId }),
  });
  const profile = declareApprovalKind({
    ...common, kind: 'parameters.profile', title: { zh: '场所档案', en: 'profile of the site' }, body: z.object({ number: z.int(), profile: SiteProfile }), submitVerb: 'parameters.profile',
    clauses: ['SAF-1.1', 'COR-1.1', 'GEN-1.1', 'ART-13.1.1', 'CO2-2.3'],
    summary: (body) => ({ zh: `场所档案：区域 ${body.profile.areas.length} 处，目的 ${body.profile.purposes.length} 项`, en: `profile: ${body.profile.areas.length} areas, ${body.profile.purposes.length} purposes` }),
    steps: one(heads),
    check: (tx, asked) => requireApprovable(context, tx, asked, asked.body.profile, asked.at),
    approved: (tx, approval) => approveProfile(context, tx, approval.body, { ...deciding(approval), roomId: approval.roomId }),
  });
  const ownPack = declareApprovalKind({
    ...common, kind: 'parameters.own_pack', title: { zh: '未签名制度包作为本场所制度', en: 'unsigned pack taken over as the site’s own' }, body: z.object({ pack: PackFile }), submitVerb: 'parameters.adopt', proveToAsk: always,
    summary: ({ pack }) => ({ zh: `《${pack.titles.zh}》第 ${pack.version} 版，${pack.clauses.length} 条，摘要 ${digestOf(pack).slice(0, 16)}`, en: `“${pack.titles.en}” version ${pack.version}, ${pack.clauses.length} clauses, digest ${digestOf(pack).slice(0, 16)}` }),
    steps: two(heads),
    approved: (tx, approval) => storeOwnPack(context, tx, approval.body.pack, deciding(approval)),
  });
  return [settleAgain, profile, ownPack];
};

export const parameterKinds = (context: ParametersContext): readonly AnyApprovalKind[] => [...adoptionKinds(context), ...exceptionKinds(context), ...otherKinds(context)];
