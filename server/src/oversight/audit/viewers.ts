/** Who saw a camera, or what it recorded, in a span: live, in playback, as a snapshot. For a leak: everybody who could have made the picture. */
import type { z } from 'zod';
import type { Viewer } from '../../../../contract/audit.ts';
import type { Instant } from '../../base/clock.ts';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { AuditContext, AuditPerson } from './context.ts';
import { viewersKnown } from './controls.ts';
import { longestWatchMs } from './watermark.ts';

type ViewerRow = z.input<typeof Viewer>;

interface Span {
  from: Instant;
  until: Instant;
}

const pageSize = 1_000;
const kinds = ['video.watch_began', 'video.watch_ended', 'video.footage_watched', 'video.snapshot_taken', 'video.snapshot_seen'];

const numberIn = (body: ToldFact['body'], key: string): number | null => {
  const value = body[key];
  return typeof value === 'number' ? value : null;
};
const textIn = (body: ToldFact['body'], key: string): string => {
  const value = body[key];
  return typeof value === 'string' ? value : '';
};

const overlaps = (one: Span, span: Span): boolean => one.from < span.until && one.until > span.from;

interface Seen extends Span {
  how: ViewerRow['how'];
  open: boolean;
}

const intervalsOf = (fact: ToldFact): Span[] => {
  const { intervals } = fact.body;
  if (!Array.isArray(intervals)) return [];
  return intervals.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('from' in one) || !('until' in one)) return [];
    return typeof one.from === 'number' && typeof one.until === 'number' ? [{ from: one.from, until: one.until }] : [];
  });
};

/** What of the camera's time somebody saw by this fact. Live: the time of the watching; playback and pictures: the time that they show. */
const seenBy = (fact: ToldFact, ended: ReadonlyMap<string, number>, now: Instant): Seen[] => {
  switch (fact.kind) {
    case 'video.watch_began': {
      const from = numberIn(fact.body, 'from') ?? fact.at;
      const until = ended.get(textIn(fact.body, 'watchedId'));
      return [{ how: 'live', from, until: until ?? now, open: until === undefined }];
    }
    case 'video.footage_watched':
      return intervalsOf(fact).map((interval) => ({ how: 'playback', ...interval, open: false }));
    case 'video.snapshot_taken': {
      const frameAt = numberIn(fact.body, 'frameAt') ?? fact.at;
      return [{ how: 'snapshot', from: frameAt, until: frameAt + 1, open: false }];
    }
    default:
      return [];
  }
};

/** Somebody who looks at another's snapshot sees the moment of its picture. */
const pictureTimes = (facts: readonly ToldFact[]): ReadonlyMap<string, number> =>
  new Map(facts.filter(({ kind }) => kind === 'video.snapshot_taken').map((fact) => [textIn(fact.body, 'snapshotId'), numberIn(fact.body, 'frameAt') ?? fact.at]));

const factsOf = async (context: AuditContext, db: Db, siteId: string, cameraId: string, from: Instant): Promise<ToldFact[]> => {
  const all: ToldFact[] = [];
  for (let before: number | undefined; ; ) {
    // Playback of that span may come at any later time, so there is no end.
    const page = await context.questions.facts(db, { siteId, kinds, subject: cameraId, from, before, limit: pageSize });
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return all;
    before = last.seq;
  }
};

export const viewersOf = async (context: AuditContext, db: Db, ask: { siteId: string; cameraId: string; from: Instant; until: Instant; now: Instant }): Promise<ViewerRow[]> => {
  const facts = await factsOf(context, db, ask.siteId, ask.cameraId, ask.from - longestWatchMs);
  const ended = new Map(facts.filter(({ kind }) => kind === 'video.watch_ended').map((fact) => [textIn(fact.body, 'watchedId'), numberIn(fact.body, 'until') ?? fact.at]));
  const pictures = pictureTimes(facts);
  const people = new Map((await context.people(db)).map((person) => [person.personId, person]));
  const personOf = (id: string): AuditPerson => people.get(id) ?? { personId: id, name: id, staffNumber: '' };
  const found = facts.flatMap((fact): ViewerRow[] => {
    if (fact.actor.kind !== 'person') return [];
    const pictureAt = fact.kind === 'video.snapshot_seen' ? pictures.get(textIn(fact.body, 'snapshotId')) : undefined;
    const seen: Seen[] = pictureAt === undefined ? seenBy(fact, ended, ask.now) : [{ how: 'snapshot', from: pictureAt, until: pictureAt + 1, open: false }];
    return seen.filter((one) => overlaps(one, ask)).map((one) => ({ person: personOf(fact.actor.id), how: one.how, from: one.from, until: one.open ? null : one.until, seq: fact.seq }));
  });
  return [...viewersKnown.find(() => found)];
};
