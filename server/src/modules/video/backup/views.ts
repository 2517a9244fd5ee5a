/** The wide read for the screen of backups. */
import type { z } from 'zod';
import type { backupScreen, RestoreDrill } from '../../../../../contract/backup.ts';
import { questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { runDueAt } from './runs.ts';
import { lostFootage } from './restore.ts';
import { copyFigures, leftOut, troublesOf, unbackedRanges, type Drill } from './store.ts';
import { drillDueAt, knownNow } from './troubles.ts';
import { drillWords, faultWords, runWords, troubleWords, unbackedWords } from './words.ts';

const rangesShown = 200;
const noWords = { zh: '', en: '' };

export const drillView = (drill: Drill, by: string): RestoreDrill => ({
  drillId: drill.drillId, at: drill.at, by, camera: drill.camera, from: drill.from, until: drill.until, sizeBytes: drill.sizeBytes, tookMs: drill.tookMs, expected: drill.expected, found: drill.found, plays: drill.plays, outcome: drill.outcome, words: drillWords[drill.outcome] ?? noWords,
});

export const backupView = async (context: VideoContext, caller: Caller): Promise<z.input<typeof backupScreen.response>> => {
  const { database: { db }, clock } = context;
  const { siteId } = caller;
  const known = await knownNow(context, siteId);
  const { oldest, ...figures } = await copyFigures(db, siteId);
  const out = await leftOut(db, siteId);
  const names = await people.personNames(db, [...new Set([...out.map(({ personId }) => personId), ...known.drills.map(({ personId }) => personId), ...known.runs.flatMap(({ askedBy }) => (askedBy === null ? [] : [askedBy]))])]);
  const nameOf = (personId: string): string => names.get(personId) ?? '';
  const { place } = known;
  const rules = await context.register.rules(db, caller, clock.now());
  return {
    place: place === null ? null : { placeId: place.placeId, path: place.path, addedAt: place.addedAt, fault: place.fault === null ? null : (faultWords[place.fault] ?? noWords), faultSince: place.faultSince },
    copies: { ...figures, lagMs: oldest === null ? null : Math.max(0, known.now - oldest) },
    unbacked: (await unbackedRanges(db, siteId, rangesShown)).map(({ why, ...range }) => ({ ...range, why: unbackedWords[why] })),
    leftOut: out.map(({ personId, ...one }) => ({ ...one, by: nameOf(personId) })),
    runs: known.runs.map(({ runId, beganAt, endedAt, askedBy, file, sizeBytes, sha256, state, detail, checkedAt }) => ({ runId, beganAt, endedAt, by: askedBy === null ? null : nameOf(askedBy), file, sizeBytes, sha256, state, words: runWords[state] ?? noWords, detail, checkedAt })),
    drills: known.drills.map((one) => drillView(one, nameOf(one.personId))), drillDue: drillDueAt(known), runDue: place === null ? null : runDueAt(known.runs, place.addedAt, known.periodHours),
    troubles: (await troublesOf(db, siteId)).map(({ what, since }) => ({ what: troubleWords[what] ?? noWords, since })), lost: await lostFootage(db), periodHours: known.periodHours, drillDays: known.drillDays, apart: rules.flag('backup_target_independent'),
  };
};
