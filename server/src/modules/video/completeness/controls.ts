/** Rules of completeness that clauses ask for. */
import { declareControl, type Control } from '../../../base/control.ts';

export const gapsStated = declareControl({
  name: 'video.gaps_stated', holds: { zh: '每日声明逐段列出缺失录像，与获准停录比对', en: 'the statement of every day lists missing footage, compared with approved stops' }, pairs: ['RES-5.3.3 RECORDING'],
});

export const completenessControls: readonly Control[] = [gapsStated];
