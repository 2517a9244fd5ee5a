/** What is wrong with an entry under the rules in force. Pure: told anew at each look, so that a rule of tomorrow finds the cameras of yesterday. */
import type { RegisterFinding } from '../../../../../contract/cameras.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { dayMs } from '../../../base/units.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Camera } from '../camera.ts';
import { termOf } from '../storage/terms.ts';
import { clockRight, filedInTime, signShown, turnsReported, viewUnmoved } from './controls.ts';
import { allowedPurposes } from './decide.ts';
import type { Entry, OnvifRow } from './entry.ts';
import { purposeWords, worded, zoneWords } from './words.ts';

export interface Retention {
  days: number;
  requiredDays: number;
  why: Sentence;
  cite: string | null;
}

/** How long footage must be kept and which clause or law says so. */
export const retentionOf = (rules: Rules, camera: Pick<Camera, 'retentionDays'>): Retention => {
  const { days: requiredDays, why, cite } = termOf(rules);
  return { days: camera.retentionDays, requiredDays, why, cite };
};

type Found = RegisterFinding;
const one = (code: Found['code'], zh: string, en: string, since: Instant | null = null, cite: string | null = null): Found => ({ code, zh, en, since, cite });

const purposeFindings = (entry: Entry, rules: Rules): Found[] => {
  const found: Found[] = [];
  if (entry.purpose === null) found.push(one('purpose_missing', '没有登记用途。', 'No purpose is registered.', null, rules.get('allowed_camera_purposes').clause));
  else if (!allowedPurposes(rules).includes(entry.purpose)) {
    const { zh, en } = worded(purposeWords, entry.purpose);
    found.push(one('purpose_not_allowed', `用途“${zh}”已不在允许之列。`, `The purpose "${en}" is no longer allowed.`, null, rules.get('allowed_camera_purposes').clause));
  }
  if (entry.activatedAt === null) found.push(one('not_activated', '尚未启用，不录像。', 'Not activated: nothing is recorded.'));
  return found;
};

const zoneFindings = (entry: Entry, rules: Rules): Found[] => {
  if (entry.zoneType === null) return [one('zone_missing', '没有登记区域类型。', 'Its kind of place is not stated.')];
  if (!rules.list('forbidden_camera_zones').includes(entry.zoneType)) return [];
  const { zh, en } = worded(zoneWords, entry.zoneType);
  return [one('zone_forbidden', `“${zh}”现为禁装区域，请撤除。`, `A ${en} is a forbidden zone now: retire the camera.`, null, rules.get('forbidden_camera_zones').clause)];
};

const paperFindings = (entry: Entry, rules: Rules, now: Instant): Found[] => {
  const found: Found[] = [];
  const sign = rules.cite('799-13');
  found.push(...signShown.find(() => (sign !== null && rules.flag('notice_signs_required') && entry.sign === null ? [one('sign_missing', '没有提示标识照片。', 'There is no photo of its notice sign.', null, sign)] : [])));
  const filing = rules.cite('799-14');
  found.push(...filedInTime.find(() => {
    if (filing === null || entry.activatedAt === null || entry.filingNumber !== '') return [];
    const days = rules.number('filing_within_days');
    const left = Math.ceil((entry.filingDueSince + days * dayMs - now) / dayMs);
    return left >= 0
      ? [one('filing_due', `须向公安机关备案，还有 ${left} 天。`, `To be filed with the police within ${left} days.`, entry.filingDueSince, filing)]
      : [one('filing_overdue', `向公安机关备案已逾期 ${-left} 天。`, `Filing with the police is ${-left} days overdue.`, entry.filingDueSince, filing)];
  }));
  if (entry.view === null && entry.viewWords === '') found.push(one('view_missing', '没有核准的监视范围。', 'No approved field of view.'));
  return found;
};

const watchFindings = (onvif: OnvifRow | null): Found[] => {
  if (onvif === null) return [];
  const found: Found[] = [];
  const { movedSince, clockWrongSince, clockOffsetMs, checkedAt, outcome } = onvif;
  if (movedSince !== null) {
    found.push(...viewUnmoved.find(() => [one('view_changed', '朝向与核准画面不符。', 'It looks elsewhere than approved.', movedSince)]));
    if (onvif.ptz) found.push(...turnsReported.find(() => [one('ptz_outside', '云台转到了未核准的区域。', 'It was turned to an area that is not approved.', movedSince)]));
  }
  if (clockWrongSince !== null) {
    const seconds = Math.round((clockOffsetMs ?? 0) / 1_000);
    found.push(...clockRight.find(() => [one('time_wrong', `时间不准，相差 ${seconds} 秒。`, `Its time is wrong by ${seconds} s.`, clockWrongSince)]));
  }
  if (outcome !== null && outcome !== 'ok' && outcome !== 'digest_only') found.push(one('onvif_away', '设备信息读不到，朝向和时间无法核对。', 'It does not answer by ONVIF: view and time cannot be checked.', checkedAt));
  return found;
};

export const findingsOf = ({ entry, camera, rules, onvif, now }: { entry: Entry; camera: Pick<Camera, 'retentionDays'>; rules: Rules; onvif: OnvifRow | null; now: Instant }): Found[] => {
  const { days, requiredDays, cite } = retentionOf(rules, camera);
  const short = days < requiredDays ? [one('retention_short', `录像只保存 ${days} 天，应为 ${requiredDays} 天。`, `Footage is kept ${days} days instead of ${requiredDays}.`, null, cite)] : [];
  return [...watchFindings(onvif), ...purposeFindings(entry, rules), ...zoneFindings(entry, rules), ...short, ...paperFindings(entry, rules, now)];
};
