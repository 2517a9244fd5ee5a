/**
 * People at work while processes are killed: each act that the server answered with success is noted with what must then exist for ever.
 * What was asked and not answered may exist or not; it is noted only where it explains a later state.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { LiveNotice } from '../../contract/live.ts';
import { Snapshot } from '../../contract/video.ts';
import { systemClock, wait } from '../../server/src/base/clock.ts';
import type { Account } from './product.ts';
import { ask, openLiveWindow, signIn, type LiveWindow, type Session } from './visitor.ts';

export interface Acknowledged {
  signedIn: { tokenHash: string; personId: string }[];
  signedOut: { tokenHash: string }[];
  renamed: { cameraId: string; name: string; order: number }[];
  snapshots: { snapshotId: string; sha256: string; personId: string }[];
  watching: { cameraId: string; since: number; personId: string }[];
  /** The window was told that its watching has ended. */
  unwatched: { cameraId: string; since: number; personId: string }[];
}

export interface Load {
  acknowledged: Acknowledged;
  /** Every name that was asked for, with its order: an unanswered one may stand in the row. */
  namesAsked: ReadonlyMap<string, number>;
  count(): number;
  stop(): Promise<void>;
}

export interface LoadOptions {
  /** The same through all restarts. */
  address: string;
  operator: Account;
  administrator: Account;
  cameraIds: readonly string[];
  random: (below: number) => number;
}

const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
/** A JPEG by its first bytes, different each time; nobody looks at it. */
const picture = (): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200)]);
const isWatching = (notice: LiveNotice): notice is Extract<LiveNotice, { op: 'watching' }> => notice.op === 'watching';
const isEnded = (notice: LiveNotice): notice is Extract<LiveNotice, { op: 'ended' }> => notice.op === 'ended';

/** Shared by the three kinds of work. */
class Desk {
  readonly acknowledged: Acknowledged = { signedIn: [], signedOut: [], renamed: [], snapshots: [], watching: [], unwatched: [] };
  readonly namesAsked = new Map<string, number>();
  readonly options: LoadOptions;
  #stopping = false;
  #source = 0;

  constructor(options: LoadOptions) {
    this.options = options;
  }
  stop(): void {
    this.#stopping = true;
  }
  isStopping(): boolean {
    return this.#stopping;
  }
  pause(fromMs: number, spreadMs: number): Promise<void> {
    return wait(systemClock, fromMs + this.options.random(spreadMs));
  }
  camera(): string {
    return this.options.cameraIds[this.options.random(this.options.cameraIds.length)] ?? '';
  }
  async signIn(person: Account): Promise<Session | null> {
    // Each from another desk: sign-ins that a kill cut off count as failed ones of their source.
    this.#source = (this.#source + 1) % 60_000;
    const session = await signIn(this.options.address, person, `127.${10 + (this.#source >> 8)}.${this.#source & 255}.1`);
    if (session !== null) this.acknowledged.signedIn.push({ tokenHash: tokenHash(session.token), personId: session.personId });
    else await this.pause(50, 100);
    return session;
  }
  async signOut({ token }: Session): Promise<void> {
    const answer = await ask(this.options.address, { method: 'DELETE', path: '/api/identity/session', token }).catch(() => null);
    if (answer?.status === 200 || answer?.status === 204) this.acknowledged.signedOut.push({ tokenHash: tokenHash(token) });
  }
}

/** Comes, takes a few pictures, goes. */
const takePictures = async (desk: Desk): Promise<void> => {
  while (!desk.isStopping()) {
    const session = await desk.signIn(desk.options.operator);
    if (session === null) continue;
    for (let left = 4; left > 0 && !desk.isStopping(); left -= 1) {
      const bytes = picture();
      const body = { cameraId: desk.camera(), frameAt: systemClock.now(), source: 'live', note: '', picture: bytes.toString('base64') };
      const answer = await ask(desk.options.address, { method: 'POST', path: '/api/video/snapshots', body, token: session.token }).catch(() => null);
      if (answer?.status === 200) {
        const { snapshotId, sha256 } = Snapshot.parse(answer.body);
        if (sha256 !== createHash('sha256').update(bytes).digest('hex')) throw new Error(`the snapshot ${snapshotId} has another hash than its picture`);
        desk.acknowledged.snapshots.push({ snapshotId, sha256, personId: session.personId });
      }
      await desk.pause(40, 120);
    }
    await desk.signOut(session);
  }
};

/** One after the other, so that the name that stands in the row can be judged. */
const renameCameras = async (desk: Desk): Promise<void> => {
  let session: Session | null = null;
  for (let order = 1; !desk.isStopping(); order += 1) {
    session ??= await desk.signIn(desk.options.administrator);
    if (session === null) continue;
    const cameraId = desk.camera();
    const name = `摄像机 ${order}`;
    desk.namesAsked.set(name, order);
    const answer = await ask(desk.options.address, { method: 'PATCH', path: `/api/video/cameras/${cameraId}`, body: { name }, token: session.token }).catch(() => null);
    if (answer?.status === 200 || answer?.status === 204) desk.acknowledged.renamed.push({ cameraId, name, order });
    if (answer?.status === 401) session = null;
    await desk.pause(120, 200);
  }
};

const watchOnce = async (desk: Desk, window: LiveWindow, personId: string, channel: number): Promise<void> => {
  const cameraId = desk.camera();
  const mine = window.next((notice): notice is Extract<LiveNotice, { op: 'watching' }> => isWatching(notice) && notice.channel === channel, 5_000);
  window.send({ op: 'watch', channel, cameraId });
  const began = await mine;
  if (began === null) return;
  const act = { cameraId, since: began.since, personId };
  desk.acknowledged.watching.push(act);
  await desk.pause(100, 500);
  const over = window.next((notice): notice is Extract<LiveNotice, { op: 'ended' }> => isEnded(notice) && notice.channel === channel, 5_000);
  window.send({ op: 'unwatch', channel });
  if ((await over)?.reason === 'unwatched') desk.acknowledged.unwatched.push(act);
};

const watchLive = async (desk: Desk): Promise<void> => {
  let channel = 0;
  while (!desk.isStopping()) {
    const session = await desk.signIn(desk.options.operator);
    if (session === null) continue;
    const window = await openLiveWindow(desk.options.address, session.token);
    for (let left = 20; window?.open === true && left > 0 && !desk.isStopping(); left -= 1) {
      channel = (channel + 1) % 60_000;
      await watchOnce(desk, window, session.personId, channel);
      await desk.pause(40, 120);
    }
    window?.close();
    await desk.pause(50, 100);
  }
};

export const startLoad = (options: LoadOptions): Load => {
  const desk = new Desk(options);
  const work = Promise.all([takePictures(desk), renameCameras(desk), watchLive(desk)]);
  let fault: unknown = null;
  work.catch((error: unknown) => (fault = error));
  return {
    acknowledged: desk.acknowledged,
    namesAsked: desk.namesAsked,
    count: () => {
      if (fault !== null) throw fault as Error;
      const lists: readonly (readonly unknown[])[] = Object.values(desk.acknowledged);
      return lists.reduce((sum, acts) => sum + acts.length, 0);
    },
    stop: async () => {
      desk.stop();
      await work;
    },
  };
};
