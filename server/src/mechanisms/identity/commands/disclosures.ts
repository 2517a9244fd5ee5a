/** A password is known to others: it must be changed before anything else. Who is on post works on until relief; the leader is told at the next look. */
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { insertDisclosure } from '../disclosure-store.ts';
import { events } from '../events.ts';
import { tellNotice } from '../notices.ts';
import { findPerson, needPasswordChange } from '../people-store.ts';
import { postHeldBy } from '../post-store.ts';
import { identityRefusals } from '../refusals.ts';
import { watchOver } from '../watch-over.ts';

export const reportDisclosure = (context: IdentityContext, caller: Caller, personId: string, text: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const person = await findPerson(tx, personId, now);
    if (person === null) throw identityRefusals('person_unknown');
    await insertDisclosure(tx, { disclosureId: newId('dis', context.clock), personId, credentialId: null, reportedBy: caller.personId, text }, now);
    await needPasswordChange(tx, personId, 'disclosed');
    const { siteId, roomId } = caller;
    const onPost = (await postHeldBy(tx, personId, now)) !== null;
    const body = { name: person.name, own: personId === caller.personId, onPost, text };
    await context.ledger.append(tx, { event: events.passwordDisclosed, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
    await watchOver(context, tx);
    // Open streams of who is off post close: what they may do has just changed.
    await tellNotice(context.database, tx, { op: 'rights', personId });
  });
