/** Who answers for a clause: whom a judge names, else whom the regulation binds. */
import type { Sentence } from '../../base/refusal.ts';

const actors: Readonly<Record<string, Sentence>> = {
  'duty operator': { zh: '值班员', en: 'duty operator' },
  monitor: { zh: '监控员', en: 'monitor' },
  technician: { zh: '技术维护', en: 'technician' },
  supervisor: { zh: '主管', en: 'room manager' },
  'security department': { zh: '安全主管部门', en: 'security department' },
  visitor: { zh: '来访者（由值班员监督）', en: 'visitors, watched by the duty operator' },
  management: { zh: '管理部门', en: 'management' },
  system: { zh: '系统（由系统管理员维护）', en: 'the system, kept by the system administrator' },
  anyone: { zh: '全体人员', en: 'everybody' },
  requester: { zh: '申请人', en: 'requester' },
};

export const responsibleOf = (named: string | null, actor: string, names: (id: string) => string | null, roleTitle: (role: string) => Sentence): Sentence => {
  if (named === null) return actors[actor] ?? { zh: actor, en: actor };
  const name = names(named);
  return name === null ? roleTitle(named) : { zh: name, en: name };
};
