/** Refusals of the video module. */
import { declareRefusals } from '../../base/refusal.ts';

export const refuse = declareRefusals('video', {
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机，可能已撤除。', en: 'There is no such camera; it may have been retired.' },
  address_wrong: { kind: 'invalid', zh: '地址应以 rtsp:// 或 rtsps:// 开头，例如 rtsp://192.168.1.64:554/Streaming/Channels/101。', en: 'The address must start with rtsp:// or rtsps://, e.g. rtsp://192.168.1.64:554/Streaming/Channels/101.' },
  address_local: {
    kind: 'invalid',
    zh: '不能使用本机或链路本地地址 {host}。如确有转发服务在本机，请设置 VIGIL_ALLOW_LOCAL_CAMERAS=1 后重启。',
    en: 'Loopback and link-local addresses such as {host} are refused. If a restreamer runs on this machine, set VIGIL_ALLOW_LOCAL_CAMERAS=1 and start again.',
  },
  sub_elsewhere: { kind: 'invalid', zh: '子码流必须与主码流在同一台设备上（同一协议、地址和端口）：两者用同一个密码。', en: 'The sub stream must be on the same device as the main stream (protocol, address and port): both are asked for with one password.' },
  number_taken: { kind: 'conflict', zh: '编号 {number} 已被“{name}”使用，请换一个。', en: 'Number {number} is used by "{name}"; choose another.' },
  retention_below_floor: { kind: 'invalid', zh: '保存天数不能少于 {floorDays} 天（法定或制度下限）。', en: 'Footage must be kept at least {floorDays} days (floor set by law or regulation).' },
  changed_meanwhile: { kind: 'conflict', zh: '这台摄像机刚被别人修改，请刷新后再改。', en: 'Somebody changed this camera meanwhile; reload and try again.' },
  password_again: { kind: 'invalid', zh: '地址指向另一台设备，请重新输入密码，或选择“不用密码”。', en: 'The address leads to another device: enter the password again, or remove it.' },
  too_many_cameras: { kind: 'conflict', zh: '一台录像机最多 {limit} 路摄像机。', en: 'One recorder takes at most {limit} cameras.' },
  recorder_away: { kind: 'unavailable', zh: '录像服务暂时联系不上，系统正在重连。', en: 'The recorder cannot be reached for the moment; Vigil is reconnecting.' },
  span_wrong: { kind: 'invalid', zh: '结束时间必须晚于开始时间，且一次最多 {hours} 小时。', en: 'The end must be after the start, at most {hours} hours at a time.' },
  playback_unknown: { kind: 'not_found', zh: '这次回放不存在或不属于您。', en: 'There is no such playback, or it is not yours.' },
  playback_over: { kind: 'forbidden', zh: '这次回放已结束，请重新打开。', en: 'This playback is over; open it again.' },
  outside_grant: { kind: 'forbidden', zh: '这段录像不在本次回放的摄像机和时间范围内。', en: 'This footage is outside the camera and span of the playback.' },
  segment_unknown: { kind: 'not_found', zh: '没有这段录像，可能已到期删除。', en: 'There is no such footage; it may have reached its end and been deleted.' },
  segment_missing: { kind: 'unavailable', zh: '录像文件不在存储中，已记入运行日志；请通知技术人员运行 vigil fsck。', en: 'The footage file is not in its storage, which is in the log; call the technician to run vigil fsck.' },
  range_wrong: { kind: 'invalid', zh: '请求的字节范围不在文件内。', en: 'The range asked for is outside the file.' },
  picture_wrong: { kind: 'invalid', zh: '抓拍内容不是 JPEG 或 PNG 图片。', en: 'The snapshot is no JPEG or PNG picture.' },
  picture_too_large: { kind: 'invalid', zh: '抓拍图片超过 8 MB。', en: 'The picture is larger than 8 MB.' },
  frame_time_wrong: { kind: 'invalid', zh: '抓拍画面的时间在将来，请检查本机时钟。', en: 'The frame of the snapshot lies in the future; check the clock of this machine.' },
  snapshot_unknown: { kind: 'not_found', zh: '没有这张抓拍。', en: 'There is no such snapshot.' },
  snapshot_lost: { kind: 'unavailable', zh: '抓拍图片不在存储中，已记入运行日志；请通知技术人员。', en: 'The picture of this snapshot is not in its storage, which is in the log; call the technician.' },
  snapshot_altered: { kind: 'unavailable', zh: '抓拍图片与入账时的校验值不符，可能被改动，不予显示；请通知技术人员。', en: 'The picture no longer matches the hash in the ledger: it may have been altered and is not shown. Call the technician.' },
  storage_full: { kind: 'unavailable', zh: '磁盘已满，抓拍未能保存；录像按保存规则继续。', en: 'The disk is full: the snapshot was not kept. Recording goes on by its own rules.' },
  watch_limit: { kind: 'too_many', zh: '一个窗口最多同时看 {limit} 路画面。', en: 'One window shows at most {limit} pictures at a time.' },
});
