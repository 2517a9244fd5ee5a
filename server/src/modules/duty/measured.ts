/** What the machine knows of the open shift, section by section. */
import type { SectionName } from '../../../../contract/duty.ts';
import type { Sentence } from '../../base/refusal.ts';
import { questions as alarms } from '../../mechanisms/notifications/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { DutyContext } from './context.ts';
import { measuredSections } from './controls.ts';
import { entriesOf } from './entry-store.ts';
import { measuredOf, sectionNames } from './sections.ts';
import type { Shift } from './shift-store.ts';
import { openThreads } from './thread-store.ts';

const mostFireLines = 20;

export const measuredNow = async (context: DutyContext, db: Db, shift: Shift): Promise<Record<SectionName, Sentence[]>> => {
  const now = context.clock.now();
  const { roomId, openedAt } = shift;
  const telemetry = await context.telemetry(db, shift, openedAt, now);
  const raised = await alarms.alarmsBetween(db, roomId, openedAt, now + 1);
  const counts = {
    alarms: raised.length,
    waiting: (await alarms.unacknowledged(db, roomId)).length,
    openFaults: (await openThreads(db, roomId)).filter(({ kind }) => kind !== 'serious').map(({ what }) => what),
    fire: (await entriesOf(db, roomId, { shiftId: shift.shiftId, type: 'fire_panel', limit: mostFireLines })).map(({ text }) => text).reverse(),
  };
  const of = (section: SectionName): Sentence[] => [...measuredSections.find(() => measuredOf(section, telemetry, counts, now))];
  return Object.fromEntries(sectionNames.map((section) => [section, of(section)])) as Record<SectionName, Sentence[]>; // entries of all names
};
