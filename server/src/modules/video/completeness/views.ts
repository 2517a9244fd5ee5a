/** Completeness as people see it: the month of all cameras, and the statement of one day with what verifies it. */
import { Temporal } from 'temporal-polyfill';
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { z } from 'zod';
import type { completenessMonth, DayStatement } from '../../../../../contract/completeness.ts';
import { gapReasonWords } from '../../../../../contract/gap-words.ts';
import { questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { dayOf, reckonCamera, spanOf } from './close-day.ts';
import { percentOf, type DayGap } from './reckon.ts';
import { camerasDue, statementOf, statementsBetween, type Statement } from './store.ts';

const unknownWords = { zh: '原因未知', en: 'reason unknown' };
const unapprovedWords = { zh: '停录没有对应的批准', en: 'stopped, and no approval is on record' };
const spkiOfEd25519 = Buffer.from('302a300506032b6570032100', 'hex');

const wordsOf = ({ reason, approved }: DayGap) => (reason === 'stop_approved' && !approved ? unapprovedWords : ((gapReasonWords as Readonly<Record<string, { zh: string; en: string }>>)[reason] ?? unknownWords));

export const monthView = async (context: VideoContext, caller: Caller, asked: string | undefined): Promise<z.input<typeof completenessMonth.response>> => {
  const { database: { db }, clock } = context;
  const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
  const today = dayOf(clock.now(), timeZone);
  const month = asked ?? today.slice(0, 7);
  const begin = Temporal.PlainYearMonth.from(month);
  const days = Array.from({ length: begin.daysInMonth }, (_, index) => begin.toPlainDate({ day: index + 1 }).toString());
  const rules = await context.register.rules(db, caller, clock.now());
  const targetPercent = rules.number('recording_completeness_target_percent');
  const made = new Map((await statementsBetween(db, caller.siteId, days[0] ?? today, days.at(-1) ?? today)).map((one) => [`${one.cameraId} ${one.day}`, one]));
  const cameras = (await camerasDue(db, caller.siteId)).filter((one) => one.roomId === caller.roomId).map(({ cameraId, camera }) => {
    const statements = days.map((day) => made.get(`${cameraId} ${day}`) ?? null);
    const cells = statements.map((one) => {
      const percent = one === null ? null : percentOf(one);
      return one === null || percent === null ? null : { percent, gaps: one.gaps };
    });
    const sum = (what: 'expectedMs' | 'recordedMs' | 'approvedMs'): number => statements.reduce((total, one) => total + (one?.[what] ?? 0), 0);
    return { cameraId, camera, cells, percent: percentOf({ expectedMs: sum('expectedMs'), recordedMs: sum('recordedMs'), approvedMs: sum('approvedMs') }) };
  });
  return { month, days, today, targetPercent, cameras, below: cameras.filter(({ percent }) => percent !== null && percent < targetPercent).length };
};

const isWhole = ({ statement, digest, signature, publicKey }: Statement): boolean => {
  const bytes = Buffer.from(statement);
  const key = createPublicKey({ key: Buffer.concat([spkiOfEd25519, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' });
  return createHash('sha256').update(bytes).digest('hex') === digest && verify(null, bytes, key, Buffer.from(signature, 'hex'));
};

export const dayView = async (context: VideoContext, caller: Caller, cameraId: string, day: string): Promise<DayStatement> => {
  const { database: { db }, clock } = context;
  const place = await people.place(db);
  const camera = (await camerasDue(db, caller.siteId)).find((one) => one.cameraId === cameraId && one.roomId === caller.roomId);
  if (camera === undefined || place === null) throw refuse('camera_unknown');
  const site = place.site.name;
  const span = spanOf(day, place.site.timeZone);
  const kept = await statementOf(db, cameraId, day);
  if (kept !== null) {
    const { gaps } = JSON.parse(kept.statement) as { gaps: DayGap[] }; // what stated() wrote
    const { siteId, ...shown } = kept;
    return { ...shown, camera: camera.camera, percent: percentOf(kept), gaps: gaps.map((gap) => ({ ...gap, words: wordsOf(gap) })), verified: isWhole({ ...shown, siteId }), site };
  }
  // A day that goes on: as far as it has come.
  const now = clock.now();
  const reckoning = await reckonCamera(db, camera, { from: span.from, until: Math.max(span.from, Math.min(span.until, now)) });
  return {
    cameraId, camera: camera.camera, ...span, revision: 0, expectedMs: reckoning.expectedMs, recordedMs: reckoning.recordedMs, approvedMs: reckoning.approvedMs, percent: percentOf(reckoning), gaps: reckoning.gaps.map((gap) => ({ ...gap, words: wordsOf(gap) })),
    closedAt: null, digest: null, signature: null, publicKey: null, statement: null, verified: null, site,
  };
};
