/** What a room writes in a year, by its share of the facts: bodies as the product writes them where a judge or a figure reads them. The same year each time. */
import { z } from 'zod';
import { dayMs, hourMs, minuteMs, secondMs } from '../../server/src/base/units.ts';
import { act, declareEvent, type Act, type Actor } from '../../server/src/mechanisms/ledger/index.ts';

export const siteId = 'site_bench';
export const roomId = 'room_bench';
const operator: Actor = { kind: 'person', id: 'per_06f2q3bench0000000000000000', sessionId: 'ses_bench', post: 'duty_operator' };
const leader: Actor = { kind: 'person', id: 'per_06f2q3bench0000000000000001', sessionId: 'ses_leader', post: null };
const machine: Actor = { kind: 'process', id: 'recorder' };

const anything = z.record(z.string(), z.unknown());
const event = (kind: string) => declareEvent({ kind, body: anything, sentence: { zh: kind, en: kind } });
const kinds = {
  opened: event('ledger.opened'), cameraAdded: event('video.camera_added'), segments: event('video.segments_recorded'), gapOpened: event('video.gap_opened'), gapClosed: event('video.gap_closed'),
  watched: event('video.watch_began'), ended: event('video.watch_ended'), snapshot: event('video.snapshot_taken'),
  raised: event('notifications.alarm_raised'), acknowledged: event('notifications.alarm_acknowledged'), closed: event('notifications.alarm_closed'), sent: event('notifications.notice_sent'), answered: event('notifications.notice_answered'),
  windowOpened: event('obligations.window_opened'), submitted: event('obligations.form_submitted'), missed: event('obligations.was_missed'),
  section: event('duty.section_confirmed'), shiftClosed: event('duty.shift_closed'), entry: event('duty.entry_made'),
  denied: event('identity.denied'), signedIn: event('identity.signed_in'), post: event('identity.post_taken'), password: event('identity.password_changed'),
  asked: event('approvals.submitted'), signed: event('approvals.signed'), granted: event('approvals.granted'), value: event('parameters.value_changed'), adopted: event('parameters.pack_adopted'), profile: event('parameters.profile_changed'),
};
type Kind = (typeof kinds)[keyof typeof kinds];
export const yearKinds = Object.values(kinds).map(({ kind }) => kind);

/** A repeatable spread. */
let seed = 7;
const below = (limit: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % limit;
};

const title = { zh: '每日巡检', en: 'daily inspection' };
const sections = ['running', 'equipment', 'fire_system', 'security_check'];
const cameras = 64;

export interface Year {
  from: number;
  until: number;
  /** Ids of all clauses: facts cite some of them. */
  clauses: readonly string[];
  /** Folders of packs that the room adopted on its first day. */
  packs: readonly string[];
}

const telling = (year: Year, at: number) => {
  const clauses = [`bench@1#${year.clauses[below(year.clauses.length)] ?? ''}`];
  return (event: Kind, subject: string, body: Record<string, unknown>, actor: Actor = machine): Act => act({ siteId, roomId, at, clauses, event, subject, body, actor });
};

/** The first day: cameras, the regulations of the room and its profile. */
export const firstDay = (year: Year): Act[] => {
  const about = telling(year, year.from);
  return [
    about(kinds.opened, siteId, {}),
    ...Array.from({ length: cameras }, (_, n) => about(kinds.cameraAdded, `cam_${n}`, { cameraId: `cam_${n}`, number: n + 1, name: 'x' })),
    ...year.packs.map((pack) => about(kinds.adopted, `ado_${pack}`, { pack, version: 1, from: year.from, approvalId: 'apr_first' }, leader)),
    about(kinds.profile, siteId, { version: 1, approvalId: 'apr_first' }, leader),
  ];
};

