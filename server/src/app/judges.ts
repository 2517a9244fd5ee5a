/** All judges of the product: what the facts alone tell of each control. Each mechanism, module and part of oversight hands in its own. */
import type { Judge } from '../base/judge.ts';
import { approvalsJudges } from '../mechanisms/approvals/index.ts';
import { identityJudges } from '../mechanisms/identity/index.ts';
import { notificationsJudges } from '../mechanisms/notifications/index.ts';
import { obligationsJudges } from '../mechanisms/obligations/index.ts';
import { parametersJudges } from '../mechanisms/parameters/index.ts';
import { dutyJudges } from '../modules/duty/index.ts';
import { evidenceJudges } from '../modules/evidence/index.ts';
import { healthJudges } from '../modules/health/index.ts';
import { roundsJudges } from '../modules/rounds/index.ts';
import { registerJudges, videoJudges } from '../modules/video/index.ts';
import { auditJudges } from '../oversight/audit/index.ts';
import { complianceJudges } from '../oversight/compliance/index.ts';

/** Months and days are those of the zone. */
export const allJudges = (timeZone: string): readonly Judge[] => [
  ...dutyJudges, ...healthJudges, ...roundsJudges, ...videoJudges, ...registerJudges, ...evidenceJudges, ...identityJudges, ...approvalsJudges, ...parametersJudges, ...notificationsJudges, ...obligationsJudges, ...auditJudges(timeZone), ...complianceJudges,
];
