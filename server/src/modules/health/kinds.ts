/** Alarms of devices. What the recorder already rings for (a camera not recorded, a storage gone) does not ring a second time here. */
import { z } from 'zod';
import { declareAlarmKind } from '../../mechanisms/notifications/index.ts';

const text = z.string();
const body = z.object({ device: text, words: z.object({ zh: text, en: text }) });
type Body = z.output<typeof body>;
const sentence = ({ device, words }: Body) => ({ zh: `${device}：${words.zh}`, en: `${device}: ${words.en}` });

export const pictureTrouble = declareAlarmKind({
  kind: 'health.picture_trouble', title: { zh: '画面异常', en: 'Picture trouble' }, class: 'device', tell: ['technician'], clearsItself: true, clauses: ['RES-4.1.3', 'RES-4.1.4', 'SCH-2.2.1'], body, sentence,
});
export const deviceTrouble = declareAlarmKind({
  kind: 'health.device_trouble', title: { zh: '设备异常', en: 'Device trouble' }, class: 'device', tell: ['technician'], clearsItself: true, clauses: ['GEN-5.1.2', 'COR-2.1.4'], body, sentence,
});
export const systemTrouble = declareAlarmKind({
  kind: 'health.system_trouble', title: { zh: '系统异常', en: 'System trouble' }, class: 'system', tell: ['technician', 'room_manager'], channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: ['RES-4.1.2', 'SCH-2.1.1', 'BRN-A1.2.2'], body, sentence,
});
export const deviceMissing = declareAlarmKind({
  kind: 'health.device_missing', title: { zh: '设备失联立案', en: 'Device missing' }, class: 'intrusion', tell: ['security_department', 'technician'], clearsItself: false, clauses: ['ART-5.6', 'SEC-3.3'], body, sentence,
});

export const healthKinds = [pictureTrouble, deviceTrouble, systemTrouble, deviceMissing] as const;
