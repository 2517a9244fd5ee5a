/** Who must know and how they are reached: the matrix, the channels, the addresses. Secrets are sealed and never shown again. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/notifications.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { EventDeclaration } from '../../ledger/index.ts';
import { localHost } from '../channels/outside-address.ts';
import type { NotificationsContext } from '../context.ts';
import { targetNeeded } from '../controls.ts';
import { sealedAbout } from '../deliver.ts';
import { events } from '../events.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';
import { addAddress, addMatrixRow, addSetting, addSoundTest, findSetting } from '../settings-store.ts';

type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

const note = async <B extends z.ZodType>(context: NotificationsContext, tx: Tx, caller: Caller, event: EventDeclaration<B>, subject: string, body: z.input<B>): Promise<void> => {
  await context.ledger.append(tx, { event, siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject, body, at: context.clock.now() });
};

export const saveMatrixRow = async (context: NotificationsContext, tx: Tx, caller: Caller, row: Body<typeof contract.saveMatrixRow>): Promise<void> => {
  const kind = context.kinds.get(row.kind);
  if (kind === undefined || (kind.is === 'notice' && kind.to === 'given')) throw refuse('kind_unknown');
  const ladder = row.ladder.filter((rung) => rung.length > 0);
  targetNeeded.refuse(() => (row.targets.length === 0 ? refuse('target_missing', { ...kind.title }, { fields: [{ path: 'targets', ...refuse('target_missing', { ...kind.title }).sentence }] }) : null));
  if (row.channels.length === 0) throw refuse('channel_missing');
  const entry = { ...row, ladder, setAt: context.clock.now(), setBy: caller.personId };
  await addMatrixRow(tx, caller.siteId, entry);
  const { severity, targets, channels, answerSeconds } = row;
  await note(context, tx, caller, events.matrixChanged, row.kind, { kind: row.kind, severity, title: kind.title, targets, channels, answerSeconds, ladder });
};

export const saveMail = async (context: NotificationsContext, tx: Tx, caller: Caller, form: Body<typeof contract.saveMail>): Promise<void> => {
  const { password, ...settings } = form;
  const { siteId } = caller;
  const old = await findSetting(tx, siteId, 'mail');
  const was = old?.settings as { host?: string; user?: string | null } | undefined;
  // A stored password must not be sent to another server by whoever may change the host.
  if (password === undefined && old?.secretSealed != null && (was?.host !== settings.host || was.user !== settings.user)) throw refuse('password_again', {}, { fields: [{ path: 'password', ...refuse('password_again').sentence }] });
  const secretSealed = password === undefined ? (old?.secretSealed ?? null) : password === null ? null : context.sealer.seal(password, sealedAbout(siteId, 'mail'));
  await addSetting(tx, siteId, 'mail', { settings, secretSealed }, caller.personId, context.clock.now());
  await note(context, tx, caller, events.channelChanged, siteId, { channel: 'mail', host: `${settings.host}:${settings.port}`, user: settings.user ?? '', person: '', secretChanged: password !== undefined });
};

export const saveWebhook = async (context: NotificationsContext, tx: Tx, caller: Caller, form: Body<typeof contract.saveWebhook>): Promise<void> => {
  const { siteId } = caller;
  const url = new URL(form.url);
  const host = localHost(url);
  if (!context.allowLocal && host !== null) throw refuse('address_local', { host }, { fields: [{ path: 'url', ...refuse('address_local', { host }).sentence }] });
  const old = await findSetting(tx, siteId, 'webhook');
  const secretSealed = form.key === undefined ? (old?.secretSealed ?? null) : context.sealer.seal(form.key, sealedAbout(siteId, 'webhook'));
  if (secretSealed === null) throw refuse('key_needed', {}, { fields: [{ path: 'key', ...refuse('key_needed').sentence }] });
  await addSetting(tx, siteId, 'webhook', { settings: { url: form.url }, secretSealed }, caller.personId, context.clock.now());
  await note(context, tx, caller, events.channelChanged, siteId, { channel: 'webhook', host: url.host, user: '', person: '', secretChanged: form.key !== undefined });
};

export const saveConfidential = async (context: NotificationsContext, tx: Tx, caller: Caller, personId: string): Promise<void> => {
  const name = (await context.people.names(tx, [personId])).get(personId);
  if (name === undefined) throw refuse('person_unknown');
  await addSetting(tx, caller.siteId, 'confidential', { settings: { personId }, secretSealed: null }, caller.personId, context.clock.now());
  await note(context, tx, caller, events.channelChanged, caller.siteId, { channel: 'confidential', host: '', user: '', person: name, secretChanged: false });
};

export const saveAddress = async (context: NotificationsContext, tx: Tx, caller: Caller, personId: string, address: string): Promise<void> => {
  const name = (await context.people.names(tx, [personId])).get(personId);
  if (name === undefined) throw refuse('person_unknown');
  await addAddress(tx, personId, address, caller.personId, context.clock.now());
  await note(context, tx, caller, events.addressChanged, personId, { name, address });
};

/** The answer is a fact each time: a console that fell silent in the middle of a shift shows it. */
export const noteSoundTest = async (context: NotificationsContext, tx: Tx, caller: Caller, heard: boolean): Promise<void> => {
  await addSoundTest(tx, { sessionId: caller.sessionId, personId: caller.personId, heard }, context.clock.now());
  await note(context, tx, caller, events.soundTested, caller.roomId, { name: caller.name, heard, outcome: heard ? 'heard' : 'not_heard' });
  await context.tellScreens(tx, 'notifications.alarms');
};

