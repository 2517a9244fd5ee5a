/** Network UPS Tools over TCP (RFC 9271): LIST VAR, read bounded, and what it says of the supply. */
import { connect } from 'node:net';
import { secondMs } from '../../../base/units.ts';
import type { Sentence } from '../../../base/refusal.ts';

export type UpsAnswer = ReadonlyMap<string, string> | 'silent' | 'unknown_unit' | 'denied' | 'unreadable';

const mostBytes = 128 * 1_024;
const variable = /^VAR \S+ ([a-z0-9.]+) "((?:[^"\\]|\\.)*)"$/;

/** What came so far; null: not complete yet. Pure. */
export const readVariables = (text: string): UpsAnswer | null => {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const wrong = lines.find((line) => line.startsWith('ERR '));
  if (wrong !== undefined) return /^ERR (UNKNOWN-UPS|VAR-NOT-SUPPORTED|DRIVER-NOT-CONNECTED|DATA-STALE)/.test(wrong) ? (wrong.includes('UNKNOWN-UPS') ? 'unknown_unit' : 'silent') : 'denied';
  if (!lines.some((line) => line.startsWith('END LIST VAR '))) return text.length > mostBytes ? 'unreadable' : null;
  if (!lines[0]?.startsWith('BEGIN LIST VAR ')) return 'unreadable';
  return new Map(lines.flatMap((line): [string, string][] => {
    const found = variable.exec(line);
    return found === null ? [] : [[found[1] ?? '', (found[2] ?? '').replace(/\\(.)/g, '$1')]];
  }));
};

export const askUps = ({ host, port, unit }: { host: string; port: number; unit: string }, limitMs = 5 * secondMs): Promise<UpsAnswer> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect({ host, port });
    const done = (answer: UpsAnswer): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => done('silent'), limitMs);
    socket.once('connect', () => socket.write(`LIST VAR ${unit}\n`));
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      const read = readVariables(text);
      if (read !== null) done(read);
    });
    socket.once('error', () => done('silent'));
    socket.once('close', () => done('silent'));
  });

/** Flags of ups.status: OL on line, OB on battery, LB battery low, RB replace battery, OFF, OVER overload, FSD forced shutdown. */
const troubles: Readonly<Record<string, Sentence>> = {
  OB: { zh: '市电中断，正由电池供电', en: 'mains are gone, it runs on battery' }, LB: { zh: '电池电量低', en: 'battery is low' }, RB: { zh: '电池需更换', en: 'battery must be replaced' },
  OFF: { zh: '输出已关闭', en: 'output is off' }, OVER: { zh: '过载', en: 'overloaded' }, FSD: { zh: '即将关机', en: 'about to shut down' },
};

export const upsState = (variables: ReadonlyMap<string, string>): { seen: 'good' | 'bad' | 'unknown'; words: Sentence; charge: number | null } => {
  const flags = (variables.get('ups.status') ?? '').split(' ').filter((flag) => flag !== '');
  const charge = Number(variables.get('battery.charge') ?? Number.NaN);
  const runtime = Number(variables.get('battery.runtime') ?? Number.NaN);
  const found = flags.flatMap((flag) => troubles[flag] ?? []);
  const more: Sentence[] = [...(Number.isFinite(charge) ? [{ zh: `电量 ${charge}%`, en: `charge ${charge} %` }] : []), ...(Number.isFinite(runtime) ? [{ zh: `可供电 ${Math.floor(runtime / 60)} 分钟`, en: `lasts ${Math.floor(runtime / 60)} min` }] : [])];
  const said = [...(found.length === 0 ? [flags.includes('OL') ? { zh: '市电供电', en: 'on mains' } : { zh: '状态不明', en: 'state not told' }] : found), ...more];
  const words = { zh: said.map(({ zh }) => zh).join('，'), en: said.map(({ en }) => en).join(', ') };
  return { seen: found.length > 0 ? 'bad' : flags.includes('OL') ? 'good' : 'unknown', words, charge: Number.isFinite(charge) ? charge : null };
};
