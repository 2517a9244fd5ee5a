/** Every "no" of health. */
import { declareRefusals } from '../../base/refusal.ts';

export const healthRefusals = declareRefusals('health', {
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机，可能已撤除。', en: 'There is no such camera; it may have been retired.' },
  no_picture: { kind: 'unavailable', zh: '摄像机现在没有画面，请恢复后再试。', en: 'The camera shows no picture now; try again when it does.' },
  no_ffmpeg: { kind: 'unavailable', zh: '画面检查不可用：请安装 ffmpeg。', en: 'Picture checks are not available: install ffmpeg.' },
  picture_unreadable: { kind: 'unavailable', zh: '画面无法解码，请稍后再试。', en: 'The picture could not be decoded; try again shortly.' },
  still_unknown: { kind: 'not_found', zh: '没有这幅画面。', en: 'There is no such picture.' },
  source_unknown: { kind: 'not_found', zh: '没有这个时间服务器或电源，可能已移除。', en: 'There is no such time server or power supply; it may have been removed.' },
  address_local: {
    kind: 'invalid', zh: '不能使用本机或链路本地地址 {host}。如确有服务在本机，请设置 VIGIL_ALLOW_LOCAL_CAMERAS=1 后重启。',
    en: 'Loopback and link-local addresses such as {host} are refused. If a service runs on this machine, set VIGIL_ALLOW_LOCAL_CAMERAS=1 and start again.',
  },
  unit_needed: { kind: 'invalid', zh: '请填写电源在 NUT 服务器上的名称。', en: 'Give the name of the power supply at its NUT server.' },
  not_normal: { kind: 'conflict', zh: '{device}还没有恢复正常（{zh}），恢复并正常运行 {minutes} 分钟后才能结束故障。', en: '{device} is not well yet ({en}): a fault is closed when it has been well for {minutes} minutes.' },
});
