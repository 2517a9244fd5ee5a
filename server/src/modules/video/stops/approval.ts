/** A stop of recording as people ask for it: ahead of time, for a span with an end, agreed to by two persons who do not carry it out. */
import { StopBody } from '../../../../../contract/stops.ts';
import { newId } from '../../../base/ids.ts';
import type { Refusal, Sentence } from '../../../base/refusal.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import { declareApprovalKind, type AnyApprovalKind, type ApprovalStep } from '../../../mechanisms/approvals/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { knownCameras } from '../footage-store.ts';
import { dropUnused, endStop } from './commands.ts';
import { stopsAskedAhead } from './controls.ts';
import { stopGranted } from './events.ts';
import { refuse } from './refusals.ts';
import { insertStop, stopOfApproval } from './store.ts';
import { bodyOf } from './told.ts';
import { scopeWords } from './words.ts';

export const stopKindName = 'video.stop';

/** Pure. Null: nothing speaks against asking for it. */
export const aheadOf = (body: Pick<StopBody, 'from' | 'urgent'>, leadHours: number, now: number): Refusal | null =>
  body.urgent || body.from >= now + leadHours * hourMs ? null : refuse('too_soon', { hours: leadHours }, { fields: [{ path: 'from', zh: `至少提前 ${leadHours} 小时`, en: `at least ${leadHours} hours ahead` }] });

const check = (rules: Rules, body: StopBody, now: number): void => {
  if (!rules.flag('planned_stop_allowed')) throw refuse('not_allowed');
  const maxHours = rules.number('planned_stop_max_hours');
  if (body.until <= body.from || body.until - body.from > maxHours * hourMs) throw refuse('span_wrong', { hours: maxHours }, { fields: [{ path: 'until', zh: `一次最长 ${maxHours} 小时`, en: `at most ${maxHours} hours` }] });
  if (body.until <= now) throw refuse('past');
  if ((body.scope === 'camera') !== (body.cameraIds.length > 0)) throw refuse('cameras_wrong', {}, { fields: [{ path: 'cameraIds', zh: '请选择', en: 'choose' }] });
  stopsAskedAhead.refuse(() => aheadOf(body, rules.number('planned_stop_lead_hours'), now));
};

/** Two persons: who runs the room or guards it, then whom the rules name. */
export const stepsOf = (approver: string, urgent: boolean): ApprovalStep[] => {
  const byDepartment = approver === 'relevant_department';
  return [
    { key: 'room', title: { zh: '值守负责人', en: 'the room' }, mode: 'one_of', approvers: { roles: byDepartment ? ['room_manager', 'duty_manager'] : ['room_manager', 'security_department'] }, urgent },
    { key: 'decide', title: byDepartment ? { zh: '安保部门', en: 'the security department' } : { zh: '主管领导', en: 'the responsible leader' }, mode: 'one_of', approvers: { roles: [byDepartment ? 'security_department' : 'leader'] }, urgent },
  ];
};

const summaryOf = ({ scope, urgent }: StopBody, names: string): Sentence => {
  const what = scopeWords[scope] ?? { zh: scope, en: scope };
  return { zh: `${urgent ? '紧急' : ''}停录：${names === '' ? what.zh : names}`, en: `${urgent ? 'Urgent stop' : 'Stop'} of recording: ${names === '' ? what.en : names}` };
};
const namesOf = async (db: Db, cameraIds: readonly string[]): Promise<string> => [...(await knownCameras(db, [...cameraIds])).values()].join('、');

/** `context` is asked when somebody acts: app makes approvals before video. */
export const stopKind = (context: () => VideoContext): AnyApprovalKind =>
  declareApprovalKind({
    kind: stopKindName, version: 1, title: { zh: '停录', en: 'stop of recording' }, body: StopBody, submitVerb: 'video.stop.ask', clauses: ['ART-10.1.2', 'ART-10.1.3', 'SCH-2.7.1', 'BRN-A1.2.4'],
    protected: true, expiresMs: 14 * dayMs, validMs: null, validUntil: ({ until }) => until, inForceAtOnce: true,
    emergency: { never: { zh: '停录只在两人签名后的时段内进行，紧急时勾选“紧急”缩短提前量', en: 'recording stops only within a window that two persons signed; what cannot wait is marked as urgent' } },
    summary: (body) => summaryOf(body, ''),
    summaryNow: async (db, body) => summaryOf(body, await namesOf(db, body.cameraIds)),
    details: ({ from, until }) => [{ title: { zh: '停录开始', en: 'not before' }, value: { at: from } }, { title: { zh: '自动恢复', en: 'records again by itself' }, value: { at: until } }],
    risks: ({ urgent, scope }) => [
      { zh: '停录期间没有录像，也不可补录。', en: 'Nothing is recorded in that time, and nothing can be made up for.' },
      ...(scope === 'camera' ? [] : [{ zh: '全部摄像机同时停录。', en: 'All cameras stop at once.' }]),
      ...(urgent ? [{ zh: '没有按规定提前申请。', en: 'It was not asked for ahead of time.' }] : []),
    ],
    steps: async ({ db, siteId, roomId, at, body }) => stepsOf((await context().register.rules(db, { siteId, roomId }, at)).text('stop_approver'), body.urgent),
    check: async (tx, { siteId, roomId, body, at }) => {
      check(await context().register.rules(tx, { siteId, roomId }, at), body, at);
      if ((await knownCameras(tx, body.cameraIds)).size !== new Set(body.cameraIds).size) throw refuse('cameras_wrong');
    },
    approved: async (tx, { siteId, roomId, body, approvalId, signers, reason, at }) => {
      const stop = { stopId: newId('stp', context().clock), approvalId, siteId, roomId, ...body, reason, signerIds: [...new Set(signers.flatMap(({ personId, onBehalfOf }) => [personId, ...(onBehalfOf === null ? [] : [onBehalfOf])]))] };
      await insertStop(tx, stop, at);
      await context().ledger.append(tx, { event: stopGranted, siteId, roomId, actor: serverActor, subject: stop.stopId, body: { ...(await bodyOf(tx, stop)), urgent: body.urgent, reason }, at });
    },
    ended: async (tx, { approvalId, state }) => {
      const stop = await stopOfApproval(tx, approvalId);
      if (stop === null || state !== 'revoked') return; // what runs out is ended by its own time
      if (stop.state === 'running') await endStop(context(), tx, stop, 'revoked', serverActor);
      else if (stop.state === 'granted') await dropUnused(context(), tx, stop, 'revoked');
    },
  });
