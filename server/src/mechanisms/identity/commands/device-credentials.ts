/** The register of device passwords: listed, rotated, reported as known, taken from the list. What was typed is sealed at once and shown to nobody. */
import type { z } from 'zod';
import type { addCredential as addCredentialEndpoint, rotateCredential as rotateCredentialEndpoint } from '../../../../../contract/identity-people.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../caller.ts';
import { rulesNow, type IdentityContext } from '../context.ts';
import { answerDisclosures, insertDisclosure } from '../disclosure-store.ts';
import { insertCredential, insertDevicePassword, lockCredential, retireCredentialRow, type StoredCredential } from '../devices/device-store.ts';
import { isFactoryPassword } from '../devices/factory-passwords.ts';
import { rotateBy } from '../devices/findings.ts';
import { aboutPassword } from '../devices/look-at-devices.ts';
import { events } from '../events.ts';
import { judgePassword } from '../passwords/verdict.ts';
import { findPerson } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';

const strengthOf = async (password: string | null, about: { account: string; device: string }): Promise<number | null> => {
  if (password === null) return null;
  if (isFactoryPassword(password)) return 0;
  return (await judgePassword(password, { account: about.account, name: about.device, places: [] })).score;
};

interface Setting {
  credentialId: string;
  number: number;
  device: string;
  account: string;
  ownerId: string;
  password: string | null;
  score: number | null;
  since: Instant;
}

const setPassword = async (context: IdentityContext, tx: Tx, caller: Caller, setting: Setting): Promise<void> => {
  const { credentialId, number, ownerId, password, score, since, device, account } = setting;
  const now = context.clock.now();
  const owner = await findPerson(tx, ownerId, now);
  const unknown = identityRefusals('person_unknown');
  if (owner === null || !owner.active) throw identityRefusals('person_unknown', {}, { fields: [{ path: 'ownerId', ...unknown.sentence }] });
  const sealed = password === null ? null : context.sealer.seal(password, aboutPassword(credentialId, number));
  const signs = password === null ? 0 : Array.from(password).length;
  await insertDevicePassword(tx, { credentialId, number, ownerId, sealed, signs, score, since }, caller.personId);
  const { siteId, roomId } = caller;
  const body = { device, account, ownerId, ownerName: owner.name, signs, score, first: number === 1 };
  await context.ledger.append(tx, { event: events.devicePasswordSet, siteId, roomId, actor: actorOf(caller), subject: credentialId, body, at: now });
  const { devicePasswordMaxAgeDays } = await rulesNow(context, tx, caller);
  const dueAt = password === null ? null : rotateBy(since, devicePasswordMaxAgeDays);
  if (dueAt !== null) await context.rotationDue(tx, { credentialId, device, ownerId, siteId, roomId, setAt: since, dueAt });
};

const lock = async (tx: Tx, caller: Caller, credentialId: string): Promise<StoredCredential> => {
  const stored = await lockCredential(tx, caller.siteId, credentialId);
  if (stored === null) throw identityRefusals('credential_unknown');
  return stored;
};

export const addCredential = async (context: IdentityContext, caller: Caller, form: z.output<(typeof addCredentialEndpoint)['body']>): Promise<{ credentialId: string }> => {
  const { device, kind, account, ownerId, password } = form;
  const score = await strengthOf(password, form);
  const credentialId = newId('dcr', context.clock);
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    await insertCredential(tx, { credentialId, siteId: caller.siteId, device, kind, account }, caller.personId, now);
    await setPassword(context, tx, caller, { credentialId, number: 1, device, account, ownerId, password, score, since: Math.min(form.since ?? now, now) });
  });
  return { credentialId };
};

export const rotateCredential = async (context: IdentityContext, caller: Caller, credentialId: string, form: z.output<(typeof rotateCredentialEndpoint)['body']>): Promise<void> => {
  const { ownerId, password } = form;
  await context.database.transaction(async (tx) => {
    const stored = await lock(tx, caller, credentialId);
    const { device, account, number, sealed } = stored;
    const before = sealed === null ? null : context.sealer.open(sealed, aboutPassword(credentialId, number));
    const same = identityRefusals('password_same');
    if (password !== null && password === before) throw identityRefusals('password_same', {}, { fields: [{ path: 'password', ...same.sentence }] });
    const now = context.clock.now();
    await setPassword(context, tx, caller, { credentialId, number: number + 1, device, account, ownerId, password, score: await strengthOf(password, stored), since: now });
    await answerDisclosures(tx, { credentialId }, now);
  });
};

export const discloseCredential = (context: IdentityContext, caller: Caller, credentialId: string, text: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { device, account, ownerId } = await lock(tx, caller, credentialId);
    const now = context.clock.now();
    await insertDisclosure(tx, { disclosureId: newId('dis', context.clock), personId: null, credentialId, reportedBy: caller.personId, text }, now);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: events.devicePasswordDisclosed, siteId, roomId, actor: actorOf(caller), subject: credentialId, body: { device, account, text }, at: now });
    await context.rotationDue(tx, { credentialId, device, ownerId, siteId, roomId, setAt: now, dueAt: now });
  });

export const retireCredential = (context: IdentityContext, caller: Caller, credentialId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { device, account } = await lock(tx, caller, credentialId);
    const now = context.clock.now();
    await retireCredentialRow(tx, credentialId, caller.personId, now);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: events.deviceRetired, siteId, roomId, actor: actorOf(caller), subject: credentialId, body: { device, account }, at: now });
  });
