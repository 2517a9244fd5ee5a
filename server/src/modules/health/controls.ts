/** The rules of devices and pictures that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../base/control.ts';

/** What is polled becomes a state with its age, and counts in the availability. */
export const deviceState = declareControl({
  name: 'health.device_state', holds: { zh: '设备失联在时限内显示离线并计入完好率', en: 'a device that is lost shows offline in its limit and counts in its availability' },
  pairs: ['SAF-3.1.4 TELEMETRY', 'COR-2.1.3 TELEMETRY', 'GEN-4.1.6 TELEMETRY', 'RES-6.2.2 TELEMETRY', 'TEN-4.4 TELEMETRY', 'SCH-2.1.2 TELEMETRY', 'ART-13.2.2 TELEMETRY', 'SEC-6.5 TELEMETRY'],
});
/** A trouble is a fault in the duty log without anybody's doing. */
export const faultOfTrouble = declareControl({
  name: 'health.fault_of_trouble', holds: { zh: '设备异常自动登记故障', en: 'a trouble of a device becomes a fault by itself' },
  pairs: ['COR-2.1.3 TELEMETRY', 'GEN-4.1.6 TELEMETRY', 'RES-6.2.2 TELEMETRY', 'TEN-4.4 TELEMETRY', 'SCH-2.1.2 TELEMETRY', 'ART-6.3 TELEMETRY', 'SCH-1.6.4 TELEMETRY'],
});
/** What is wrong with a device rings in the one list of alarms. */
export const alarmOfTrouble = declareControl({
  name: 'health.alarm_of_trouble', holds: { zh: '设备异常进入同一报警列表', en: 'a trouble of a device rings in the one list of alarms' }, pairs: ['GEN-5.1.2 TELEMETRY', 'RES-4.1.2 TELEMETRY', 'RES-4.1.3 TELEMETRY', 'RES-4.1.4 TELEMETRY', 'SCH-2.2.1 TELEMETRY'],
});
export const pictureFindings = declareControl({
  name: 'health.picture_findings', holds: { zh: '画面不清晰、移位、遮挡等自动发现', en: 'pictures that are not clear, moved or covered are found' }, pairs: ['RES-4.1.3 TELEMETRY', 'RES-4.1.4 TELEMETRY', 'SCH-2.2.1 TELEMETRY', 'ART-6.3 TELEMETRY', 'SCH-1.6.4 TELEMETRY', 'BRN-A3.2.7 TELEMETRY'],
});
/** A clock that is further off than the room allows. */
export const clockFindings = declareControl({
  name: 'health.clock_findings', holds: { zh: '时钟偏差超过上限即报时间不准', en: 'a clock that is off by more than the room allows is found' }, pairs: ['COR-2.1.4 TELEMETRY', 'RES-4.1.4 TELEMETRY', 'RES-5.3.4 TELEMETRY'],
});
/** A state that nobody renewed is shown as old, and rings. */
export const stateAge = declareControl({
  name: 'health.state_age', holds: { zh: '超过时效的状态标明并报警', en: 'a state that is too old is marked and rings' }, pairs: ['GEN-2.1.1 TELEMETRY', 'SCH-2.1.1 TELEMETRY', 'BRN-A1.2.2 TELEMETRY'],
});
/** Each trouble names the shift in which it began. */
export const shiftOfTrouble = declareControl({
  name: 'health.shift_of_trouble', holds: { zh: '设备断开记明当班班次和人员', en: 'a device that is cut off is listed with the shift and who was on post' }, pairs: ['BUS-1.6.6 TELEMETRY', 'ART-11.5.1 TELEMETRY'],
});
export const normalBeforeClosing = declareControl({
  name: 'health.normal_before_closing', holds: { zh: '设备未恢复正常不得结束故障', en: 'a fault is not closed before its device is well' }, pairs: ['BUS-1.7.6 TELEMETRY'],
});
/** Gone for good, and nobody asked for it. */
export const deviceCase = declareControl({
  name: 'health.device_case', holds: { zh: '设备持续失联超过时限即立案', en: 'a device that stays away past the limit becomes a case' }, pairs: ['ART-5.6 TELEMETRY', 'SEC-3.3 TELEMETRY'],
});
export const obstructionTask = declareControl({
  name: 'health.obstruction_task', holds: { zh: '画面遮挡产生清理任务', en: 'a covered picture makes a task of clearing' }, pairs: ['BRN-A3.2.7 TELEMETRY'],
});
/** The self-check names what is not in order. */
export const selfCheckNames = declareControl({
  name: 'health.self_check_names', holds: { zh: '日检项目按当时设备数据预填并点名异常设备', en: 'items of the daily check are filled in from what was measured and name what is abnormal' }, pairs: ['BRN-A3.1.1 TELEMETRY', 'BRN-A3.1.2 TELEMETRY', 'BRN-A3.1.4 TELEMETRY'],
});
/** What became worse in the shift goes over to the next. */
export const shiftDifference = declareControl({
  name: 'health.shift_difference', holds: { zh: '交接列出本班内设备状态的变化', en: 'what changed in the state of devices in the shift is handed over' }, pairs: ['BRN-4.2 TELEMETRY'],
});
export const healthControls: readonly Control[] = [deviceState, faultOfTrouble, alarmOfTrouble, pictureFindings, clockFindings, stateAge, shiftOfTrouble, normalBeforeClosing, deviceCase, obstructionTask, selfCheckNames, shiftDifference];
