/** The locale files of app, ui and every feature, put together in one place so that a test can compare the two languages. */
import { zh as appZh } from './locale.zh-CN.ts';
import { en as appEn } from './locale.en.ts';
import { zh as uiZh } from '../ui/locale.zh-CN.ts';
import { en as uiEn } from '../ui/locale.en.ts';
import { zh as videoZh } from '../features/video/locale.zh-CN.ts';
import { en as videoEn } from '../features/video/locale.en.ts';
import { zh as camerasZh } from '../features/cameras/locale.zh-CN.ts';
import { en as camerasEn } from '../features/cameras/locale.en.ts';
import { zh as backupZh } from '../features/backup/locale.zh-CN.ts';
import { en as backupEn } from '../features/backup/locale.en.ts';
import { zh as completenessZh } from '../features/completeness/locale.zh-CN.ts';
import { en as completenessEn } from '../features/completeness/locale.en.ts';
import { zh as storageZh } from '../features/storage/locale.zh-CN.ts';
import { en as storageEn } from '../features/storage/locale.en.ts';
import { zh as healthZh } from '../features/health/locale.zh-CN.ts';
import { en as healthEn } from '../features/health/locale.en.ts';
import { zh as roundsZh } from '../features/rounds/locale.zh-CN.ts';
import { en as roundsEn } from '../features/rounds/locale.en.ts';
import { zh as dutyZh } from '../features/duty/locale.zh-CN.ts';
import { en as dutyEn } from '../features/duty/locale.en.ts';
import { zh as notificationsZh } from '../features/notifications/locale.zh-CN.ts';
import { en as notificationsEn } from '../features/notifications/locale.en.ts';
import { zh as identityZh } from '../features/identity/locale.zh-CN.ts';
import { en as identityEn } from '../features/identity/locale.en.ts';
import { zh as approvalsZh } from '../features/approvals/locale.zh-CN.ts';
import { en as approvalsEn } from '../features/approvals/locale.en.ts';
import { zh as complianceZh } from '../features/compliance/locale.zh-CN.ts';
import { en as complianceEn } from '../features/compliance/locale.en.ts';
import { zh as evidenceZh } from '../features/evidence/locale.zh-CN.ts';
import { en as evidenceEn } from '../features/evidence/locale.en.ts';
import { zh as archiveZh } from '../features/evidence/words-archive.zh-CN.ts';
import { en as archiveEn } from '../features/evidence/words-archive.en.ts';
import { zh as holdsZh } from '../features/evidence/words-holds.zh-CN.ts';
import { en as holdsEn } from '../features/evidence/words-holds.en.ts';
import { zh as ledgerZh } from '../features/ledger/locale.zh-CN.ts';
import { en as ledgerEn } from '../features/ledger/locale.en.ts';
import { zh as obligationsZh } from '../features/obligations/locale.zh-CN.ts';
import { en as obligationsEn } from '../features/obligations/locale.en.ts';

import { zh as parametersZh } from '../features/parameters/locale.zh-CN.ts';
import { en as parametersEn } from '../features/parameters/locale.en.ts';

export const resources = {
  'zh-CN': { app: appZh, ui: uiZh, video: videoZh, parameters: parametersZh, cameras: camerasZh, storage: storageZh, completeness: completenessZh, backup: backupZh, identity: identityZh, duty: dutyZh, health: healthZh, rounds: roundsZh, notifications: notificationsZh, ledger: ledgerZh, compliance: complianceZh, approvals: approvalsZh, evidence: evidenceZh, archive: archiveZh, holds: holdsZh, obligations: obligationsZh },
  en: { app: appEn, ui: uiEn, video: videoEn, parameters: parametersEn, cameras: camerasEn, storage: storageEn, completeness: completenessEn, backup: backupEn, identity: identityEn, duty: dutyEn, health: healthEn, rounds: roundsEn, notifications: notificationsEn, ledger: ledgerEn, compliance: complianceEn, approvals: approvalsEn, evidence: evidenceEn, archive: archiveEn, holds: holdsEn, obligations: obligationsEn },
};
