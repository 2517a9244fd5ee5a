/** What still stands between a shift and its closing, by name: blank sections, events without words, bare snapshots, a serious event. */
import type { SectionName } from '../../../../contract/duty.ts';
import type { Sentence } from '../../base/refusal.ts';
import { minuteMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { DutyContext } from './context.ts';
import { sectionsFilled, snapshotNotes, wordsForEvents } from './controls.ts';
import { wantingWords, writtenAbout } from './entry-store.ts';
import { blankSections, sectionRules } from './sections.ts';
import { answersOf, type Shift } from './shift-store.ts';
import { openThreads } from './thread-store.ts';

const quoted = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Whole minutes and people's own words: a clock of seconds says nothing here. */
const agoMinutes = (at: number, now: number): number => Math.max(0, Math.round((now - at) / minuteMs));

/** Snapshots of the shift that nobody has written a word about. */
export const bareOf = async (context: DutyContext, db: Db, { roomId, openedAt }: Pick<Shift, 'roomId' | 'openedAt'>): Promise<{ snapshotId: string; camera: string; takenAt: number }[]> => {
  const bare = await context.bareSnapshots(db, roomId, openedAt, context.clock.now());
  const written = await writtenAbout(db, roomId, bare.map(({ snapshotId }) => snapshotId));
  return bare.filter(({ snapshotId }) => !written.has(snapshotId));
};

export const missingOf = async (context: DutyContext, db: Db, shift: Shift): Promise<Sentence[]> => {
  const now = context.clock.now();
  const { roomId, shiftId } = shift;
  const answered = new Set<string>((await answersOf(db, shiftId)).map(({ section }) => section));
  const blank = sectionsFilled.find(() => blankSections(answered)).map((section: SectionName): Sentence => ({ zh: `栏目“${sectionRules[section].title.zh}”空白`, en: `section "${sectionRules[section].title.en}" is blank` }));
  const silent = await wantingWords(db, roomId, shiftId);
  const words = wordsForEvents.find(() => silent).map((entry): Sentence => ({ zh: `第 ${entry.number} 条没有文字说明（${quoted(entry.text.zh)}）`, en: `line ${entry.number} has no words of a person (${quoted(entry.text.en)})` }));
  const bare = await bareOf(context, db, shift);
  const snapshots = snapshotNotes
    .find(() => bare)
    .map(({ camera, takenAt }): Sentence => ({ zh: `${camera} ${agoMinutes(takenAt, now)} 分钟前的抓拍没有说明`, en: `the snapshot of ${camera} ${agoMinutes(takenAt, now)} min ago has no note` }));
  const serious = (await openThreads(db, roomId)).filter(({ kind }) => kind === 'serious').map(({ what }): Sentence => ({ zh: `重大事件“${what}”没有结束`, en: `the serious event "${what}" is open` }));
  return [...blank, ...words, ...snapshots, ...serious];
};
