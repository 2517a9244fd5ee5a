/** All listed devices with what is wrong about their passwords: for the list, and for the look that is due each week. */
import type { DeviceCredential } from '../../../../../contract/identity-people.ts';
import { dayMs } from '../../../base/units.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { serverActor } from '../../ledger/index.ts';
import { rulesNow, type IdentityContext } from '../context.ts';
import { devicePasswords } from '../controls.ts';
import { events } from '../events.ts';
import { findPlace } from '../people-store.ts';
import { credentialsOf, insertScan, lastScanOf, type StoredCredential } from './device-store.ts';
import { findingsOf, rotateBy } from './findings.ts';

export const aboutPassword = (credentialId: string, number: number): string => `${credentialId} ${number}`;

const open = (context: IdentityContext, { sealed, credentialId, number }: StoredCredential): string | null =>
  sealed === null ? null : context.sealer.open(sealed, aboutPassword(credentialId, number));

export const lookAtDevices = async (context: IdentityContext, db: Db, place: { siteId: string; roomId: string }): Promise<DeviceCredential[]> => {
  const { devicePasswordMaxAgeDays: maxAgeDays } = await rulesNow(context, db, place);
  const now = context.clock.now();
  return (await credentialsOf(db, place.siteId)).map((stored) => {
    const { credentialId, device, kind, account, ownerId, ownerName, signs, score, since } = stored;
    const findings = devicePasswords.find(() => findingsOf({ ...stored, password: open(context, stored) }, maxAgeDays, now));
    return { credentialId, device, kind, account, ownerId, ownerName, signs, score, since, rotateBy: stored.sealed === null ? null : rotateBy(since, maxAgeDays), findings: [...findings] };
  });
};

/** Swept each minute; does something once in the period of the rules. */
export const scanDevices = async (context: IdentityContext, tx: Tx): Promise<void> => {
  const place = await findPlace(tx);
  if (place === null) return;
  const { siteId, roomId } = place.room;
  const rules = await rulesNow(context, tx, { siteId, roomId });
  const now = context.clock.now();
  const last = await lastScanOf(tx, siteId);
  if (last !== null && now - last < rules.devicePasswordScanDays * dayMs && now >= last) return;
  const devices = await lookAtDevices(context, tx, { siteId, roomId });
  if (devices.length === 0) return;
  const found = devices.filter((device) => device.findings.length > 0);
  await insertScan(tx, { siteId, devices: devices.length, found: found.length }, now);
  const body = { devices: devices.length, found: found.map(({ device, account, ownerId, findings }) => ({ device, account, ownerId, findings })), clauses: [...rules.clauses] };
  await context.ledger.append(tx, { event: events.devicesScanned, siteId, roomId, actor: serverActor, subject: siteId, body, at: now });
};
