/** Rules that this mechanism holds, each at one place of the code. */
import { declareControl, type Control } from '../../base/control.ts';

export const withinBounds = declareControl({
  name: 'parameters.within_bounds',
  holds: { zh: '参数不得越过下限、上限和在用条款', en: 'a value stays within floor, ceiling and the clauses in force' },
  pairs: ['TEN-0.1 PROFILE', 'BRN-3.1 PROFILE'],
});
export const changerNamed = declareControl({
  name: 'parameters.changer_named',
  holds: { zh: '只有目录指定的角色可以申请修改该参数', en: 'only the roles that the catalogue names may ask for the change' },
  pairs: ['COR-6.1.2 PROFILE'],
});
export const holdsFromItsDay = declareControl({
  name: 'parameters.holds_from_its_day',
  holds: { zh: '每个版本只在自己的期间有效', en: 'each version holds for its own period only' },
  pairs: ['SEC-8.1 PROFILE'],
});
export const countsFromIssue = declareControl({
  name: 'parameters.counts_from_issue',
  holds: { zh: '制度自生效之日起计，此前不追究', en: 'a document counts from its effective day and not before' },
  pairs: ['BRN-12 PROFILE'],
});
export const attachedToNamed = declareControl({
  name: 'parameters.attached_to_named',
  holds: { zh: '分公司或项目制度只约束所指定的单位', en: 'a branch document binds the rooms of the named branch or project only' },
  pairs: ['BRN-2 PROFILE'],
});
export const inheritedByAll = declareControl({
  name: 'parameters.inherited_by_all',
  holds: { zh: '公司级制度由每间监控室继承，例外须经批准', en: 'what is adopted at the top is inherited by every room; an exception needs approval' },
  pairs: ['ART-2 PROFILE', 'TEN-1 PROFILE', 'CO2-3 PROFILE'],
});
export const openDecided = declareControl({
  name: 'parameters.open_decided',
  holds: { zh: '待定参数须逐项确认或设定', en: 'every open parameter is confirmed or set' },
  pairs: ['TEN-11.1 PROFILE'],
});
/** No clause asks for it by itself; adoption itself does (the settled conflicts of the profile). */
export const conflictsSettled = declareControl({
  name: 'parameters.conflicts_settled',
  holds: { zh: '冲突须先裁定', en: 'conflicts are settled by a person first' },
  pairs: ['TEN-11.1 PROFILE'],
});
export const annexesTogether = declareControl({
  name: 'parameters.annexes_together',
  holds: { zh: '附件与正文一并下发', en: 'annexes are issued together with the main text' },
  pairs: ['BRN-13 PROFILE'],
});
export const purposesBound = declareControl({
  name: 'parameters.purposes_bound',
  holds: { zh: '每个目的都对应有目标值的指标', en: 'each purpose is bound to figures with targets' },
  pairs: [
    'SAF-1.2 PROFILE', 'COR-1.2 PROFILE', 'GEN-1.2 PROFILE', 'ART-1 PROFILE', 'ART-3.1 PROFILE', 'ART-3.2 PROFILE', 'ART-3.3 PROFILE', 'ART-3.4 PROFILE', 'RES-1.1 PROFILE',
    'CO2-1.1 PROFILE', 'SC2-1 PROFILE', 'BRN-1 PROFILE',
  ],
});
export const departmentNamed = declareControl({
  name: 'parameters.department_named',
  holds: { zh: '设有监控室管理部门', en: 'there is a room management department' },
  pairs: ['ART-13.1.1 PROFILE'],
});
export const areasCovered = declareControl({
  name: 'parameters.areas_covered',
  holds: { zh: '每个区域有摄像机或书面缺口', en: 'each area has a camera or a written gap' },
  pairs: ['SAF-1.1 PROFILE'],
});
export const headNamed = declareControl({
  name: 'parameters.head_named',
  holds: { zh: '档案写明负责人', en: 'the profile names a responsible head' },
  pairs: ['COR-1.1 PROFILE'],
});
export const systemsLinked = declareControl({
  name: 'parameters.systems_linked',
  holds: { zh: '每个被监管系统有监管途径', en: 'each supervised system has its link' },
  pairs: ['GEN-1.1 PROFILE'],
});
export const groupsPresent = declareControl({
  name: 'parameters.groups_present',
  holds: { zh: '设备分组齐全', en: 'all groups of the register are there' },
  pairs: ['CO2-2.3 PROFILE'],
});
export const interpreterOnly = declareControl({
  name: 'parameters.interpreter_only',
  holds: { zh: '解释权只归指定单位', en: 'only the named unit interprets' },
  pairs: ['BRN-11 PROFILE'],
});
export const houseRulesFollow = declareControl({
  name: 'parameters.house_rules_follow',
  holds: { zh: '室内守则与检查项目随参数而定', en: 'rules of the room and items of checks follow the parameters' },
  pairs: ['SAF-2.4.1 PROFILE', 'GEN-3.3.2 PROFILE', 'ART-11.2.3 PROFILE', 'BRN-9.2 PROFILE', 'BRN-A1.9.2 PROFILE'],
});

export const parametersControls: readonly Control[] = [
  withinBounds, changerNamed, holdsFromItsDay, countsFromIssue, attachedToNamed, inheritedByAll, openDecided, conflictsSettled, annexesTogether, purposesBound, departmentNamed,
  areasCovered, headNamed, systemsLinked, groupsPresent, interpreterOnly, houseRulesFollow,
];
