/** What the items of the daily check of equipment would be answered with, from the states of this moment. Pure. */
import type { z } from 'zod';
import type { SelfCheckItem } from '../../../../contract/health.ts';
import type { Sentence } from '../../base/refusal.ts';
import { selfCheckNames } from './controls.ts';
import type { State } from './device.ts';
import { checkWords } from './words.ts';

export type Item = z.infer<typeof SelfCheckItem>;

interface Asked {
  /** Item of the form inspection.daily that it fills in. */
  key: string;
  title: Sentence;
  concerns: (state: State) => boolean;
}

const pictures: ReadonlySet<string> = new Set(['black', 'bright', 'covered', 'blurred', 'moved', 'colour_cast', 'noise', 'frozen']);

/** Form of the packs that these items stand in. */
export const selfCheckForm = 'inspection.daily';

const items: readonly Asked[] = [
  { key: 'field_devices', title: { zh: '外场设备在终端上的状态', en: 'Field devices as shown on the terminals' }, concerns: ({ device, check }) => device.kind === 'camera' && check === 'offline' },
  { key: 'system_data', title: { zh: '监控系统各项数据', en: 'Data of the monitoring system' }, concerns: ({ device, check }) => check === 'clock' || check === 'frame_rate' || check === 'bit_rate' || device.kind === 'machine' || device.kind === 'time_server' },
  { key: 'display_contents', title: { zh: '录像机、监视器显示内容', en: 'Contents shown by recorders and monitors' }, concerns: ({ check }) => pictures.has(check) },
  { key: 'working_state', title: { zh: '录像机、监视器工作状态', en: 'Working state of recorders and monitors' }, concerns: ({ device }) => ['recorder', 'storage', 'disk', 'ups', 'poller'].includes(device.kind) },
];

/** Cameras that show a picture now. */
export const readingsOf = (states: readonly State[]): { key: string; value: number }[] => [{ key: 'cameras_shown', value: states.filter(({ device, check, state }) => device.kind === 'camera' && check === 'offline' && state === 'good').length }];

/** `states`: what is too old says unknown, unless it was bad. */
export const selfCheckOf = (states: readonly State[]): Item[] =>
  items.map(({ key, title, concerns }) => {
    const asked = states.filter(concerns);
    const bad = selfCheckNames.find(() => asked.filter(({ state }) => state === 'bad'));
    const untold = asked.filter(({ state }) => state === 'unknown');
    const well: Sentence = { zh: `${asked.length - bad.length - untold.length} 项正常${untold.length > 0 ? `，${untold.length} 项无法判断` : ''}`, en: `${asked.length - bad.length - untold.length} in order${untold.length > 0 ? `, ${untold.length} cannot be told` : ''}` };
    const named: Sentence = { zh: bad.map(({ device, words }) => `${device.name}：${words.zh}`).join('；'), en: bad.map(({ device, words }) => `${device.name}: ${words.en}`).join('; ') };
    return {
      key, title, inOrder: bad.length === 0, isTold: asked.length > 0 && untold.length === 0, words: bad.length === 0 ? well : named, devices: [...new Set(bad.map(({ device, check }) => `${device.name} · ${checkWords[check].zh}`))],
      stills: [...new Set(bad.flatMap(({ still }) => (still === null ? [] : [still])))].slice(0, 8),
    };
  });
