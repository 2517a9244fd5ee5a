/** Every "no" of the register, of discovery, of recorders and of plans. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('cameras', {
  zone_forbidden: {
    kind: 'invalid', zh: '“{zoneZh}”内不得安装摄像机（{citeZh}），不能登记。', en: 'No camera may be installed in a {zoneEn} ({citeEn}); it cannot be registered.',
  },
  zone_unknown: { kind: 'invalid', zh: '没有这种区域类型，请从列表中选择。', en: 'There is no such kind of place; choose one from the list.' },
  purpose_not_allowed: { kind: 'invalid', zh: '用途“{purposeZh}”不在本监控室允许的用途之列：{allowedZh}。', en: 'The purpose "{purposeEn}" is not among those allowed in this room: {allowedEn}.' },
  purpose_ungrounded: {
    kind: 'invalid', zh: '用途“{purposeZh}”须先写明法律依据和告知记录（个人信息保护法第十三条、第二十六条）。', en: 'The purpose "{purposeEn}" needs its legal basis and the record of the notice first (Personal Information Protection Law, art. 13 and 26).',
  },
  purpose_by_approval: { kind: 'conflict', zh: '用途已登记，不能直接修改。请申请变更用途，批准后生效。', en: 'The purpose stands already and is not changed directly: ask for the change; it holds once approved.' },
  purpose_same: { kind: 'invalid', zh: '这就是现在的用途。', en: 'This is the present purpose.' },
  purpose_needed: { kind: 'conflict', zh: '没有允许的用途，不能启用。请先在台账中登记用途。', en: 'Without an allowed purpose it is not activated. Enter its purpose into the register first.' },
  already_active: { kind: 'conflict', zh: '这台摄像机已经启用。', en: 'This camera is active already.' },
  entry_moved: { kind: 'conflict', zh: '台账刚被别人修改，请刷新后再改。', en: 'Somebody changed this entry meanwhile; reload and try again.' },
  picture_unknown: { kind: 'not_found', zh: '没有这张图片。', en: 'There is no such picture.' },
  picture_lost: { kind: 'unavailable', zh: '图片不在存储中或被改动，已记入运行日志；请通知技术人员。', en: 'The picture is not in its storage or was altered, which is in the log; call the technician.' },
  positions_hidden: { kind: 'forbidden', zh: '摄像机位置仅限需要知道的岗位查看。', en: 'Positions of cameras are shown only to those who need to know them.' },
  file_unreadable: { kind: 'invalid', zh: '文件无法读取，请用模板另存为 Excel 或 CSV。', en: 'The file cannot be read; save it from the template as Excel or CSV.' },
  file_without_heading: { kind: 'invalid', zh: '文件中没有“名称”和“视频地址”两列，请使用模板。', en: 'The file has no columns "Name" and "Video address"; use the template.' },
  file_too_long: { kind: 'invalid', zh: '文件有 {rows} 行，一次最多 {most} 行，请分成几个文件。', en: 'The file has {rows} lines; {most} at most at a time: split it.' },
  onvif_failed: { kind: 'conflict', zh: '{zh}', en: '{en}' },
  search_failed: { kind: 'unavailable', zh: '无法在网络中搜索：本机没有可用的网络或端口被占用。可直接填写地址。', en: 'The network cannot be searched: no usable network, or the port is taken. An address can be typed instead.' },
  host_wrong: { kind: 'invalid', zh: '请填写录像机的主机名或 IP 地址。', en: 'Write the host name or IP address of the recorder.' },
  channel_twice: { kind: 'invalid', zh: '通道 {channel} 重复。', en: 'Channel {channel} stands twice.' },
  device_known: { kind: 'conflict', zh: '这台录像机已登记为“{name}”。', en: 'This recorder is registered already as "{name}".' },
  device_unknown: { kind: 'not_found', zh: '没有这台录像机。', en: 'There is no such recorder.' },
  plan_unknown: { kind: 'not_found', zh: '没有这张平面图，可能已撤下。', en: 'There is no such plan; it may have been taken away.' },
  place_camera_unknown: { kind: 'invalid', zh: '标注中有不在用的摄像机，请刷新后再保存。', en: 'A camera on the plan is not in use; reload and save again.' },
});
