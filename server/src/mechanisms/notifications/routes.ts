/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/notifications.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { guarded, signedIn } from '../identity/index.ts';
import { acknowledgeAlarm, closeAlarm } from './commands/answer-alarm.ts';
import { pressOneKey, reportConfidentially } from './commands/operator-acts.ts';
import { shelveAlarm, unshelveAlarm } from './commands/shelve-alarm.ts';
import { answerNotice } from './commands/send-notice.ts';
import { noteSoundTest, saveAddress, saveConfidential, saveMail, saveMatrixRow, saveWebhook } from './commands/settings.ts';
import { testChannel } from './commands/test-channel.ts';
import type { NotificationsContext } from './context.ts';
import { alarmHistory, alarmHistoryFile } from './history.ts';
import { alarmTrail, channelsView, listAlarms, matrixView, myNotices } from './views.ts';

export const notificationsRoutes = (context: NotificationsContext) => {
  /** One act, one transaction. */
  const done = async (work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await context.database.transaction(work);
    return {};
  };
  return [
    guarded(contract.listAlarms, 'notifications.alarms.see', async (_call, caller) => listAlarms(context, caller)),
    guarded(contract.alarmHistory, 'notifications.alarms.history', async ({ query }, caller) => alarmHistory(context, caller, query)),
    guarded(contract.alarmHistoryFile, 'notifications.alarms.history', async ({ query }, caller) => alarmHistoryFile(context, caller, query)),
    guarded(contract.alarmTrail, 'notifications.alarms.history', async ({ params }, caller) => alarmTrail(context, caller, params.alarmId)),
    guarded(contract.acknowledgeAlarm, 'notifications.alarms.acknowledge', async ({ params, body }, caller) => done((tx) => acknowledgeAlarm(context, tx, caller, params.alarmId, body.text))),
    guarded(contract.shelveAlarm, 'notifications.alarms.shelve', async ({ params, body }, caller) => done((tx) => shelveAlarm(context, tx, caller, params.alarmId, body))),
    guarded(contract.unshelveAlarm, 'notifications.alarms.shelve', async ({ params, body }, caller) => done((tx) => unshelveAlarm(context, tx, caller, params.alarmId, body.text))),
    guarded(contract.closeAlarm, 'notifications.alarms.acknowledge', async ({ params, body }, caller) => done((tx) => closeAlarm(context, tx, caller, params.alarmId, body))),
    guarded(contract.oneKeyAlarm, 'notifications.alarms.raise', async ({ body }, caller) => ({ alarmId: await context.database.transaction((tx) => pressOneKey(context, tx, caller, body)) })),
    guarded(contract.soundTest, 'notifications.sound.test', async ({ body }, caller) => done((tx) => noteSoundTest(context, tx, caller, body.heard))),
    signedIn(contract.myNotices, async (_call, caller) => myNotices(context, caller)),
    signedIn(contract.answerNotice, async ({ params, body }, caller) => done((tx) => answerNotice(context, tx, caller, params.noticeId, body.text))),
    signedIn(contract.reportConfidentially, async ({ body }, caller) => done((tx) => reportConfidentially(context, tx, caller, body.text))),
    guarded(contract.matrix, 'notifications.matrix.see', async (_call, caller) => matrixView(context, caller)),
    guarded(contract.saveMatrixRow, 'notifications.matrix.change', async ({ body }, caller) => done((tx) => saveMatrixRow(context, tx, caller, body))),
    guarded(contract.channels, 'notifications.channels.see', async (_call, caller) => channelsView(context, caller)),
    guarded(contract.saveMail, 'notifications.channels.change', async ({ body }, caller) => done((tx) => saveMail(context, tx, caller, body))),
    guarded(contract.saveWebhook, 'notifications.channels.change', async ({ body }, caller) => done((tx) => saveWebhook(context, tx, caller, body))),
    guarded(contract.saveConfidential, 'notifications.confidential.set', async ({ body }, caller) => done((tx) => saveConfidential(context, tx, caller, body.personId))),
    guarded(contract.saveAddress, 'notifications.channels.change', async ({ params, body }, caller) => done((tx) => saveAddress(context, tx, caller, params.personId, body.address))),
    guarded(contract.testChannel, 'notifications.channels.change', async ({ body }, caller) => testChannel(context, caller, body.channel, body.address)),
  ];
};
