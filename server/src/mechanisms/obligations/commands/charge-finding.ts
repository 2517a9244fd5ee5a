/** Who sees to a finding, until when: by its kind when it is made, by a person later. */
import type { z } from 'zod';
import type { chargeFinding } from '../../../../../contract/obligations.ts';
import type { Instant } from '../../../base/clock.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { serverActor, type Actor } from '../../ledger/index.ts';
import { lockFinding, setCharge, type Charge } from '../charge-store.ts';
import { appendAbout, type ObligationsContext } from '../context.ts';
import { findingsHaveOwner } from '../controls.ts';
import { findingCharged } from '../events.ts';
import { findFinding, type Finding } from '../evidence-store.ts';
import { doers } from '../verbs.ts';
import type { Obligation } from '../obligation.ts';
import { placeOf } from '../place.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { anyOfRoles } from '../role-words.ts';
import { findObligation } from '../store.ts';
import { whenText } from '../when-text.ts';

const longestDays = 366;

const charge = async (context: ObligationsContext, tx: Tx, made: { finding: Finding; obligation: Obligation; charge: Omit<Charge, 'number' | 'firedAt' | 'findingId'>; owner: string; actor: Actor; name: string; now: Instant }): Promise<void> => {
  const { finding, obligation, owner, actor, name, now } = made;
  const { ownerId, ownerRoles, dueAt } = made.charge;
  await setCharge(tx, { ...made.charge, findingId: finding.findingId }, now);
  const due = whenText(dueAt, (await placeOf(context, tx, obligation.roomId)).timeZone);
  const body = { findingId: finding.findingId, kind: obligation.kind, field: finding.field, what: { ...finding.what }, name, owner, ownerRoles: [...ownerRoles], dueAt, due };
  await appendAbout(context, tx, obligation, { event: findingCharged, actor, at: now, body });
  await context.tellFinding(tx, { what: 'finding_charged', finding, obligation, ownerId, roles: ownerRoles, dueAt, at: now });
};

/** In the act that found them: nothing is found that is nobody's. */
export const chargeFound = async (context: ObligationsContext, tx: Tx, obligation: Obligation, findings: readonly Finding[]): Promise<void> => {
  if (findings.length === 0) return;
  const now = context.clock.now();
  const rules = await context.rules(tx, obligation, now);
  const ownerRoles = context.kinds.get(obligation.kind)?.findingOwners ?? (['technician'] as const);
  const dueAt = now + rules.number('finding_limit_hours') * hourMs;
  for (const finding of findingsHaveOwner.find(() => [...findings])) {
    await charge(context, tx, { finding, obligation, charge: { ownerId: null, ownerRoles, dueAt, setBy: serverActor.id }, owner: anyOfRoles(ownerRoles).zh, actor: serverActor, name: '', now });
  }
};

export const chargeByPerson = (context: ObligationsContext, caller: Caller, findingId: string, form: z.output<(typeof chargeFinding)['body']>): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    await lockFinding(tx, findingId);
    const finding = await findFinding(tx, caller.roomId, findingId);
    if (finding === null) throw refuse('finding_unknown');
    if (finding.closed !== null) throw refuse('finding_closed', { name: '' });
    const owner = (await context.peopleWith(tx, caller, doers, now)).find(({ personId }) => personId === form.personId);
    if (owner === undefined) throw refuse('owner_unknown', {}, { fields: [{ path: 'personId', ...refuse('owner_unknown').sentence }] });
    if (form.dueAt <= now || form.dueAt > now + longestDays * dayMs) throw refuse('due_wrong', { days: longestDays }, { fields: [{ path: 'dueAt', ...refuse('due_wrong', { days: longestDays }).sentence }] });
    const obligation = await findObligation(tx, caller.roomId, finding.obligationId);
    if (obligation === null) throw new Error(`finding ${findingId} has no obligation`);
    await charge(context, tx, { finding, obligation, charge: { ownerId: owner.personId, ownerRoles: [], dueAt: form.dueAt, setBy: caller.personId }, owner: owner.name, actor: actorOf(caller), name: caller.name, now });
  });
