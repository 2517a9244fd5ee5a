/** Looks at the picture of each camera in its interval: key picture, worker, judgement, readings. A worker that dies costs one look. */
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { hourMs } from '../../base/units.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import { takeReadings } from './commands/take-readings.ts';
import type { HealthContext, Place } from './context.ts';
import { pictureFindings } from './controls.ts';
import type { Reading, State } from './device.ts';
import { events } from './events.ts';
import { pictureIntervalMs, pictureLimits } from './limits.ts';
import type { KnownCamera } from './look-recorder.ts';
import { judgePicture } from './picture/judge.ts';
import type { Measures } from './picture/measure.ts';
import { PictureCheck } from '../../../../contract/health.ts';
import { healthRefusals as refuse } from './refusals.ts';
import { insertReference, referencesOf } from './store.ts';
import { inOrder, noFfmpeg, notTold, pictureWords } from './words.ts';

type Seen = { measures: Measures; still: Buffer } | 'no_picture' | 'no_ffmpeg' | 'unreadable';

/** Gets and examines one picture; remembers whether there is a decoder. */
const createEye = ({ keyPicture, examine, log }: HealthContext) => {
  const eye = {
    unavailable: false,
    see: async (cameraId: string): Promise<Seen> => {
      const picture = await keyPicture(cameraId);
      if (picture === null) return 'no_picture';
      const examined = await examine(picture).catch((error: unknown) => {
        log.warn('the picture worker did not answer', { cameraId, error });
        return null;
      });
      if (examined === null) return 'unreadable';
      eye.unavailable = examined.outcome === 'no_ffmpeg';
      return examined.outcome === 'ok' ? examined : examined.outcome;
    },
  };
  return eye;
};

const untold = (seen: Exclude<Seen, object>) =>
  seen === 'no_ffmpeg' ? noFfmpeg : seen === 'no_picture' ? notTold('没有画面', 'there is no picture') : notTold('画面无法解码', 'the picture could not be decoded');

interface Keeping {
  caller: Caller;
  known: KnownCamera;
  seen: Seen;
  note: string;
}
/** "This is how it looks when it is right." */
const keepReference = async (context: HealthContext, { caller, known, seen, note }: Keeping): Promise<{ referenceId: string; still: string }> => {
  if (typeof seen === 'string') throw refuse(seen === 'no_ffmpeg' ? 'no_ffmpeg' : seen === 'no_picture' ? 'no_picture' : 'picture_unreadable');
  const still = await context.blobs.put(seen.still);
  const referenceId = newId('ref', context.clock);
  const { siteId, roomId, personId, name } = caller;
  const { cameraId, camera } = known;
  await context.database.transaction(async (tx) => {
    const at = context.clock.now();
    await insertReference(tx, { referenceId, roomId, cameraId, measures: seen.measures, still, note, keptAt: at, keptBy: personId });
    await context.ledger.append(tx, { event: events.referenceKept, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { referenceId, cameraId, camera, sha256: still, name, note }, at });
  });
  return { referenceId, still };
};

