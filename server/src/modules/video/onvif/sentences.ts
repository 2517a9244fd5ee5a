/** What is wrong with an ONVIF device, in plain words: what was seen and what to do. */
import type { OnvifOutcome } from '../../../../../contract/cameras.ts';
import type { Sentence } from '../../../base/refusal.ts';

export const onvifSentences: Readonly<Record<OnvifOutcome, Sentence>> = {
  ok: { zh: '连接正常。', en: 'The connection works.' },
  digest_only: { zh: '连接正常。这台设备只接受 HTTP 摘要认证，已自动使用。', en: 'The connection works. This device takes HTTP digest authentication only, which was used.' },
  clock_skew: { zh: '设备时钟与本机相差太多，设备因此拒绝登录。请先在设备上校准时间，再试。', en: 'The clock of the device is too far off, so it refuses to sign anybody in. Set its time, then try again.' },
  wrong_password: { zh: '用户名或密码不对。有的设备要单独建立 ONVIF 用户。', en: 'User name or password is wrong. Some devices want a user of their own for ONVIF.' },
  no_media: { zh: '设备支持 ONVIF，但没有视频服务：它可能不是摄像机，或视频服务被关闭。', en: 'The device speaks ONVIF but has no media service: it may be no camera, or the service is switched off.' },
  unreachable: { zh: '连不上这个地址：请检查 IP、端口、网线和设备电源。', en: 'This address cannot be reached: check IP, port, cable and power of the device.' },
  timeout: { zh: '设备没有按时应答：请检查网络，或稍后再试。', en: 'The device did not answer in time: check the network, or try again later.' },
  not_onvif: { zh: '这个地址有应答，但不是 ONVIF 设备，或 ONVIF 未启用。请在设备设置中启用 ONVIF。', en: 'Something answers at this address, but not ONVIF. Switch ONVIF on in the settings of the device.' },
  too_large: { zh: '设备的应答异常地大，已中断。请检查这是不是一台摄像机。', en: 'The answer of the device is abnormally large and was cut off. Check whether this is a camera.' },
  address_local: { zh: '不能使用本机或链路本地地址。', en: 'Loopback and link-local addresses are refused.' },
  address_wrong: { zh: '地址无法识别，应类似 http://192.168.1.64/onvif/device_service。', en: 'The address cannot be read; it looks like http://192.168.1.64/onvif/device_service.' },
};
