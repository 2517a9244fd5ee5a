/** Rules of the register, each at one place of the code. */
import { declareControl, type Control } from '../../../base/control.ts';

export const purposeAllowed = declareControl({
  name: 'cameras.purpose_allowed', holds: { zh: '摄像机只能用于允许的用途', en: 'a camera serves an allowed purpose only' }, pairs: ['TEN-5.1 CAMREG'],
});
export const purposesOffered = declareControl({
  name: 'cameras.purposes_offered', holds: { zh: '登记时只提供制度允许的用途', en: 'registration offers the purposes of the regulations' }, pairs: ['CO2-2.1 CAMREG', 'CO2-2.1 PROFILE'],
});
export const staffPurposeGrounded = declareControl({
  name: 'cameras.staff_purpose_grounded', holds: { zh: '察看员工须有法律依据和告知记录', en: 'watching employees needs its legal basis and a notice' }, pairs: ['CO2-2.2 CAMREG'],
});
export const purposeByApproval = declareControl({
  name: 'cameras.purpose_by_approval', holds: { zh: '变更用途须经批准', en: 'a purpose is changed by approval only' }, pairs: ['SCH-2.2.2 CAMREG'],
});
export const zonePermitted = declareControl({
  name: 'cameras.zone_permitted', holds: { zh: '禁装区域不得登记摄像机', en: 'no camera in a forbidden zone' }, pairs: ['799-8 CAMREG'],
});
export const positionsKept = declareControl({
  name: 'cameras.positions_kept', holds: { zh: '摄像机位置仅限需要知道的人', en: 'positions are shown to those who need to know' }, pairs: ['BUS-1.2.6 CAMREG'],
});
export const areasWatched = declareControl({
  name: 'cameras.areas_watched', holds: { zh: '每个区域有在用摄像机或书面缺口', en: 'each area has a camera in use or a written gap' }, pairs: ['SAF-1.1 CAMREG'],
});
export const viewUnmoved = declareControl({
  name: 'cameras.view_unmoved', holds: { zh: '摄像机朝向与核准一致', en: 'a camera looks where it was approved to look' }, pairs: ['RES-4.1.4 CAMREG', 'SCH-2.2.1 CAMREG'],
});
export const clockRight = declareControl({
  name: 'cameras.clock_right', holds: { zh: '摄像机时间准确', en: 'the clock of a camera is right' }, pairs: ['RES-4.1.4 CAMREG'],
});
export const turnsReported = declareControl({
  name: 'cameras.turns_reported', holds: { zh: '转向未核准区域须列入报告', en: 'a turn to an area that was not approved is reported' }, pairs: ['BUS-1.6.3 CAMREG'],
});
export const signShown = declareControl({
  name: 'cameras.sign_shown', holds: { zh: '公共场所摄像机须有提示标识', en: 'a camera of a public place has its sign' }, pairs: ['799-13 CAMREG'],
});
export const filedInTime = declareControl({
  name: 'cameras.filed_in_time', holds: { zh: '投用和变更须按期备案', en: 'new and changed cameras are filed in time' }, pairs: ['799-14 CAMREG'],
});

export const registerControls: readonly Control[] = [
  purposeAllowed, purposesOffered, staffPurposeGrounded, purposeByApproval, zonePermitted, positionsKept, areasWatched, viewUnmoved, clockRight, turnsReported, signShown, filedInTime,
];
