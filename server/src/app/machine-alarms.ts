/** Alarms of the machine: cameras, recorder, storage, ledger. Video and the ledger do not know alarms; app/reactions.ts raises and clears these. */
import { z } from 'zod';
import { GapReason } from '../../../contract/recorder.ts';
import { declareAlarmKind } from '../mechanisms/notifications/index.ts';

const text = z.string();
const causeWords = z.object({ zh: text, en: text });
/** Who looks after equipment, and who answers for the room (reported at once). */
const caretakers = ['technician', 'room_manager'] as const;

export const cameraLost = declareAlarmKind({
  kind: 'video.camera_lost', title: { zh: '录像中断', en: 'Camera not recorded' }, class: 'device', clearsItself: true, clauses: ['SAF-3.5.1', 'COR-4.4.4'],
  body: z.object({ camera: text, reason: GapReason, cause: causeWords }),
  sentence: ({ camera, cause }) => ({ zh: `${camera} 录像中断：${cause.zh}`, en: `${camera} is not being recorded: ${cause.en}` }),
});
/** Watched pictures come, and come late: the wall says so on the tile, the room hears of it. */
export const pictureBehindAlarm = declareAlarmKind({
  kind: 'video.picture_behind', title: { zh: '实时画面滞后', en: 'Live picture behind' }, class: 'device', clearsItself: true, clauses: ['RES-5.1.2', 'COR-2.2.1'],
  body: z.object({ camera: text, seconds: z.number() }), sentence: ({ camera, seconds }) => ({ zh: `${camera} 实时画面已滞后 ${seconds} 秒。`, en: `The live picture of ${camera} is ${seconds} s behind.` }),
});
export const receiverUnknown = declareAlarmKind({
  kind: 'video.receiver_unknown', title: { zh: '未登记的电脑请求画面', en: 'Unknown receiver asked for pictures' }, class: 'system', tell: ['security_department', 'shift_leader'], clearsItself: false, clauses: ['ART-12.2.2', 'TEN-5.2'],
  body: z.object({ name: text }), sentence: ({ name }) => ({ zh: `${name}在未登记的电脑上请求画面，已拒绝。`, en: `${name} asked for pictures at a computer that is not registered: refused.` }),
});
export const recorderAway = declareAlarmKind({
  kind: 'video.recorder_away', title: { zh: '录像服务没有应答', en: 'Recorder does not answer' }, class: 'system', tell: caretakers, channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: ['SAF-3.5.1', 'COR-4.4.4', 'BUS-1.7.4', 'BRN-A2.1.1'],
  body: z.object({}), sentence: () => ({ zh: '录像服务没有应答，看不到录像是否还在继续。', en: 'The recorder does not answer; whether it still records cannot be told.' }),
});
export const storageTrouble = declareAlarmKind({
  kind: 'video.storage_trouble', title: { zh: '录像存储故障', en: 'Storage trouble' }, class: 'system', tell: caretakers, channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: ['SAF-3.5.1', 'COR-4.4.4', 'BUS-1.7.4', 'BRN-A2.1.1'],
  body: z.object({ reason: text }), sentence: ({ reason }) => ({ zh: `录像存储不能使用${reason === '' ? '' : `：${reason}`}，录像正在丢失。`, en: `A storage cannot be used${reason === '' ? '' : `: ${reason}`}; footage is being lost.` }),
});
export const storageLow = declareAlarmKind({
  kind: 'video.storage_low', title: { zh: '录像存储空间不足', en: 'Storage is low' }, class: 'device', tell: ['technician'], clearsItself: true, clauses: [],
  body: z.object({ freeGigabytes: z.number() }), sentence: ({ freeGigabytes }) => ({ zh: `录像存储只剩 ${freeGigabytes} GB。`, en: `The storage has only ${freeGigabytes} GB left.` }),
});
export const storageShort = declareAlarmKind({
  kind: 'video.storage_short', title: { zh: '存储预计不够', en: 'Storage will not be enough' }, class: 'device', tell: caretakers, channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: ['TEN-6.1'],
  body: z.object({ days: z.number(), requiredDays: z.number(), inDays: z.number().nullable() }),
  sentence: ({ days, requiredDays, inDays }) => ({
    zh: `按现在的录像量，存储只能保存 ${days} 天，应为 ${requiredDays} 天${inDays === null ? '' : `；约 ${inDays} 天后写满`}。`,
    en: `At the present rate the storages hold ${days} days of footage instead of ${requiredDays}${inDays === null ? '' : `; they are full in about ${inDays} days`}.`,
  }),
});
/** Footage went before its time: nothing graver happens to a storage. */
export const footageLost = declareAlarmKind({
  kind: 'video.retention_breached', title: { zh: '磁盘写满，未到期录像被删除', en: 'Disk full: footage deleted before its term' }, class: 'system', severity: 'major', tell: [...caretakers, 'security_department'], channels: ['console', 'mail', 'webhook'], clauses: ['TEN-6.3', 'SCH-2.7.2'],
  body: z.object({ storage: text, count: z.number() }),
  sentence: ({ storage, count }) => ({ zh: `${storage} 写满，未到保存期限的录像被删除 ${count} 段，锁定的除外。`, en: `${storage} was full: ${count} segments were deleted before the end of their term; held footage was kept.` }),
});
export const roomRefused = declareAlarmKind({
  kind: 'video.room_refused', title: { zh: '磁盘写满，录像将停止', en: 'Disk full: recording will stop' }, class: 'system', severity: 'major', tell: [...caretakers, 'security_department'], channels: ['console', 'mail', 'webhook'], clauses: ['TEN-6.3'],
  body: z.object({ storage: text }), sentence: ({ storage }) => ({ zh: `${storage} 写满；按规定期限内的录像不删，录像将停止。`, en: `${storage} is full; by the rule in force footage within its term stays, so recording will stop.` }),
});
export const footageDamaged = declareAlarmKind({
  kind: 'video.footage_damaged', title: { zh: '录像核验不符', en: 'Footage failed verification' }, class: 'system', tell: ['technician', 'security_department'], channels: ['console', 'mail', 'webhook'], clauses: ['SCH-2.7.2'],
  body: z.object({ camera: text, zh: text, en: text }), sentence: ({ camera, zh, en }) => ({ zh: `${camera} 一段录像核验不符：${zh}。`, en: `A segment of ${camera} failed verification: ${en}.` }),
});
/** Of what the recorder itself does not know to be missing. */
export const recordingDiffersAlarm = declareAlarmKind({
  kind: 'video.recording_differs', title: { zh: '应录未录', en: 'Not recorded though it should be' }, class: 'device', tell: caretakers, clearsItself: true, clauses: ['BRN-4.3', 'COR-3.2.1', 'SCH-2.7.1', 'BRN-A1.2.4'],
  body: z.object({ camera: text, zh: text, en: text }), sentence: ({ camera, zh, en }) => ({ zh: `${camera} 应录未录：${zh}。`, en: `${camera} should be recorded and is not: ${en}.` }),
});
export const backupTrouble = declareAlarmKind({
  kind: 'video.backup_trouble', title: { zh: '备份异常', en: 'Backup trouble' }, class: 'system', tell: ['technician', 'room_manager', 'security_department'], channels: ['console', 'mail', 'webhook'], clearsItself: true,
  clauses: ['COR-3.2.2', 'COR-5.3.2', 'GEN-4.2.5', 'GEN-4.2.6', 'GEN-4.2.7', 'TEN-6.2'], body: causeWords, sentence: ({ zh, en }) => ({ zh, en }),
});
export const copyDamagedAlarm = declareAlarmKind({
  kind: 'video.copy_damaged', title: { zh: '备份核验不符', en: 'A copy failed verification' }, class: 'system', tell: ['technician', 'security_department'], channels: ['console', 'mail', 'webhook'], clauses: ['GEN-4.2.7', 'COR-5.3.2'],
  body: z.object({ camera: text }), sentence: ({ camera }) => ({ zh: `${camera} 一段录像的备份核验不符，正在重新备份。`, en: `A copy of footage of ${camera} failed verification and is being made anew.` }),
});
export const ledgerTrouble = declareAlarmKind({
  kind: 'ledger.trouble', title: { zh: '账本不能签名', en: 'Ledger cannot be signed' }, class: 'system', tell: ['security_department', 'room_manager'], channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: [],
  body: causeWords, sentence: ({ zh, en }) => ({ zh, en }),
});