export const createPictureChecks = (context: HealthContext) => {
  const { clock, database, log } = context;
  const eye = createEye(context);
  /** Pictures of the last looks, newest first: only this process compares them, a restart begins anew. */
  const before = new Map<string, Measures[]>();
  const lookedAt = new Map<string, Instant>();
  const tally = { since: null as Instant | null, cameras: new Set<string>(), bad: 0, unreadable: 0 };

  const look = async (place: Place, { cameraId, camera }: KnownCamera): Promise<State[]> => {
    const device = { deviceId: cameraId, kind: 'camera' as const, name: camera };
    const seen = await eye.see(cameraId);
    const rules = await context.rules(database.db, place, clock.now());
    if (typeof seen === 'string') {
      tally.unreadable += seen === 'no_picture' ? 0 : 1;
      return takeReadings(context, place, PictureCheck.options.map((check): Reading => ({ device, check, seen: 'unknown', value: null, words: untold(seen) })));
    }
    const references = ((await referencesOf(database.db, [cameraId])).get(cameraId) ?? []).map(({ measures }) => measures);
    const limits = pictureLimits(rules);
    const earlier = before.get(cameraId) ?? [];
    const judged = pictureFindings.find(() => judgePicture(seen.measures, { references, before: earlier, limits }));
    before.set(cameraId, [seen.measures, ...earlier].slice(0, Math.max(1, limits.frozenPictures)));
    tally.bad += judged.filter(({ bad }) => bad).length;
    const still = judged.some(({ bad }) => bad) ? await context.blobs.put(seen.still) : null;
    const confirmations = rules.number('picture_confirmations');
    const readings = judged.map(({ check, bad, value, limit }): Reading => {
      if (bad) return { device, check, seen: 'bad', value, words: pictureWords(check, value, limit), still, confirmations: check === 'frozen' ? 1 : confirmations };
      if (value === null) return { device, check, seen: 'unknown', value, words: check === 'moved' && references.length === 0 ? notTold('没有基准画面', 'there is no reference picture') : notTold('画面内容不足或尚无可比画面', 'the picture shows too little, or there is none to compare with') };
      return { device, check, seen: 'good', value, words: inOrder, confirmations };
    });
    return takeReadings(context, place, readings);
  };

  const noteLooks = async (place: Place): Promise<void> => {
    const now = clock.now();
    tally.since ??= now;
    if (now - tally.since < hourMs || tally.cameras.size === 0) return;
    const body = { cameras: tally.cameras.size, bad: tally.bad, unreadable: tally.unreadable, from: tally.since, until: now };
    await database.transaction((tx) => context.ledger.append(tx, { event: events.picturesLooked, ...place, actor: serverActor, subject: place.roomId, body, at: now }));
    Object.assign(tally, { since: now, bad: 0, unreadable: 0 });
    tally.cameras.clear();
  };

  /** Camera after camera: never two decoders at once. */
  const run = async (): Promise<void> => {
    const place = await context.place(database.db);
    if (place === null) return;
    const intervalMs = pictureIntervalMs(await context.rules(database.db, place, clock.now()));
    const working = new Set(context.recorder()?.cameras.filter(({ state }) => state === 'recording').map(({ cameraId }) => cameraId) ?? []);
    const due = (await context.cameras(database.db, place.roomId)).filter(({ cameraId }) => working.has(cameraId) && clock.now() - (lookedAt.get(cameraId) ?? 0) >= intervalMs);
    const wasUnavailable = eye.unavailable;
    for (const known of due) {
      lookedAt.set(known.cameraId, clock.now());
      tally.cameras.add(known.cameraId);
      await look(place, known).catch((error: unknown) => log.warn('a picture could not be checked', { cameraId: known.cameraId, error }));
    }
    if (eye.unavailable && !wasUnavailable) await database.transaction((tx) => context.ledger.append(tx, { event: events.checksUnavailable, ...place, actor: serverActor, subject: place.roomId, body: { reason: noFfmpeg }, at: clock.now() }));
    await noteLooks(place);
  };

  const knownCamera = async (caller: Caller, cameraId: string): Promise<KnownCamera> => {
    const found = (await context.cameras(database.db, caller.roomId)).find((one) => one.cameraId === cameraId);
    if (found === undefined) throw refuse('camera_unknown');
    return found;
  };
  return {
    run,
    get unavailable() {
      return eye.unavailable;
    },
    lookNow: async (caller: Caller, cameraId: string): Promise<State[]> => look({ siteId: caller.siteId, roomId: caller.roomId }, await knownCamera(caller, cameraId)),
    keepReference: async (caller: Caller, cameraId: string, note: string) => {
      const known = await knownCamera(caller, cameraId);
      return keepReference(context, { caller, known, seen: await eye.see(cameraId), note });
    },
  };
};
