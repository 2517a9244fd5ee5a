/** Jobs that ask time servers, power supplies and disks. Each answers for itself: one that hangs costs its own place. */
import type { Instant } from '../../base/clock.ts';
import { secondMs } from '../../base/units.ts';
import type { HealthContext, Place } from './context.ts';
import { clockFindings } from './controls.ts';
import { takeReadings } from './commands/take-readings.ts';
import type { Device, Reading } from './device.ts';
import { maxAgeMs, streamLimits } from './limits.ts';
import { askUps, upsState } from './protocols/nut.ts';
import { askDisks, type DiskHealth } from './protocols/smart.ts';
import { askTime } from './protocols/sntp.ts';
import { sourcesOf, type SourceRow } from './store.ts';
import { inOrder, noSmartctl, notTold, offsetWords } from './words.ts';

export const sourcesEveryMs = 30 * secondMs;

export interface MachineClock {
  /** This machine's clock minus the server's, ms. */
  offsetMs: number;
  server: string;
  at: Instant;
}

const machine = ({ roomId }: Place): Device => ({ deviceId: `machine/${roomId}`.slice(0, 64), kind: 'machine', name: '监控主机' });
const offline = (device: Device, zh: string, en: string): Reading => ({ device, check: 'offline', seen: 'bad', value: null, words: { zh, en }, confirmations: 2 });
/** A name that resolves to nothing, or to this machine where that is not allowed. */
const unreachable = (device: Device): Reading => offline(device, '地址解析不到，或是不允许使用的本机地址', 'its address cannot be resolved, or is one of this machine, which is not allowed');

export const createSources = (context: HealthContext) => {
  const { clock, database } = context;
  let measured: MachineClock | null = null;

  const askServer = async (source: SourceRow): Promise<{ readings: Reading[]; offsetMs: number | null }> => {
    const device: Device = { deviceId: source.sourceId, kind: 'time_server', name: source.name };
    const host = await context.resolve(source.host);
    if (host === null) return { readings: [unreachable(device)], offsetMs: null };
    const answer = await askTime(clock, { ...source, host });
    if (answer === 'silent') return { readings: [offline(device, '时间服务器没有应答', 'the time server does not answer')], offsetMs: null };
    if (answer === 'not_synchronised') return { readings: [offline(device, '时间服务器自身没有校时', 'the time server is not synchronised itself')], offsetMs: null };
    return { readings: [{ device, check: 'offline', seen: 'good', value: null, words: inOrder }], offsetMs: answer.offsetMs };
  };
  const askSupply = async (source: SourceRow): Promise<Reading[]> => {
    const device: Device = { deviceId: source.sourceId, kind: 'ups', name: source.name };
    const host = await context.resolve(source.host);
    const answer = host === null ? 'no_address' : await askUps({ ...source, host });
    if (answer === 'no_address') return [unreachable(device), { device, check: 'power', seen: 'unknown', value: null, words: notTold('电源的地址不能使用', 'the address of the supply cannot be used') }];
    if (answer === 'unknown_unit') return [offline(device, '电源服务器上没有这个名称', 'the power server knows no supply of this name')];
    if (typeof answer === 'string') return [offline(device, '电源没有应答', 'the power supply does not answer'), { device, check: 'power', seen: 'unknown', value: null, words: notTold('电源没有应答', 'the power supply does not answer') }];
    const { seen, words, charge } = upsState(answer);
    return [{ device, check: 'offline', seen: 'good', value: null, words: inOrder }, { device, check: 'power', seen, value: charge, words }];
  };

  const askAll = async (): Promise<void> => {
    const place = await context.place(database.db);
    if (place === null) return;
    const sources = await sourcesOf(database.db, place.roomId);
    const readings: Reading[] = [];
    const offsets: { offsetMs: number; server: string }[] = [];
    await Promise.all(sources.map(async (source) => {
      if (source.kind === 'ups') return void readings.push(...(await askSupply(source)));
      const asked = await askServer(source);
      readings.push(...asked.readings);
      if (asked.offsetMs !== null) offsets.push({ offsetMs: asked.offsetMs, server: source.name });
      return undefined;
    }));
    // The middle one: one server that lies does not move the room's time.
    const middle = offsets.sort((a, b) => a.offsetMs - b.offsetMs)[Math.floor((offsets.length - 1) / 2)];
    const now = clock.now();
    const allowed = streamLimits(await context.rules(database.db, place, now)).clockOffsetMs;
    if (middle !== undefined) {
      measured = { ...middle, at: now };
      const off = offsetWords(middle.offsetMs);
      const isWrong = clockFindings.find(() => (Math.abs(middle.offsetMs) > allowed ? [true] : [])).length > 0;
      const words = isWrong ? { zh: `本机时间${off.zh}（${middle.server}）`, en: `this machine's clock is ${off.en} (${middle.server})` } : off;
      readings.push({ device: machine(place), check: 'clock', seen: isWrong ? 'bad' : 'good', value: middle.offsetMs / secondMs, words });
    } else if (sources.some(({ kind }) => kind === 'time_server')) {
      readings.push({ device: machine(place), check: 'clock', seen: 'unknown', value: null, words: notTold('没有时间服务器应答', 'no time server answers') });
    }
    if (readings.length > 0) await takeReadings(context, place, readings);
  };

  const diskReading = ({ device, name, seen, words, temperature }: DiskHealth): Reading => ({ device: { deviceId: device.slice(0, 64), kind: 'disk', name }, check: 'disk_health', seen, value: temperature, words });
  const askDisksNow = async (): Promise<void> => {
    const place = await context.place(database.db);
    if (place === null) return;
    const disks = await askDisks();
    const none: Reading = { device: machine(place), check: 'disk_health', seen: 'unknown', value: null, words: disks === null ? noSmartctl : notTold('没有可读取的硬盘', 'no disk can be read') };
    await takeReadings(context, place, disks === null || disks.length === 0 ? [none] : disks.map(diskReading));
  };

  return {
    askAll,
    askDisks: askDisksNow,
    /** Null: no server answered lately. */
    clock: async (): Promise<MachineClock | null> => {
      const place = await context.place(database.db);
      if (place === null || measured === null) return null;
      const limit = maxAgeMs(await context.rules(database.db, place, clock.now()));
      return clock.now() - measured.at > limit + sourcesEveryMs ? null : measured;
    },
  };
};
export type Sources = ReturnType<typeof createSources>;
