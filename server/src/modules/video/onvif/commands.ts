/** Search, test and add by ONVIF. Each is a recorded act; no password is in any fact or answer. */
import type { FoundDevice, OnvifReport, RegisterFields } from '../../../../../contract/cameras.ts';
import { secondMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { addCamera } from '../commands/add-camera.ts';
import { sealedAddress } from '../camera-address.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { networkSearched, onvifTested } from '../register/events.ts';
import { refuse } from '../register/refusals.ts';
import { insertOnvif, onvifRows } from '../register/store.ts';
import { shownAddress } from '../shown-address.ts';
import { cameraLabel } from '../camera.ts';
import { camerasOfRoom } from '../store.ts';
import { readServiceAddress, type ServiceAddress } from './address.ts';
import { byArea, lookByOnvif, type OnvifLogin, type OnvifLook } from './device.ts';
import { discover } from './discover.ts';
import { onvifSentences } from './sentences.ts';

const searchMs = 4 * secondMs;
const nothing = { clockOffsetMs: null, device: null, streams: [], ptz: false, events: false, direction: null };

export interface OnvifGiven extends OnvifLogin {
  serviceUrl: string;
}

export const searchNetwork = async (context: VideoContext, caller: Caller): Promise<{ devices: FoundDevice[]; tookMs: number }> => {
  const { clock, allowLocal, database, ledger } = context;
  const began = clock.monotonic();
  const found = await discover({ clock, allowLocal, waitMs: searchMs });
  if (found === null) throw refuse('search_failed');
  const cameras = await camerasOfRoom(database.db, caller.roomId);
  const rows = await onvifRows(database.db, cameras.map(({ cameraId }) => cameraId));
  const known = (host: string): string | null => {
    const camera = cameras.find((one) => (URL.canParse(one.shownUrl) && new URL(one.shownUrl).hostname === host) || (rows.get(one.cameraId)?.serviceUrl.includes(`//${host}`) ?? false));
    return camera === undefined ? null : cameraLabel(camera);
  };
  const { siteId, roomId } = caller;
  await database.transaction((tx) => ledger.append(tx, { event: networkSearched, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { found: found.length }, at: clock.now() }));
  return { devices: found.map((one) => ({ ...one, known: known(one.host) })), tookMs: Math.round(clock.monotonic() - began) };
};

const look = async (context: VideoContext, given: OnvifGiven): Promise<{ address: ServiceAddress | null; seen: OnvifLook }> => {
  const address = readServiceAddress(given.serviceUrl, context.allowLocal);
  if (typeof address === 'string') return { address: null, seen: { outcome: address, tookMs: 0, ...nothing } };
  return { address, seen: await lookByOnvif(address, given, { clock: context.clock, allowLocal: context.allowLocal }) };
};

const recordTest = async (context: VideoContext, caller: Caller, address: ServiceAddress | null, outcome: string): Promise<void> => {
  const { siteId, roomId } = caller;
  await context.database.transaction((tx) =>
    context.ledger.append(tx, { event: onvifTested, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { address: address === null ? '-' : shownAddress(address.url), outcome }, at: context.clock.now() }),
  );
};

export const testOnvif = async (context: VideoContext, caller: Caller, given: OnvifGiven): Promise<OnvifReport> => {
  const { address, seen } = await look(context, given);
  await recordTest(context, caller, address, seen.outcome);
  const [main, ...others] = byArea(seen.streams);
  const { outcome, tookMs, clockOffsetMs, device, ptz, events } = seen;
  return {
    outcome, tookMs, clockOffsetMs, device, ptz, events, ...onvifSentences[outcome], main: main?.token ?? null, sub: others.at(-1)?.token ?? null,
    streams: seen.streams.map((stream) => ({ ...stream, url: shownAddress(stream.url) })),
  };
};

export interface OnvifCamera extends OnvifGiven {
  name: string;
  number?: number | undefined;
  fields: RegisterFields;
}

/** Looks again, adds the largest stream for recording and the smallest as sub stream, and keeps where the camera looks now as approved. */
export const addOnvifCamera = async (context: VideoContext, caller: Caller, given: OnvifCamera): Promise<string> => {
  const { address, seen } = await look(context, given);
  const [main, ...others] = byArea(seen.streams);
  if (address === null || main === undefined || seen.device === null) throw refuse('onvif_failed', { ...onvifSentences[seen.outcome] });
  const { username, password, name, number, fields } = given;
  const { device, ptz, events, direction, clockOffsetMs, outcome } = seen;
  const sub = others.at(-1);
  return context.database.transaction(async (tx) => {
    const sealedSub = sub === undefined ? null : sealedAddress(context.sealer, 'sub stream', sub.url);
    const entry = { fields, asRegulated: true, ...(sealedSub?.addressSealed == null ? {} : { sub: { shownUrl: sealedSub.shownUrl, sealed: sealedSub.addressSealed } }) };
    const cameraId = await addCamera(context, tx, caller, { url: main.url, username, password, name, number, entry }, actorOf(caller));
    await insertOnvif(tx, {
      cameraId, serviceUrl: address.url, ...device, profileToken: main.token, ptz, events, approved: direction, seen: direction, clockOffsetMs, checkedAt: context.clock.now(), outcome, movedSince: null, clockWrongSince: null,
    });
    return cameraId;
  });
};
