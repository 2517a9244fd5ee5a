/** What people call purposes, places and findings. */
import type { Sentence } from '../../../base/refusal.ts';

export const purposeWords: Readonly<Record<string, Sentence>> = {
  internal_safety: { zh: '内部安全', en: 'internal safety' },
  company_safety: { zh: '公司安全', en: 'safety of the company' },
  property_protection: { zh: '财产保护', en: 'protection of property' },
  staff_work_monitoring: { zh: '员工工作情况', en: 'watching the work of employees' },
  staff_performance: { zh: '员工考核', en: 'performance of employees' },
};

/** Purposes beyond safety (Personal Information Protection Law, art. 13 and 26): each stays off without its legal basis and the notice to those concerned. */
export const purposesBeyondSafety: ReadonlySet<string> = new Set(['staff_work_monitoring', 'staff_performance']);

export const zoneWords: Readonly<Record<string, Sentence>> = {
  gate: { zh: '出入口', en: 'entrance' },
  perimeter: { zh: '周界', en: 'perimeter' },
  corridor: { zh: '走廊', en: 'corridor' },
  hall: { zh: '大厅', en: 'hall' },
  waiting_area: { zh: '候车等候区', en: 'waiting area' },
  counter: { zh: '柜台窗口', en: 'counter' },
  office: { zh: '办公区', en: 'office' },
  parking: { zh: '停车场', en: 'parking' },
  warehouse: { zh: '库房', en: 'warehouse' },
  equipment_room: { zh: '设备机房', en: 'equipment room' },
  stairs: { zh: '楼梯电梯', en: 'stairs and lifts' },
  street: { zh: '室外道路', en: 'road outside' },
  other: { zh: '其他公共部位', en: 'other common area' },
  guest_room: { zh: '客房', en: 'guest room' },
  dormitory_room: { zh: '宿舍', en: 'dormitory room' },
  staff_rest_room: { zh: '职工休息室', en: 'staff rest room' },
  bath: { zh: '浴室', en: 'bath' },
  toilet: { zh: '卫生间', en: 'toilet' },
  changing_room: { zh: '更衣室', en: 'changing room' },
  nursing_room: { zh: '哺乳室', en: 'nursing room' },
  fitting_room: { zh: '试衣间', en: 'fitting room' },
};

/** The places that Decree 799 art. 8 names. */
export const zonesOfTheLaw: ReadonlySet<string> = new Set(['guest_room', 'dormitory_room', 'staff_rest_room', 'bath', 'toilet', 'changing_room', 'nursing_room', 'fitting_room']);
export const lawOfZones: Sentence = { zh: '《公共安全视频图像信息系统管理条例》第八条', en: 'Decree 799, art. 8' };

/** A word that a site has added to its list stands for itself. */
export const worded = (words: Readonly<Record<string, Sentence>>, key: string): Sentence & { key: string } => ({ key, ...(words[key] ?? { zh: key, en: key }) });

export const fieldWords: Readonly<Record<string, Sentence>> = {
  purpose: { zh: '用途', en: 'purpose' },
  legalBasis: { zh: '法律依据', en: 'legal basis' },
  noticeRecord: { zh: '告知记录', en: 'notice record' },
  zoneType: { zh: '区域类型', en: 'kind of place' },
  position: { zh: '安装位置', en: 'position' },
  viewWords: { zh: '监视范围', en: 'field of view' },
  owner: { zh: '责任人', en: 'owner' },
  filingNumber: { zh: '备案编号', en: 'filing number' },
  approvalReference: { zh: '批准文号', en: 'approval reference' },
  view: { zh: '核准画面', en: 'picture of the approved view' },
  sign: { zh: '提示标识照片', en: 'photo of the notice sign' },
};
