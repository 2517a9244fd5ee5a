/** What a site calls the roles of the regulations. */
import type { Role } from '../../../../../contract/identity.ts';
import { newId } from '../../../base/ids.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { identityRefusals } from '../refusals.ts';
import { allRoles, roleTitles } from '../roles.ts';
import { endTitle, insertTitle, titlesOfSite } from '../title-store.ts';

const same = (a: string, b: string): boolean => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

export const setTitle = (context: IdentityContext, caller: Caller, role: Role, title: Sentence | null): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    const now = context.clock.now();
    const others = (await titlesOfSite(tx, siteId)).filter((one) => one.role !== role);
    // One word for two roles would bring people in with the wrong rights.
    const meant = title === null ? undefined : [...others, ...allRoles.filter((one) => one !== role && !others.some((other) => other.role === one)).map((one) => ({ role: one, ...roleTitles[one] }))].find((one) => same(one.zh, title.zh) || same(one.en, title.en));
    if (meant !== undefined) {
      const taken = identityRefusals('title_taken', { zh: roleTitles[meant.role].zh, en: roleTitles[meant.role].en });
      throw identityRefusals('title_taken', { zh: roleTitles[meant.role].zh, en: roleTitles[meant.role].en }, { fields: [{ path: 'title.zh', ...taken.sentence }] });
    }
    await endTitle(tx, siteId, role, caller.personId, now);
    if (title !== null) await insertTitle(tx, { titleId: newId('ttl', context.clock), siteId, role, ...title }, caller.personId, now);
    const body = { role, standard: roleTitles[role], title: title ?? roleTitles[role] };
    await context.ledger.append(tx, { event: events.titleSet, siteId, roomId, actor: actorOf(caller), subject: role, body, at: now });
  });
