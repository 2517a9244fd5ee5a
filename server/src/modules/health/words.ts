/** Words of devices, checks and findings, as the field says them (视频质量诊断). */
import type { DeviceKind, HealthCheck } from '../../../../contract/health.ts';
import type { Sentence } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';

export const kindWords: Readonly<Record<DeviceKind, Sentence>> = {
  camera: { zh: '摄像机', en: 'Camera' }, recorder: { zh: '录像服务', en: 'Recorder' }, storage: { zh: '录像存储', en: 'Storage' }, disk: { zh: '硬盘', en: 'Disk' },
  machine: { zh: '本机', en: 'This machine' }, time_server: { zh: '时间服务器', en: 'Time server' }, ups: { zh: '不间断电源', en: 'Power supply (UPS)' }, poller: { zh: '状态巡检', en: 'Polling of devices' },
};

export const checkWords: Readonly<Record<HealthCheck, Sentence>> = {
  black: { zh: '画面黑屏', en: 'Picture black' }, bright: { zh: '画面过亮', en: 'Picture too bright' }, covered: { zh: '画面遮挡', en: 'Picture covered' }, blurred: { zh: '画面不清晰', en: 'Picture not clear' },
  moved: { zh: '画面移位', en: 'View changed' }, colour_cast: { zh: '画面偏色', en: 'Colour cast' }, noise: { zh: '画面噪点', en: 'Noise' }, frozen: { zh: '画面冻结', en: 'Picture frozen' },
  offline: { zh: '离线', en: 'Offline' }, frame_rate: { zh: '帧率下降', en: 'Frame rate collapsed' }, bit_rate: { zh: '码率下降', en: 'Bit rate collapsed' }, clock: { zh: '时间不准', en: 'Time wrong' },
  usable: { zh: '不能使用', en: 'Cannot be used' }, space: { zh: '空间不足', en: 'Space is low' }, disk_health: { zh: '硬盘健康', en: 'Disk health' }, power: { zh: '供电异常', en: 'Power trouble' }, network: { zh: '网络异常', en: 'Network trouble' },
};

export const inOrder: Sentence = { zh: '正常', en: 'in order' };
export const notTold = (zh: string, en: string): Sentence => ({ zh: `无法判断：${zh}`, en: `cannot be told: ${en}` });
export const noFfmpeg: Sentence = { zh: '画面检查不可用：请安装 ffmpeg。', en: 'Picture checks are not available: install ffmpeg.' };
export const noSmartctl: Sentence = { zh: '硬盘健康检查不可用：请安装 smartmontools。', en: 'Disk health is not available: install smartmontools.' };

/** "慢 10.2 秒" */
export const offsetWords = (offsetMs: number): Sentence => {
  const seconds = Math.round(Math.abs(offsetMs) / 100) / 10;
  return offsetMs < 0 ? { zh: `慢 ${seconds} 秒`, en: `${seconds} s slow` } : { zh: `快 ${seconds} 秒`, en: `${seconds} s fast` };
};
export const lastedWords = (ms: number): Sentence => ({ zh: `${Math.round(ms / secondMs)} 秒`, en: `${Math.round(ms / secondMs)} s` });
const percent = (share: number): number => Math.round(share * 100);

/** What a bad picture check says with its figure. */
export const pictureWords = (check: HealthCheck, value: number | null, limit: number): Sentence => {
  const title = checkWords[check];
  if (value === null) return title;
  switch (check) {
    case 'blurred':
      return { zh: `画面不清晰：清晰度为基准的 ${percent(value)}%，应不低于 ${percent(limit)}%`, en: `Picture not clear: ${percent(value)} % of the reference's sharpness, ${percent(limit)} % at least` };
    case 'covered':
      return { zh: `画面遮挡：${percent(value)}% 的画面失去内容`, en: `Picture covered: ${percent(value)} % of it shows nothing` };
    case 'moved':
      return { zh: '画面移位：与基准画面不一致', en: 'View changed: it does not match the reference picture' };
    case 'frozen':
      return { zh: '画面冻结：连续多幅画面完全相同', en: 'Picture frozen: several pictures in a row are the same' };
    default:
      return { zh: `${title.zh}（${percent(value)}%，界限 ${percent(limit)}%）`, en: `${title.en} (${percent(value)} %, limit ${percent(limit)} %)` };
  }
};
