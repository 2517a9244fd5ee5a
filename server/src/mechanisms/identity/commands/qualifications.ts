/** Qualifications as thin records: what, until when, who has seen the paper. A wrong one is withdrawn, never rewritten. */
import type { z } from 'zod';
import type { addQualification as addQualificationEndpoint } from '../../../../../contract/identity-people.ts';
import { newId } from '../../../base/ids.ts';
import type { Bytes } from '../../../platform/http/route.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { findPerson, namesOf } from '../people-store.ts';
import { insertQualification, scanOf, withdrawQualificationRow } from '../qualification-store.ts';
import { identityRefusals } from '../refusals.ts';

const looksLike = { 'image/jpeg': [0xff, 0xd8, 0xff], 'image/png': [0x89, 0x50, 0x4e, 0x47], 'application/pdf': [0x25, 0x50, 0x44, 0x46] } as const;

export const addQualification = async (context: IdentityContext, caller: Caller, form: z.output<(typeof addQualificationEndpoint)['body']>): Promise<{ qualificationId: string }> => {
  const { database, clock, ledger, blobs } = context;
  const { personId, kind, number, from, until, scan } = form;
  const at = (name: 'end_before_start' | 'scan_unreadable' | 'own_qualification', path: string) => identityRefusals(name, {}, { fields: [{ path, ...identityRefusals(name).sentence }] });
  if (until !== null && until <= from) throw at('end_before_start', 'until');
  // Who checks the paper is somebody else than whose paper it is.
  if (personId === caller.personId) throw at('own_qualification', 'personId');
  const bytes = scan === null ? null : Buffer.from(scan.base64, 'base64');
  if (scan !== null && bytes !== null && !Buffer.from(looksLike[scan.type]).equals(bytes.subarray(0, looksLike[scan.type].length))) throw at('scan_unreadable', 'scan');
  const stored = scan === null || bytes === null ? null : { sha256: await blobs.put(bytes), type: scan.type };
  const qualificationId = newId('qua', clock);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const person = await findPerson(tx, personId, now);
    if (person === null) throw identityRefusals('person_unknown');
    await insertQualification(tx, { qualificationId, personId, kind, number, from, until, scan: stored }, caller.personId, now);
    const { siteId, roomId } = caller;
    const body = { qualificationId, name: person.name, kind, number, from, until, scanSha256: stored?.sha256 ?? null };
    await ledger.append(tx, { event: events.qualificationAdded, siteId, roomId, actor: actorOf(caller), subject: personId, body, at: now });
  });
  return { qualificationId };
};

export const withdrawQualification = (context: IdentityContext, caller: Caller, qualificationId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const gone = await withdrawQualificationRow(tx, qualificationId, caller.personId, now);
    if (gone === null) throw identityRefusals('qualification_unknown');
    const { personId, kind } = gone;
    const name = (await namesOf(tx, [personId])).get(personId) ?? '';
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: events.qualificationWithdrawn, siteId, roomId, actor: actorOf(caller), subject: personId, body: { qualificationId, name, kind }, at: now });
  });

export const qualificationScan = async (context: IdentityContext, qualificationId: string): Promise<Bytes> => {
  const scan = await scanOf(context.database.db, qualificationId);
  const bytes = scan === null ? null : await context.blobs.get(scan.sha256);
  if (scan === null || bytes === null) throw identityRefusals('qualification_unknown');
  return { contentType: scan.type, body: bytes, headers: { 'content-disposition': 'inline', 'content-security-policy': "sandbox; default-src 'none'" } };
};
