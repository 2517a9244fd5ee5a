/** What happens elsewhere when something happened to pictures: snapshots and suspicious marks stand in the duty log, an unknown receiver and a picture that is behind raise an alarm. */
import type { Sentence } from '../base/refusal.ts';
import type { Tx } from '../platform/postgres/db.ts';
import type { Act } from '../mechanisms/ledger/index.ts';
import { pictureBehindAlarm, receiverUnknown } from './machine-alarms.ts';
import type { ReactionParts } from './reaction.ts';

type Reaction = (parts: ReactionParts, tx: Tx, act: Act) => Promise<void>;

interface SnapshotFact {
  snapshotId: string;
  camera: string;
  frameAt: number;
  sha256: string;
  note: string;
}
interface MarkFact {
  bookmarkId: string;
  cameraId: string;
  camera: string;
  frameAt: number;
  kind: string;
  note: string;
}

const withNote = (words: Sentence, note: string): Sentence => (note === '' ? words : { zh: `${words.zh} · ${note}`, en: `${words.en} · ${note}` });

/** The beginning of a hash is enough to find it in the list; the whole one stands there and in the ledger. */
const shortHash = (sha256: string): string => sha256.slice(0, 12);

const line = async ({ note }: ReactionParts, tx: Tx, act: Act, entry: { text: Sentence; eventAt: number; subject: string; cameraId: string; source: 'person' | 'system' }): Promise<void> => {
  if (act.roomId === null) return;
  await note(tx, { siteId: act.siteId, roomId: act.roomId }, { type: 'event', actor: act.actor, needsWords: false, ...entry });
};

/** Without a note the line is the machine's: the snapshot still waits for a person's words. */
const snapshotTaken: Reaction = async (parts, tx, act) => {
  const { snapshotId, camera, frameAt, sha256, note } = act.body as SnapshotFact; // the ledger has let it through as the body of video.snapshot_taken
  const hash = shortHash(sha256);
  await line(parts, tx, act, { text: withNote({ zh: `抓拍 ${camera}（SHA-256 ${hash}…）`, en: `Snapshot of ${camera} (SHA-256 ${hash}…)` }, note), eventAt: Math.min(frameAt, act.at), subject: snapshotId, cameraId: act.subject, source: note === '' ? 'system' : 'person' });
};
const snapshotAnnotated: Reaction = async (parts, tx, act) => {
  const { snapshotId, camera, note } = act.body as SnapshotFact; // of video.snapshot_annotated: the same names
  await line(parts, tx, act, { text: withNote({ zh: `抓拍说明 ${camera}`, en: `Written to a snapshot of ${camera}` }, note), eventAt: act.at, subject: snapshotId, cameraId: act.subject, source: 'person' });
};
const bookmarkMade: Reaction = async (parts, tx, act) => {
  const { bookmarkId, cameraId, camera, frameAt, kind, note } = act.body as MarkFact; // of video.bookmark_made
  if (kind !== 'suspicious') return;
  await line(parts, tx, act, { text: withNote({ zh: `可疑情况 ${camera}`, en: `Suspicious: ${camera}` }, note), eventAt: Math.min(frameAt, act.at), subject: bookmarkId, cameraId, source: 'person' });
};

const receiverRefused: Reaction = async ({ alarms }, tx, act) => {
  if (act.roomId === null) return;
  const { name } = act.body as { name: string }; // of video.receiver_refused
  await alarms.raise(tx, { siteId: act.siteId, roomId: act.roomId, kind: receiverUnknown.kind, subject: act.actor.id, at: act.at, body: { name } });
};
const behind: Reaction = async ({ alarms }, tx, act) => {
  if (act.roomId === null) return;
  const { cameraId, camera, delayMs } = act.body as { cameraId: string; camera: string; delayMs: number }; // of video.picture_behind
  await alarms.raise(tx, { siteId: act.siteId, roomId: act.roomId, kind: pictureBehindAlarm.kind, subject: cameraId, cameraId, at: act.at, body: { camera, seconds: Math.round(delayMs / 100) / 10 } });
};
const inTime: Reaction = async ({ alarms }, tx, act) => alarms.clear(tx, { kind: pictureBehindAlarm.kind, subject: act.subject, at: act.at, note: '画面已恢复' });

export const videoReactions: Readonly<Record<string, Reaction>> = {
  'video.snapshot_taken': snapshotTaken, 'video.snapshot_annotated': snapshotAnnotated, 'video.bookmark_made': bookmarkMade, 'video.receiver_refused': receiverRefused, 'video.picture_behind': behind, 'video.picture_in_time': inTime,
};
