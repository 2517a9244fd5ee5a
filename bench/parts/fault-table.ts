/** The table of faults and outcomes, for people. */
import type { Outcome } from './fault-outcome.ts';
import type { Seen } from './recorder-faults.ts';

export interface Row {
  fault: string;
  outcome?: Outcome;
  againS?: number;
  seen?: readonly Seen[];
  /** Empty: as it must be. */
  wrong?: readonly string[];
  leftOut?: string;
}

const cells = ({ fault, outcome, againS, seen = [], wrong, leftOut }: Row): string[] => {
  const missing = Object.entries(outcome?.missing ?? {}).filter(([, seconds]) => seconds > 0).map(([reason, seconds]) => `${reason} ${seconds} s`);
  const result = leftOut === undefined ? (wrong?.length === 0 ? '✓' : `✗ ${(wrong ?? []).join('; ')}`) : `跳过 left out: ${leftOut}`;
  return [fault, String(outcome?.acknowledgedLost ?? '–'), outcome === undefined ? '–' : missing.join(', ') || '0', String(outcome?.unexplainedMs ?? '–'), againS === undefined ? '–' : `${againS} s`, seen.map(({ what, value }) => `${what} ${value}`).join(', '), result];
};

export const tableOf = (rows: readonly Row[]): string => {
  const all = [['故障 fault', '已确认而丢失 acknowledged lost', '缺失(已说明) missing, named', '未说明 unexplained ms', '恢复 again after', '另见 also', '结果'], ...rows.map(cells)];
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0)));
  return all.map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ').trimEnd()).join('\n');
};
