/** An important position that nobody looked at rings; it is over with the next look. */
import { z } from 'zod';
import { declareAlarmKind } from '../../mechanisms/notifications/index.ts';

export const positionMissed = declareAlarmKind({
  kind: 'rounds.position_missed', title: { zh: '重点部位漏看', en: 'Important position not looked at' }, class: 'duty', tell: ['shift_leader'], clearsItself: true, clauses: ['BRN-8.1', 'COR-3.3.1', 'SAF-5.1.2'],
  body: z.object({ position: z.string(), minutes: z.int() }), sentence: ({ position, minutes }) => ({ zh: `“${position}”${minutes} 分钟内没有巡看`, en: `"${position}" was not looked at for ${minutes} minutes` }),
});
export const roundsKinds = [positionMissed] as const;
