/** The test button: says in plain words what is wrong with an address, and shows one picture when nothing is. A recorded act. */
import type { ProbeOutcome, ProbeResult } from '../../../../../contract/recorder.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { readAddress, type CameraAddress } from '../camera.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { cameraTested } from '../events.ts';

export const probeSentences: Readonly<Record<ProbeOutcome, Sentence>> = {
  ok: { zh: '连接正常,已收到画面。', en: 'Connected; a picture has arrived.' },
  address_wrong: { zh: '地址格式不对,应以 rtsp:// 开头。', en: 'The address is not written right; it must start with rtsp://.' },
  address_local: { zh: '这是本机或链路本地地址,不允许使用。', en: 'This is a loopback or link-local address, which is not allowed.' },
  name_unknown: { zh: '找不到这个主机名,请检查拼写,或改用 IP 地址。', en: 'This host name is not known; check the spelling or use the IP address.' },
  unreachable: { zh: '在限定时间内没有应答:摄像机可能断电、断网,或 IP 不对。', en: 'Nothing answered in time: the camera may be off, off the network, or have another address.' },
  port_closed: { zh: '主机在线,但这个端口没有开放:请检查端口号(常用 554),或在摄像机上启用 RTSP。', en: 'The host is there but this port is closed: check the port (often 554) or switch RTSP on in the camera.' },
  not_rtsp: { zh: '这个端口应答的不是 RTSP 服务,请检查端口号。', en: 'What answers at this port is not RTSP; check the port.' },
  password_needed: { zh: '摄像机要求用户名和密码。', en: 'The camera asks for a user and password.' },
  password_wrong: { zh: '用户名或密码不对。多次试错可能使摄像机锁定,请核实后再试。', en: 'User or password is wrong. Several wrong tries may lock the camera: make sure before you try again.' },
  path_unknown: { zh: '摄像机在线,但没有这个码流路径,请按型号检查地址后半段。', en: 'The camera is there but has no such stream; check the path for this model.' },
  no_video: { zh: '连接成功,但没有 H.264 视频:请在摄像机上把编码设为 H.264。', en: 'Connected, but no H.264 video is offered: set the camera to H.264.' },
  silent: { zh: '摄像机接受了请求,但没有送出画面。', en: 'The camera accepted, but sent no picture.' },
  camera_busy: { zh: '摄像机连接数已满,请关闭其他客户端后再试。', en: 'The camera has too many clients; close another and try again.' },
  camera_error: { zh: '摄像机拒绝了请求,详情见下。', en: 'The camera refused; details below.' },
};

export interface CameraTest extends Sentence, ProbeResult {}

const refusedOutcome = (refusal: Refusal): ProbeOutcome => (refusal.code === 'video.address_local' ? 'address_local' : 'address_wrong');

const probe = async (context: VideoContext, given: CameraAddress): Promise<{ url: string; result: ProbeResult }> => {
  try {
    const address = readAddress(given, context.allowLocal);
    return { url: address.url, result: await context.recorder.probe({ ...address, allowLocal: context.allowLocal }) };
  } catch (error) {
    const isAddressFault = error instanceof Refusal && error.code.startsWith('video.address_');
    if (!isAddressFault) throw error;
    return { url: '-', result: { outcome: refusedOutcome(error), detail: '', tookMs: 0, video: null } };
  }
};

export const testCamera = async (context: VideoContext, caller: Caller, given: CameraAddress): Promise<CameraTest> => {
  const { url, result } = await probe(context, given);
  await context.database.transaction(async (tx) => {
    const body = { address: url, outcome: result.outcome, pictureShown: result.video !== null };
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: cameraTested, siteId, roomId, actor: actorOf(caller), subject: roomId, body, at: context.clock.now() });
  });
  return { ...result, ...probeSentences[result.outcome] };
};
