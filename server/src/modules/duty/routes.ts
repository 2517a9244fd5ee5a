/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/duty.ts';
import { guarded, questions as people } from '../../mechanisms/identity/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { answerSection, closeShift, reviewShift } from './commands/close-shift.ts';
import { relieve, signOff, signOn } from './commands/posts.ts';
import { addStep, openByPerson } from './commands/threads.ts';
import { addAddendum, addEntry } from './commands/write-log.ts';
import type { DutyContext } from './context.ts';
import { registerCsvText } from './register-csv.ts';
import { dutyView, entriesView, readRegister, shiftsView } from './views.ts';

export const dutyRoutes = (context: DutyContext) => {
  const { database } = context;
  const done = async (work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await database.transaction(work);
    return {};
  };
  return [
    guarded(contract.duty, 'duty.log.see', async (_call, caller) => dutyView(context, caller)),
    guarded(contract.entries, 'duty.log.see', async ({ query }, caller) => entriesView(context, caller, query)),
    guarded(contract.shifts, 'duty.log.see', async (_call, caller) => shiftsView(context, caller)),
    guarded(contract.addEntry, 'duty.log.write', async ({ body }, caller) => ({ entryId: await database.transaction((tx) => addEntry(context, tx, caller, body)) })),
    guarded(contract.addAddendum, 'duty.log.write', async ({ params, body }, caller) => ({ entryId: await database.transaction((tx) => addAddendum(context, tx, caller, params.entryId, body)) })),
    guarded(contract.answerSection, 'duty.log.write', async ({ params, body }, caller) => done((tx) => answerSection(context, tx, caller, params.section, body))),
    guarded(contract.signOn, 'duty.post.take', async ({ params, source }, caller) => done((tx) => signOn(context, tx, caller, params.postId, source))),
    guarded(contract.signOff, 'duty.post.take', async ({ params }, caller) => done((tx) => signOff(context, tx, caller, params.postId))),
    guarded(contract.relieve, 'duty.post.relieve', async ({ params, body }, caller) => done((tx) => relieve(context, tx, caller, params.postId, body))),
    guarded(contract.closeShift, 'duty.shift.close', async ({ body }, caller) => database.transaction((tx) => closeShift(context, tx, caller, body.remark))),
    guarded(contract.reviewShift, 'duty.shift.review', async ({ params, body }, caller) => done((tx) => reviewShift(context, tx, caller, params.shiftId, body.remark))),
    guarded(contract.openFault, 'duty.fault.report', async ({ body }, caller) => ({ threadId: await database.transaction((tx) => openByPerson(context, tx, caller, { ...body, kind: 'fault' })) })),
    guarded(contract.openSerious, 'duty.serious.manage', async ({ body }, caller) => ({ threadId: await database.transaction((tx) => openByPerson(context, tx, caller, { ...body, kind: 'serious' })) })),
    guarded(contract.addThreadStep, 'duty.fault.report', async ({ params, body }, caller) => done((tx) => addStep(context, tx, caller, params.threadId, body))),
    guarded(contract.register, 'duty.register.read', async ({ query }, caller) => readRegister(context, caller, query.from, query.until, 'screen')),
    guarded(contract.registerCsv, 'duty.register.read', async ({ query }, caller) => {
      const register = await readRegister(context, caller, query.from, query.until, 'csv');
      const place = await people.place(database.db);
      const body = registerCsvText(register, place?.site.timeZone ?? 'UTC');
      return { contentType: 'text/csv; charset=utf-8', headers: { 'content-disposition': 'attachment; filename="vigil-f2.csv"' }, body };
    }),
  ];
};
