/** Set-up of each test process: the controls named in VIGIL_AGREEING_CONTROLS agree to everything, so that the tests of their clauses must turn red. */
import { swapForAgreement } from '../control.ts';

for (const name of (process.env['VIGIL_AGREEING_CONTROLS'] ?? '').split(',')) if (name !== '') swapForAgreement(name);
