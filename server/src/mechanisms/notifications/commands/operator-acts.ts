/** What a person at the console does with one key or one line: raise an alarm that says where and when by itself, report in confidence. */
import { z } from 'zod';
import type { OneKeyClass } from '../../../../../contract/notifications.ts';
import { newId } from '../../../base/ids.ts';
import { secondMs } from '../../../base/units.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { NotificationsContext } from '../context.ts';
import { oneKey } from '../controls.ts';
import { confidentialReport, oneKeyKinds } from '../operator-kinds.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';
import { findSetting } from '../settings-store.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { sendNotice } from './send-notice.ts';

/** Clocks of browsers may run ahead a little. */
const aheadMs = 5 * secondMs;

export interface OneKey {
  class: OneKeyClass;
  cameraId: string | null;
  at?: Instant | undefined;
  text: string;
}

export const pressOneKey = async (context: NotificationsContext, tx: Tx, caller: Caller, press: OneKey): Promise<string> => {
  const now = context.clock.now();
  const at = press.at ?? now;
  if (at > now + aheadMs) throw refuse('time_wrong');
  const camera = press.cameraId === null ? null : await context.cameraName(tx, caller.roomId, press.cameraId);
  if (press.cameraId !== null && camera === null) throw refuse('camera_unknown');
  const { kind } = oneKeyKinds[press.class];
  // Where it happened and who says so come with the key; the rule keeps them on the alarm.
  const prefilled = oneKey.find(() => [{ cameraId: press.cameraId, at: Math.min(at, now), operator: caller.name }])[0] ?? { cameraId: null, at: now, operator: '' };
  const body = { operator: prefilled.operator, camera: prefilled.cameraId === null ? null : camera, text: press.text };
  // Each press is an alarm of its own: two fires are two.
  const subject = newId('key', context.clock);
  return raiseAlarm(context, tx, { kind, siteId: caller.siteId, roomId: caller.roomId, subject, body, at: prefilled.at, cameraId: prefilled.cameraId, by: actorOf(caller) });
};

const Principal = z.object({ personId: z.string() });

export const principalOf = async (db: Db, siteId: string): Promise<string | null> => {
  const setting = await findSetting(db, siteId, 'confidential');
  return setting === null ? null : Principal.parse(setting.settings).personId;
};

export const reportConfidentially = async (context: NotificationsContext, tx: Tx, caller: Caller, text: string): Promise<void> => {
  const principal = await principalOf(tx, caller.siteId);
  if (principal === null) throw refuse('no_principal');
  const { siteId, roomId } = caller;
  await sendNotice(context, tx, { kind: confidentialReport.kind, siteId, roomId, subject: newId('cfd', context.clock), body: {}, secret: text, to: { personIds: [principal] }, by: actorOf(caller) });
};