const shift = (about: ReturnType<typeof telling>, n: number): Act[] => [
  about(kinds.post, operator.id, { postId: 'pst_1' }, operator),
  ...sections.map((section) => about(kinds.section, `shf_${n}`, { section, checks: section === 'security_check' ? { door: true } : {}, measured: section === 'security_check' ? [] : [{ zh: '正常', en: 'fine' }] }, operator)),
  about(kinds.shiftClosed, `shf_${n}`, { shiftId: `shf_${n}`, entries: 12 }, operator),
];

const decision = (about: ReturnType<typeof telling>, n: number, at: number): Act[] => [
  about(kinds.asked, `apr_${n}`, {}, operator), about(kinds.signed, `apr_${n}`, { decision: 'approve' }, leader), about(kinds.granted, `apr_${n}`, { signers: [leader.id], validUntil: null }, leader),
  ...(below(10) === 0 ? [about(kinds.value, `${siteId}/retention_days`, { name: 'retention_days', from: at + dayMs, approvalId: `apr_${n}` }, leader)] : []),
];

/** The facts of one happening; `n` tells them apart. */
export const happening = (year: Year, n: number, at: number): Act[] => {
  const about = telling(year, at);
  const cameraId = `cam_${n % cameras}`;
  const kind = below(100);
  if (kind < 45) return [about(kinds.segments, 'rec_bench', { recorderId: 'rec_bench', count: 4, segments: [0, 1, 2, 3].map((k) => ({ segmentId: `seg_${n}_${k}`, cameraId: `cam_${(n + k) % cameras}`, from: at - minuteMs, until: at, sizeBytes: 30_000_000, sha256: '00', recovered: false })) })];
  if (kind < 58) return [about(kinds.watched, cameraId, { watchedId: `wat_${n}`, cameraId, from: at }, operator), about(kinds.ended, cameraId, { watchedId: `wat_${n}`, cameraId, from: at, until: at + hourMs }, operator)];
  if (kind < 63) return [about(kinds.gapOpened, cameraId, { gapId: `gap_${n}`, cameraId, from: at, reason: 'camera_silent' }), about(kinds.gapClosed, cameraId, { gapId: `gap_${n}`, cameraId, from: at, until: at + below(600) * secondMs, reason: 'camera_silent' })];
  if (kind < 73) return [about(kinds.raised, `alm_${n}`, { alarmId: `alm_${n}`, class: 'device', kind: 'video.camera_lost', severity: 'ordinary' }), about(kinds.acknowledged, `alm_${n}`, { alarmId: `alm_${n}`, lateMs: below(30) === 0 ? minuteMs : 0 }, operator), about(kinds.closed, `alm_${n}`, { alarmId: `alm_${n}`, class: 'device', verdict: 'real' }, operator)];
  if (kind < 83) {
    const window = { key: 'day', from: at - hourMs, until: at };
    const done = below(20) > 0;
    return [about(kinds.windowOpened, `obl_${n}`, { kind: 'inspection.daily', title, window }), about(done ? kinds.submitted : kinds.missed, `obl_${n}`, { kind: 'inspection.daily', title, window, timing: 'in_time', findings: [] }, done ? operator : machine)];
  }
  if (kind < 86) return [about(kinds.sent, `snd_${n}`, { sendingId: `snd_${n}`, kind: 'duty.abnormality', told: [{ personId: leader.id }], answerSeconds: 120 }, operator), about(kinds.answered, `snd_${n}`, { lateMs: 0 }, leader)];
  if (kind < 88) return shift(about, n);
  if (kind < 91) return [about(kinds.entry, `ent_${n}`, { source: 'person', lateMs: 0, corrects: null }, operator)];
  if (kind < 92) return [about(kinds.snapshot, cameraId, { cameraId }, operator)];
  if (kind < 94) return [about(kinds.denied, 'per_x', { times: 1 }, operator)];
  if (kind < 96) return decision(about, n, at);
  if (kind < 97) return [about(kinds.password, operator.id, { own: true }, operator)];
  return [about(kinds.signedIn, operator.id, { proof: 'password', limited: false }, operator)];
};