const onPost = z.object({ name: text, post: text, reason: text });
/** Raised by identity, which stands below: who is on post is not cut off, the leader hears of it. */
export const secondConsole = declareAlarmKind({
  kind: 'identity.second_console', title: { zh: '同一人在另一台电脑登录', en: 'Signed in at a second console' }, class: 'duty', tell: ['shift_leader'], clearsItself: true, clauses: [], body: onPost,
  sentence: ({ name, post }) => ({ zh: `${name}（${post}）在岗时又在另一台电脑登录。`, en: `${name} (${post}) signed in at a second console while on post.` }),
});
export const passwordOverdue = declareAlarmKind({
  kind: 'identity.password_overdue_on_post', title: { zh: '在岗人员密码已过期', en: 'Password too old on post' }, class: 'duty', tell: ['shift_leader'], clearsItself: true, clauses: [], body: onPost,
  sentence: ({ name, post }) => ({ zh: `${name}（${post}）的密码已超过更换期限，下岗后须更换。`, en: `The password of ${name} (${post}) is past its age; it must be changed after the shift.` }),
});

export const machineAlarmKinds = [cameraLost, pictureBehindAlarm, receiverUnknown, recorderAway, storageTrouble, storageLow, storageShort, footageLost, roomRefused, footageDamaged, recordingDiffersAlarm, backupTrouble, copyDamagedAlarm, ledgerTrouble, secondConsole, passwordOverdue] as const;
