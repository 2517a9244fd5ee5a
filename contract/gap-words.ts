/** What people call each reason for missing footage: the one source of the server's sentences and of the screens (GLOSSARY). */
import type { GapReason } from './recorder.ts';

export const gapReasonWords = {
  camera_unreachable: { zh: '连不上摄像机', en: 'camera cannot be reached' },
  camera_refused: { zh: '摄像机拒绝连接', en: 'camera refused' },
  camera_silent: { zh: '摄像机没有送来画面', en: 'camera sends no picture' },
  stream_invalid: { zh: '送来的不是可用的视频', en: 'what arrives is no usable video' },
  network: { zh: '网络中断', en: 'network broken' },
  disk_full: { zh: '硬盘已满', en: 'disk full' },
  disk_failed: { zh: '硬盘写入失败', en: 'writing to disk failed' },
  storage_missing: { zh: '找不到存储', en: 'storage not found' },
  memory_bound: { zh: '存储跟不上，缓冲已满', en: 'storage too slow, buffer full' },
  clock_stepped: { zh: '本机时钟被拨动', en: 'the clock of this machine was set' },
  recorder_crashed: { zh: '录像服务异常退出', en: 'recorder ended unexpectedly' },
  recorder_stopped: { zh: '录像服务已停止', en: 'recorder was stopped' },
  recording_off: { zh: '人为停止录像', en: 'stopped by a person' },
  stop_approved: { zh: '经批准停录', en: 'stopped with approval' },
  recovery_loss: { zh: '异常退出前未写入硬盘的部分', en: 'not yet on disk when the recorder ended' },
} as const satisfies Readonly<Record<GapReason, { zh: string; en: string }>>;

const inLanguage = (language: 'zh' | 'en'): Record<GapReason, string> =>
  Object.fromEntries(Object.entries(gapReasonWords).map(([reason, words]) => [reason, words[language]])) as Record<GapReason, string>; // entries of a record of all reasons

export const gapReasonZh = inLanguage('zh');
export const gapReasonEn = inLanguage('en');
