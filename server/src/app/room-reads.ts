/** Events of the app layer itself: reading the register of facts is an act like any other. */
import { z } from 'zod';
import { declareEvent } from '../mechanisms/ledger/index.ts';

export const ledgerRead = declareEvent({
  kind: 'room.ledger_read',
  body: z.object({ kind: z.string().nullable(), subject: z.string().nullable(), fromSeq: z.int(), untilSeq: z.int(), count: z.int() }),
  sentence: { zh: '查阅账本第 {fromSeq} 至 {untilSeq} 条', en: 'Facts {fromSeq} to {untilSeq} of the ledger read' },
});
export const serverStarted = declareEvent({
  kind: 'room.server_started',
  body: z.object({ version: z.string() }),
  sentence: { zh: '服务启动（版本 {version}）', en: 'Server started (version {version})' },
});
export const serverStopped = declareEvent({
  kind: 'room.server_stopped',
  body: z.object({}),
  sentence: { zh: '服务有序停止', en: 'Server stopped in order' },
});
export const roomEvents = [ledgerRead, serverStarted, serverStopped] as const;
