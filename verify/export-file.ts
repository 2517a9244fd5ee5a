/**
 * The export of a ledger: JSON lines, to be read once from front to back in little memory.
 * Header, all checkpoints, then the facts in order, each preceded by its private values. Bytes that are no UTF-8 stand as base64.
 */
import { parseStrict } from '../formats/canonical-json/index.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../formats/tlog/index.ts';
import type { CheckpointRecord } from './checkpoints.ts';
import type { FactRecord, PrivateRecord } from './chunk.ts';

export class ExportError extends Error {
  constructor(line: number, why: string) {
    super(`导出文件第 ${line} 行有误 / line ${line} of the export is wrong: ${why}`);
    this.name = 'ExportError';
  }
}

const longestLine = 16 * 1024 * 1024;

export const exportHeader = (siteId: string, withPrivates: boolean): string => JSON.stringify({ vigilLedger: 1, siteId, withPrivates });
export const checkpointLine = (record: CheckpointRecord): string => JSON.stringify({ checkpoint: { ordinal: record.ordinal, note: record.note } });
export const privateLine = ({ seq, path, salt, value }: PrivateRecord): string => JSON.stringify({ private: { seq, path, salt: salt === null ? null : toHex(salt), value } });
export const factLine = ({ seq, canonical }: FactRecord): string => {
  if (typeof canonical === 'string') return JSON.stringify({ seq, fact: canonical });
  try {
    return JSON.stringify({ seq, fact: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(canonical) });
  } catch {
    return JSON.stringify({ seq, bytes: toBase64(canonical) });
  }
};

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSeq = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const readCheckpointLine = (value: unknown): CheckpointRecord | null => {
  if (!isObject(value)) return null;
  const { ordinal, note } = value;
  return isSeq(ordinal) && typeof note === 'string' ? { ordinal, note, copies: null } : null;
};

const readPrivateLine = (value: unknown): PrivateRecord | null => {
  if (!isObject(value)) return null;
  const { seq, path, salt: hex, value: content } = value;
  if (!isSeq(seq) || typeof path !== 'string') return null;
  if (hex === null && content === null) return { seq, path, salt: null, value: null };
  const salt = typeof hex === 'string' ? fromHex(hex) : null;
  return salt === null || typeof content !== 'string' ? null : { seq, path, salt, value: content };
};

const readFactLine = ({ seq, fact, bytes }: Members): FactRecord | null => {
  if (!isSeq(seq)) return null;
  const canonical = typeof fact === 'string' ? fact : typeof bytes === 'string' ? fromBase64(bytes) : null;
  return canonical === null ? null : { seq, canonical, copies: null };
};

export interface OpenedExport {
  siteId: string;
  checkpoints: CheckpointRecord[];
  /** Filled while `facts` is read, always ahead of the fact that they belong to; null when the export has none. */
  privates: PrivateRecord[] | null;
  facts: AsyncIterable<FactRecord>;
}

interface Line {
  number: number;
  members: Members;
}

async function* readLines(lines: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    if (text.length > longestLine) throw new ExportError(number, 'too long');
    let value: unknown;
    try {
      value = parseStrict(text);
    } catch (error) {
      throw new ExportError(number, error instanceof Error ? error.message : 'not JSON');
    }
    if (!isObject(value)) throw new ExportError(number, 'not an object');
    yield { number, members: value };
  }
}

async function* readFacts(first: Line | null, rest: AsyncGenerator<Line>, privates: PrivateRecord[] | null): AsyncGenerator<FactRecord> {
  for (let line = first; line !== null; ) {
    const { number, members } = line;
    if (members['private'] !== undefined) {
      const row = readPrivateLine(members['private']);
      if (row === null || privates === null) throw new ExportError(number, 'private value');
      privates.push(row);
    } else {
      const fact = readFactLine(members);
      if (fact === null) throw new ExportError(number, 'neither fact nor private value');
      yield fact;
    }
    const next = await rest.next();
    line = next.done === true ? null : next.value;
  }
}

/** Reads header and checkpoints; the facts follow as they are asked for. Throws ExportError for a malformed file. */
export const openExport = async (source: AsyncIterable<string>): Promise<OpenedExport> => {
  const lines = readLines(source);
  const header = await lines.next();
  if (header.done === true) throw new ExportError(1, 'empty');
  const { vigilLedger, siteId, withPrivates } = header.value.members;
  if (vigilLedger !== 1 || typeof siteId !== 'string' || typeof withPrivates !== 'boolean') throw new ExportError(1, 'not an export of a ledger, version 1');
  const checkpoints: CheckpointRecord[] = [];
  let first: Line | null = null;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    if (next.value.members['checkpoint'] === undefined) {
      first = next.value;
      break;
    }
    const checkpoint = readCheckpointLine(next.value.members['checkpoint']);
    if (checkpoint === null) throw new ExportError(next.value.number, 'checkpoint');
    checkpoints.push(checkpoint);
  }
  const privates: PrivateRecord[] | null = withPrivates ? [] : null;
  return { siteId, checkpoints, privates, facts: readFacts(first, lines, privates) };
};
