/** Another purpose for a camera: asked for, agreed to by two persons who are not the same, then in force. */
import { PurposeChange } from '../../../../../contract/cameras.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import { declareApprovalKind, neverBeforeSigned, type AnyApprovalKind } from '../../../mechanisms/approvals/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { knownCameras } from '../footage-store.ts';
import { findCamera } from '../store.ts';
import { changePurpose } from './commands.ts';
import { checkPurpose } from './decide.ts';
import { refuse } from './refusals.ts';
import { entriesOf } from './store.ts';
import { purposesBeyondSafety, purposeWords, worded } from './words.ts';

export const purposeKindName = 'video.purpose_change';

const summaryOf = (camera: Sentence, purpose: string): Sentence => {
  const { zh, en } = worded(purposeWords, purpose);
  return { zh: `${camera.zh}用途变更为“${zh}”`, en: `The purpose of ${camera.en} becomes "${en}"` };
};

const named = async (db: Db, cameraId: string): Promise<Sentence> => {
  const name = (await knownCameras(db, [cameraId])).get(cameraId) ?? '';
  return { zh: `摄像机 ${name} `, en: `camera ${name}` };
};

/** `context` is asked when somebody acts: app makes approvals before video. */
export const purposeKind = (context: () => VideoContext): AnyApprovalKind =>
  declareApprovalKind({
    kind: purposeKindName, version: 1, title: { zh: '变更摄像用途', en: 'another purpose of a camera' }, body: PurposeChange, submitVerb: 'video.purpose.ask', clauses: ['SCH-2.2.2', 'TEN-5.1', 'CO2-2.2'],
    protected: true, expiresMs: 14 * dayMs, validMs: null, inForceAtOnce: true, emergency: neverBeforeSigned,
    summary: ({ purpose }) => summaryOf({ zh: '摄像机', en: 'a camera' }, purpose),
    summaryNow: async (db, { cameraId, purpose }) => summaryOf(await named(db, cameraId), purpose),
    details: ({ legalBasis, noticeRecord }) => [
      ...(legalBasis === '' ? [] : [{ title: { zh: '法律依据', en: 'legal basis' }, value: { zh: legalBasis, en: legalBasis } }]),
      ...(noticeRecord === '' ? [] : [{ title: { zh: '告知记录', en: 'notice record' }, value: { zh: noticeRecord, en: noticeRecord } }]),
    ],
    risks: ({ purpose }) => (purposesBeyondSafety.has(purpose) ? [{ zh: '这一用途涉及员工个人信息。', en: 'This purpose concerns personal information of employees.' }] : []),
    steps: async ({ db, siteId, roomId, at }) => {
      const limitMs = (await context().register.rules(db, { siteId, roomId }, at)).number('approval_step_limit_hours') * hourMs;
      return [{ key: 'agree', title: { zh: '同意', en: 'agreement' }, mode: 'one_of', approvers: { roles: ['security_department', 'leader'] }, limitMs }];
    },
    check: async (tx, { siteId, roomId, body, at }) => {
      const camera = await findCamera(tx, roomId, body.cameraId);
      if (camera === null) throw refuseVideo('camera_unknown');
      if ((await entriesOf(tx, [body.cameraId])).get(body.cameraId)?.purpose === body.purpose) throw refuse('purpose_same');
      checkPurpose(await context().register.rules(tx, { siteId, roomId }, at), body);
    },
    approved: (tx, { siteId, roomId, body, approvalId, signers, applicantId }) =>
      changePurpose(context(), tx, {
        siteId, roomId, ...body, approvalId, number: approvalId, actor: { kind: 'person', id: signers.at(-1)?.personId ?? applicantId, sessionId: null, post: null },
      }),
  });
