/** Health of disks as smartctl tells it (JSON). Parsing is pure; null fields where a disk does not say. */
import { z } from 'zod';
import { secondMs } from '../../../base/units.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { runPiped } from '../../../platform/process/piped.ts';

const Scan = z.object({ devices: z.array(z.object({ name: z.string().regex(/^\/dev\/[A-Za-z0-9/_-]{1,60}$/) })).optional() });
const Attribute = z.object({ id: z.int(), raw: z.object({ value: z.number() }) });
const Disk = z.object({
  model_name: z.string().optional(), serial_number: z.string().optional(), smart_status: z.object({ passed: z.boolean() }).optional(), temperature: z.object({ current: z.number() }).optional(),
  ata_smart_attributes: z.object({ table: z.array(Attribute) }).optional(),
  nvme_smart_health_information_log: z.object({ critical_warning: z.number().optional(), percentage_used: z.number().optional(), media_errors: z.number().optional() }).optional(),
});

export interface DiskHealth {
  device: string;
  name: string;
  seen: 'good' | 'bad' | 'unknown';
  words: Sentence;
  temperature: number | null;
}

const reallocated = 5;
const pending = 197;
const uncorrectable = 198;
const wornPercent = 90;

export const readDisk = (device: string, text: string): DiskHealth | null => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = Disk.safeParse(json);
  if (!read.success) return null;
  const { model_name: model = '', serial_number: serial = '', smart_status: status, temperature, ata_smart_attributes: ata, nvme_smart_health_information_log: nvme } = read.data;
  const raw = (id: number): number => ata?.table.find((one) => one.id === id)?.raw.value ?? 0;
  const worn = nvme?.percentage_used ?? 0;
  const errors = nvme?.media_errors ?? 0;
  const found: Sentence[] = [
    ...(status?.passed === false ? [{ zh: '硬盘自检不通过', en: 'the disk fails its own check' }] : []),
    ...(raw(pending) + raw(uncorrectable) > 0 ? [{ zh: `${raw(pending) + raw(uncorrectable)} 个扇区读不出`, en: `${raw(pending) + raw(uncorrectable)} sectors cannot be read` }] : []),
    ...(raw(reallocated) > 0 ? [{ zh: `已替换 ${raw(reallocated)} 个扇区`, en: `${raw(reallocated)} sectors replaced` }] : []),
    ...(errors > 0 ? [{ zh: `${errors} 次介质错误`, en: `${errors} media errors` }] : []),
    ...(worn >= wornPercent ? [{ zh: `寿命已用 ${worn}%`, en: `${worn} % worn` }] : []),
    ...((nvme?.critical_warning ?? 0) > 0 ? [{ zh: '硬盘发出严重警告', en: 'the disk gives a critical warning' }] : []),
  ];
  const isTold = status !== undefined || nvme !== undefined;
  const well: Sentence = isTold ? { zh: '自检通过', en: 'passes its own check' } : { zh: '硬盘没有报告健康状态', en: 'the disk does not tell its health' };
  const heat = temperature === undefined ? [] : [{ zh: `${temperature.current} ℃`, en: `${temperature.current} °C` }];
  const said = [...(found.length === 0 ? [well] : found), ...heat];
  return {
    device, name: [model, serial].filter((part) => part !== '').join(' ').slice(0, 80) || device, seen: found.length > 0 ? 'bad' : isTold ? 'good' : 'unknown', temperature: temperature?.current ?? null,
    words: { zh: said.map(({ zh }) => zh).join('，'), en: said.map(({ en }) => en).join(', ') },
  };
};

const limits = { limitMs: 20 * secondMs, mostBytes: 1_024 * 1_024 };

/** null: smartctl is not installed. A sleeping disk is not woken. */
export const askDisks = async (): Promise<DiskHealth[] | null> => {
  const scanned = await runPiped('smartctl', ['--json', '--scan'], limits);
  if (scanned.code === null) return null;
  const names = ((): string[] => {
    try {
      return Scan.parse(JSON.parse(scanned.outputs[0]?.toString() ?? '')).devices?.map(({ name }) => name) ?? [];
    } catch {
      return [];
    }
  })();
  const disks: DiskHealth[] = [];
  for (const name of names) {
    const told = await runPiped('smartctl', ['--json', '--info', '--health', '--attributes', '--nocheck=standby', name], limits);
    const disk = readDisk(name, told.outputs[0]?.toString() ?? '');
    if (disk !== null) disks.push(disk);
  }
  return disks;
};
