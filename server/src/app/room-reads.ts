/** Events of the app layer itself. */
import { z } from 'zod';
import { declareEvent } from '../mechanisms/ledger/index.ts';

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
export const roomEvents = [serverStarted, serverStopped] as const;
