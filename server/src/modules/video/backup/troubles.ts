/** What is wrong with copies and backups now, decided purely from what is known, told when it begins and when it is over. */
import type { Instant } from '../../../base/clock.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { theRecorder } from '../store.ts';
import { termsNow } from '../storage/terms.ts';
import { copiesInTime, copyFaultsTold, drillsInTime, runsInTime } from './controls.ts';
import { backupSound, backupTroubled } from './events.ts';
import { deleteTrouble, drillsOf, insertTrouble, oldestFootage, oldestUnbacked, placeOf, runsOf, troublesOf, type CopyPlace, type Drill, type Run } from './store.ts';
import { faultWords } from './words.ts';

/** A drill and a backup are wanted where a regulation in force says so; where none does the screen says what is due, and nothing rings. */
export interface Known {
  siteId: string; now: Instant; place: CopyPlace | null; oldest: Instant | null; behind: readonly { cameraId: string; camera: string; until: Instant }[]; runs: readonly Run[]; drills: readonly Drill[];
  periodHours: number; drillDays: number; wanted: boolean;
}

export interface Wrong {
  what: string; subject: string; about: string;
}

/** From when a period counts before anything was done: the folder, or the first footage. */
export const countsFrom = ({ place, oldest }: Pick<Known, 'place' | 'oldest'>): Instant | null => place?.addedAt ?? oldest;

export const runOverdue = (known: Known): boolean => {
  const from = known.runs.find(({ state }) => state === 'good' || state === 'deleted')?.endedAt ?? countsFrom(known);
  return from !== null && known.now - from > known.periodHours * hourMs;
};
export const drillDueAt = (known: Pick<Known, 'drills' | 'place' | 'oldest' | 'drillDays'>): Instant | null => {
  const from = known.drills.find(({ outcome }) => outcome === 'equal')?.at ?? countsFrom(known);
  return from === null ? null : from + known.drillDays * dayMs;
};

export const wrongNow = (known: Known): Wrong[] => {
  const { siteId, now, place, behind, runs, drills, periodHours, wanted } = known;
  const site = (what: string, about = ''): Wrong => ({ what, subject: siteId, about });
  const due = drillDueAt(known);
  const [lastRun] = runs.filter(({ state }) => state !== 'running');
  const [lastDrill] = drills;
  const late = copiesInTime.find(() => behind.filter(({ until }) => now - until > periodHours * hourMs).map(({ cameraId, camera }) => ({ what: 'copies_behind', subject: cameraId, about: camera })));
  const faults = copyFaultsTold.find(() => [...(place?.fault == null ? [] : [site('place_fault', faultWords[place.fault]?.zh ?? place.fault)]), ...(lastRun?.state === 'failed' ? [site('run_failed')] : [])]);
  const missed = runsInTime.find(() => ((place !== null || wanted) && runOverdue(known) ? [site('run_missed')] : []));
  const overdue = drillsInTime.find(() => ((place !== null || wanted) && due !== null && now > due ? [site('drill_overdue')] : []));
  const found = [...(runs.some(({ state }) => state === 'damaged') && lastRun?.state === 'damaged' ? [site('run_damaged')] : []), ...(lastDrill !== undefined && lastDrill.outcome !== 'equal' ? [site('drill_failed', lastDrill.camera)] : [])];
  const absent = place === null && wanted && known.oldest !== null && now - known.oldest > periodHours * hourMs ? [site('no_place')] : [];
  return [...absent, ...late, ...faults, ...missed, ...overdue, ...found];
};

export const knownNow = async (context: VideoContext, siteId: string): Promise<Known> => {
  const { database: { db }, clock } = context;
  const now = clock.now();
  const { rules } = await termsNow(context, db, siteId, now);
  return {
    siteId, now, place: await placeOf(db, siteId), oldest: await oldestFootage(db), behind: await oldestUnbacked(db, siteId), runs: await runsOf(db, siteId, 50), drills: await drillsOf(db, siteId, 20),
    periodHours: rules?.number('backup_period_hours') ?? 24, drillDays: rules?.number('restore_test_period_days') ?? 90, wanted: rules !== null && rules.get('backup_period_hours').clause !== null,
  };
};

/** One look: what began and what is over, each as a fact. */
export const lookForTroubles = async (context: VideoContext): Promise<void> => {
  const { database, ledger } = context;
  const recorder = await theRecorder(database.db);
  if (recorder === null) return;
  const { siteId } = recorder;
  const known = await knownNow(context, siteId);
  const wanted = wrongNow(known);
  await database.transaction(async (tx) => {
    const before = await troublesOf(tx, siteId);
    const is = (a: { what: string; subject: string }, b: { what: string; subject: string }): boolean => a.what === b.what && a.subject === b.subject;
    const told = (one: { what: string; subject: string }, about: string) => ({ siteId, roomId: null, actor: serverActor, subject: `${one.what} ${one.subject}`, body: { what: one.what, about }, at: known.now });
    for (const one of wanted.filter((wrong) => !before.some((old) => is(old, wrong)))) {
      await insertTrouble(tx, siteId, { ...one, since: known.now });
      await ledger.append(tx, { ...told(one, one.about), event: backupTroubled });
    }
    for (const one of before.filter((old) => !wanted.some((wrong) => is(old, wrong)))) {
      await deleteTrouble(tx, siteId, one);
      await ledger.append(tx, { ...told(one, ''), event: backupSound });
    }
  });
};
