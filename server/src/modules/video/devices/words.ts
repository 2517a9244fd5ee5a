/** Why a recorder cannot be reached, in plain words. */
import type { Sentence } from '../../../base/refusal.ts';
import type { DeviceFault } from './store.ts';

export const faultWords: Readonly<Record<DeviceFault, Sentence>> = {
  refused: { zh: '设备拒绝连接：请检查端口，或设备是否正在重启。', en: 'The device refuses the connection: check the port, or whether it is starting.' },
  timeout: { zh: '设备没有应答：请检查电源和网线。', en: 'The device does not answer: check its power and cable.' },
  no_route: { zh: '网络不通：请检查网线、交换机和 IP 网段。', en: 'There is no way through the network: check cable, switch and IP range.' },
  name: { zh: '找不到这个主机名，或它指向本机。', en: 'This host name is not found, or leads to this machine.' },
  not_rtsp: { zh: '有应答，但不是视频服务：请检查端口是否为 RTSP 端口（通常 554）。', en: 'Something answers, but no video service: check that the port is the RTSP port (usually 554).' },
};
