/** Findings whose deadline has passed: each is told once, to who sees to it and to those above; unanswered it climbs. */
import { minuteMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { dueCharges, lockFinding, noteChargeFired, type Charge } from './charge-store.ts';
import { appendAbout, processActor, type ObligationsContext } from './context.ts';
import { findingsOverdue } from './controls.ts';
import { findingOverdue } from './events.ts';
import { findFindingById } from './evidence-store.ts';
import { namingOf } from './names.ts';
import { anyOfRoles } from './role-words.ts';
import { lockObligation } from './store.ts';

const noticedInTimeMs = 2 * minuteMs;
const atOnce = 100;

const fire = async (context: ObligationsContext, tx: Tx, charge: Charge, now: number): Promise<void> => {
  await lockFinding(tx, charge.findingId);
  if (!(await noteChargeFired(tx, charge, now))) return;
  const finding = await findFindingById(tx, charge.findingId);
  if (finding === null || finding.closed !== null) return;
  const obligation = await lockObligation(tx, finding.obligationId);
  if (obligation === null) throw new Error(`finding ${charge.findingId} has no obligation`);
  const { ownerId, ownerRoles, dueAt } = charge;
  const owner = ownerId === null ? anyOfRoles(ownerRoles).zh : (await namingOf(tx, [ownerId]))(ownerId).name;
  const firedLateMs = now - dueAt > noticedInTimeMs ? now - dueAt : null;
  const body = {
    findingId: finding.findingId, kind: obligation.kind, field: finding.field, what: { ...finding.what }, owner, ownerRoles: [...ownerRoles], dueAt, firedLateMs, fired: firedLateMs === null ? ('in_time' as const) : ('late' as const),
  };
  for (const roles of findingsOverdue.find(() => [ownerRoles])) {
    await appendAbout(context, tx, obligation, { event: findingOverdue, actor: processActor, at: dueAt, body });
    await context.tellFinding(tx, { what: 'finding_overdue', finding, obligation, ownerId, roles, dueAt, at: now });
  }
};

/** Answers how many had come. */
export const sweepFindings = async (context: ObligationsContext): Promise<number> => {
  const { clock, database } = context;
  let fired = 0;
  for (;;) {
    const due = await dueCharges(database.db, clock.now(), atOnce);
    for (const charge of due) await database.transaction((tx) => fire(context, tx, charge, clock.now()));
    fired += due.length;
    if (due.length < atOnce) return fired;
  }
};
