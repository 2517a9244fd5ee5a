/** What may be written into the register under the rules in force. Pure. */
import { openZones, type RegisterChoices, type RegisterFields } from '../../../../../contract/cameras.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import { purposeAllowed, purposeByApproval, purposesOffered, staffPurposeGrounded, zonePermitted } from './controls.ts';
import type { Entry } from './entry.ts';
import { refuse } from './refusals.ts';
import { lawOfZones, purposesBeyondSafety, purposeWords, worded, zonesOfTheLaw, zoneWords } from './words.ts';

const listed = (words: readonly Sentence[]): Sentence => ({ zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') });
const at = (path: string, zh: string, en: string) => ({ fields: [{ path, zh, en }] });

export const allowedPurposes = (rules: Rules): readonly string[] => rules.list('allowed_camera_purposes');

/** The law where it names the zone, else the clause that added it. */
const zoneCite = (rules: Rules, zone: string): Sentence => {
  if (zonesOfTheLaw.has(zone)) return lawOfZones;
  const { clause } = rules.get('forbidden_camera_zones');
  return clause === null ? { zh: '在用制度', en: 'regulations in force' } : { zh: clause, en: clause };
};

export const checkZone = (rules: Rules, zone: string): void => {
  const forbidden = rules.list('forbidden_camera_zones');
  zonePermitted.refuse(() => {
    if (!forbidden.includes(zone)) return null;
    const { zh: zoneZh, en: zoneEn } = worded(zoneWords, zone);
    const { zh: citeZh, en: citeEn } = zoneCite(rules, zone);
    return refuse('zone_forbidden', { zoneZh, zoneEn, citeZh, citeEn }, at('zoneType', `禁装区域（${citeZh}）`, `forbidden (${citeEn})`));
  });
  if (!openZones.some((one) => one === zone) && !forbidden.includes(zone)) throw refuse('zone_unknown', {}, at('zoneType', '请从列表中选择', 'choose from the list'));
};

export const checkPurpose = (rules: Rules, { purpose, legalBasis, noticeRecord }: { purpose: string; legalBasis: string; noticeRecord: string }): void => {
  const { zh: purposeZh, en: purposeEn } = worded(purposeWords, purpose);
  const allowed = allowedPurposes(rules);
  purposeAllowed.refuse(() => {
    if (allowed.includes(purpose)) return null;
    const { zh: allowedZh, en: allowedEn } = listed(allowed.map((one) => worded(purposeWords, one)));
    return refuse('purpose_not_allowed', { purposeZh, purposeEn, allowedZh, allowedEn }, at('purpose', '不是允许的用途', 'not an allowed purpose'));
  });
  staffPurposeGrounded.refuse(() => {
    if (!purposesBeyondSafety.has(purpose) || (legalBasis !== '' && noticeRecord !== '')) return null;
    const path = legalBasis === '' ? 'legalBasis' : 'noticeRecord';
    return refuse('purpose_ungrounded', { purposeZh, purposeEn }, at(path, '必须填写', 'needed'));
  });
};

/** Changes after which the police must be told again (Decree 799 art. 14). */
const filedAgain: ReadonlySet<string> = new Set(['purpose', 'zoneType', 'position', 'viewWords']);

export interface Written {
  next: Entry;
  changed: string[];
}

/** The entry with what was given; `approved`: an approval changes the purpose. */
export const write = (rules: Rules, entry: Entry, fields: RegisterFields, now: Instant, { approved = false }: { approved?: boolean } = {}): Written => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const next: Entry = { ...entry, ...given };
  const changed = (Object.keys(given) as (keyof RegisterFields)[]).filter((name) => next[name] !== entry[name]);
  if (changed.includes('purpose') && entry.purpose !== null && !approved) purposeByApproval.refuse(() => refuse('purpose_by_approval', {}, at('purpose', '须经批准', 'by approval only')));
  const touchesPurpose = changed.some((name) => name === 'purpose' || name === 'legalBasis' || name === 'noticeRecord');
  if (next.purpose !== null && touchesPurpose) checkPurpose(rules, { ...next, purpose: next.purpose });
  if (next.zoneType !== null && changed.includes('zoneType')) checkZone(rules, next.zoneType);
  const refile = changed.some((name) => filedAgain.has(name)) && !changed.includes('filingNumber');
  return { next: refile ? { ...next, filingNumber: '', filingDueSince: now } : next, changed };
};

export const choicesOf = (rules: Rules): RegisterChoices => {
  const forbidden = rules.list('forbidden_camera_zones');
  return {
    purposes: purposesOffered.find(() => allowedPurposes(rules)).map((key) => ({ ...worded(purposeWords, key), needsBasis: purposesBeyondSafety.has(key) })),
    zones: openZones.filter((zone) => !forbidden.includes(zone)).map((key) => worded(zoneWords, key)),
    forbiddenZones: forbidden.map((key) => worded(zoneWords, key)),
    forbiddenCite: zoneCite(rules, forbidden[0] ?? ''),
  };
};
