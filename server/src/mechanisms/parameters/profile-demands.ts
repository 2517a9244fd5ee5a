/** What the documents in force ask of the profile, and whether it may be approved. */
import { createHash } from 'node:crypto';
import type { SiteProfile } from '../../../../contract/parameters.ts';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ParametersContext } from './context.ts';
import { citeOf } from './pack.ts';
import { checkProfile, profileFault, type ProfileCheck, type ProfileDemands } from './profile.ts';
import { parametersRefusals } from './refusals.ts';

interface Place {
  siteId: string;
  roomId: string;
}

export const demandsOf = async (context: ParametersContext, db: Db, place: Place, now: Instant): Promise<ProfileDemands> => {
  const rules = await context.keeper.rules(db, place, now);
  const { words } = context.shipped.catalogue;
  const inForce = new Map(rules.active().map((one) => [one.id, one]));
  return {
    // The catalogue's own default asks for nothing before a document does.
    groups: rules.get('asset_groups').source === 'default' ? [] : rules.list('asset_groups'),
    groupWord: (key) => words[key] ?? { zh: key, en: key },
    purposes: rules.adopted().flatMap(({ pack }) => pack.purposes.filter((one) => inForce.has(one.clause)).map((one) => ({ clause: one.clause, cite: citeOf(pack, one.clause), zh: one.zh, en: one.en }))),
    departmentAskedBy: rules.cite('ART-13.1.1'),
  };
};

export const checksOf = async (context: ParametersContext, db: Db, place: Place, profile: SiteProfile, now: Instant): Promise<ProfileCheck[]> =>
  checkProfile(profile, await demandsOf(context, db, place, now));

export const requireApprovable = async (context: ParametersContext, db: Db, place: Place, profile: SiteProfile, now: Instant): Promise<void> => {
  const faulty = profileFault(profile);
  if (faulty !== null) throw parametersRefusals('profile_faulty', { why: faulty.zh, whyEn: faulty.en });
  const blocking = (await checksOf(context, db, place, profile, now)).filter((check) => check.blocking);
  if (blocking.length === 0) return;
  const why = blocking.map((check) => check.zh).join('');
  const whyEn = blocking.map((check) => check.en).join(' ');
  throw parametersRefusals('profile_blocked', { why, whyEn }, { fields: blocking.map(({ code, about, zh, en }) => ({ path: `${code}.${about}`, zh, en })) });
};

export const digestOfProfile = (profile: SiteProfile): string => createHash('sha256').update('vigil/profile\n').update(canonicalize(profile)).digest('hex');
