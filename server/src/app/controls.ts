/** All controls of the product: what holds a part of a clause. Each mechanism, module and part of oversight hands in its own. */
import type { Control } from '../base/control.ts';
import { approvalsControls } from '../mechanisms/approvals/index.ts';
import { identityControls } from '../mechanisms/identity/index.ts';
import { notificationsControls } from '../mechanisms/notifications/index.ts';
import { obligationsControls } from '../mechanisms/obligations/index.ts';
import { parametersControls } from '../mechanisms/parameters/index.ts';
import { dutyControls } from '../modules/duty/index.ts';
import { archiveControls, copyControls, evidenceControls, grantControls, holdControls } from '../modules/evidence/index.ts';
import { healthControls } from '../modules/health/index.ts';
import { roundsControls } from '../modules/rounds/index.ts';
import { videoControls } from '../modules/video/index.ts';
import { auditControls } from '../oversight/audit/index.ts';
import { complianceControls } from '../oversight/compliance/index.ts';

export const allControls: readonly Control[] = [...dutyControls, ...healthControls, ...roundsControls, ...videoControls, ...evidenceControls, ...copyControls, ...archiveControls, ...holdControls, ...grantControls, ...identityControls, ...approvalsControls, ...parametersControls, ...notificationsControls, ...obligationsControls, ...auditControls, ...complianceControls];
