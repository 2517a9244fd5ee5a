/** All controls of the product: what holds a part of a clause. Each mechanism, module and part of oversight hands in its own. */
import type { Control } from '../base/control.ts';

export const allControls: readonly Control[] = [];
