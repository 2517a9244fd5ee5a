/** Field words of the archive, for facts, papers and refusals. */
import type { ArchiveAct, ArchiveClass, ArchiveHow, ArchiveSource, ArchiveState, OrderState } from '../../../../../contract/evidence-archive.ts';
import type { Sentence } from '../../../base/refusal.ts';

export const classWords: Readonly<Record<ArchiveClass, Sentence>> = {
  offence: { zh: '违法犯罪', en: 'offence' }, important: { zh: '重要事件', en: 'important event' }, accident: { zh: '事故', en: 'accident' }, dispute: { zh: '纠纷', en: 'dispute' }, fire: { zh: '火情', en: 'fire' }, complaint: { zh: '投诉', en: 'complaint' },
  other: { zh: '其他', en: 'other' },
};
export const sourceWords: Readonly<Record<ArchiveSource, Sentence>> = { footage: { zh: '录像', en: 'footage' }, package: { zh: '拷贝证据包', en: 'evidence package' }, received: { zh: '收到的证据', en: 'received' } };
export const stateWords: Readonly<Record<ArchiveState, Sentence>> = { kept: { zh: '在库', en: 'in its place' }, lent: { zh: '借出', en: 'lent' }, transferred: { zh: '已移交', en: 'transferred' }, destroyed: { zh: '已销毁', en: 'destroyed' } };
export const howWords: Readonly<Record<ArchiveHow, Sentence>> = { view: { zh: '查阅', en: 'viewed' }, lend: { zh: '借出', en: 'lent' }, transfer: { zh: '移交', en: 'transferred' }, publish: { zh: '公布', en: 'published' }, destroy: { zh: '销毁', en: 'destroyed' } };
export const orderStateWords: Readonly<Record<OrderState, Sentence>> = { asked: { zh: '审批中', en: 'waiting for approval' }, granted: { zh: '已批准', en: 'approved' }, done: { zh: '已执行', en: 'carried out' }, over: { zh: '已结束', en: 'over' } };
export const actWords: Readonly<Record<ArchiveAct, Sentence>> = {
  filed: { zh: '归档', en: 'filed' }, received: { zh: '接收', en: 'received' }, described: { zh: '著录', en: 'described' }, hold_released: { zh: '解除锁定', en: 'hold released' }, opened: { zh: '查阅', en: 'opened' }, lent: { zh: '借出', en: 'lent' },
  returned: { zh: '归还', en: 'returned' }, overdue: { zh: '逾期未还', en: 'not back in time' }, transferred: { zh: '移交', en: 'transferred' }, published: { zh: '公布', en: 'published' }, counted: { zh: '清点在库', en: 'counted' },
  missing: { zh: '清点未见', en: 'missing at a count' }, answered: { zh: '答复', en: 'answered' }, destruction_begun: { zh: '开始销毁', en: 'destruction begun' }, destroyed: { zh: '销毁', en: 'destroyed' },
};
