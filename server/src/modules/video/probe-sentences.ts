/** What a camera test found, in plain words that say what to do. */
import type { ProbeOutcome } from '../../../../contract/recorder.ts';
import type { Sentence } from '../../base/refusal.ts';

export const probeSentences: Readonly<Record<ProbeOutcome, Sentence>> = {
  ok: { zh: '连接正常，已收到画面。', en: 'Connected; a picture has arrived.' },
  address_wrong: { zh: '地址格式不对，应以 rtsp:// 或 rtsps:// 开头。', en: 'The address is not written right; it must start with rtsp:// or rtsps://.' },
  address_local: { zh: '这是本机或链路本地地址，不允许使用。', en: 'This is a loopback or link-local address, which is not allowed.' },
  name_unknown: { zh: '找不到这个主机名，请检查拼写，或改用 IP 地址。', en: 'This host name is not known; check the spelling or use the IP address.' },
  unreachable: { zh: '在限定时间内没有应答：摄像机可能断电、断网，或 IP 不对。', en: 'Nothing answered in time: the camera may be off, off the network, or have another address.' },
  port_closed: { zh: '主机在线，但这个端口没有开放：请检查端口号（常用 554），或在摄像机上启用 RTSP。', en: 'The host is there but this port is closed: check the port (often 554) or switch RTSP on in the camera.' },
  not_rtsp: { zh: '这个端口应答的不是 RTSP 服务，请检查端口号。', en: 'What answers at this port is not RTSP; check the port.' },
  password_needed: { zh: '摄像机要求用户名和密码。', en: 'The camera asks for a user and password.' },
  password_wrong: { zh: '用户名或密码不对。多次试错可能使摄像机锁定，请核实后再试。', en: 'User or password is wrong. Several wrong tries may lock the camera: make sure before you try again.' },
  path_unknown: { zh: '摄像机在线，但没有这个码流路径，请按型号检查地址后半段。', en: 'The camera is there but has no such stream; check the path for this model.' },
  no_video: { zh: '连接成功，但没有 H.264 或 H.265 视频：请在摄像机上把编码设为其中之一。', en: 'Connected, but neither H.264 nor H.265 video is offered: set the camera to one of them.' },
  silent: { zh: '摄像机接受了请求，但没有送出画面。', en: 'The camera accepted, but sent no picture.' },
  transport_refused: { zh: '摄像机不支持所选的传输方式：请改用另一种（TCP 或 UDP）。', en: 'The camera does not offer this way of transport: choose the other one (TCP or UDP).' },
  certificate_unknown: { zh: '加密连接已建立，但无法确认对方身份：证书不受信任。请在摄像机上核对证书指纹，一致后填入。', en: 'The connection is encrypted, but who answers is not certain: nobody trusted signed the certificate. Compare its fingerprint at the camera, then enter it.' },
  certificate_differs: { zh: '摄像机出示的证书与登记的指纹不符：可能更换过设备或证书，也可能有人冒充。核实前请勿更改。', en: 'The certificate is not the one that was noted: the camera or its certificate may have been changed, or somebody poses as it. Make sure before you change anything.' },
  camera_busy: { zh: '摄像机连接数已满，请关闭其他客户端后再试。', en: 'The camera has too many clients; close another and try again.' },
  camera_error: { zh: '摄像机拒绝了请求，详情见下。', en: 'The camera refused; details below.' },
};
