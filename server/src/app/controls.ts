/** All controls of the product: what holds a part of a clause. Each mechanism, module and part of oversight hands in its own. */
import type { Control } from '../base/control.ts';
import { auditControls } from '../oversight/audit/index.ts';

export const allControls: readonly Control[] = [...auditControls];
