/** The demonstration room lives by a regulation: annex 3 of a branch and Decree 799, every conflict settled, every open value confirmed. */
import type { AdoptionForm, SiteProfile } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { questions as people } from '../identity/index.ts';
import type { Actor } from '../ledger/index.ts';
import { openParameters } from './adoption.ts';
import { writeProfileVersion } from './carry-out.ts';
import type { CameraNamed, ParametersContext } from './context.ts';
import { carryOutAdoption, lookAtAdoption, type Deciding } from './decide-adoption.ts';
import { digestOf } from './signature.ts';
import { changing } from './store.ts';
import type { ParameterValue } from './value.ts';

/** How the room of the coach station settled what annex 3 leaves open. */
const settled: Readonly<Record<string, string>> = {
  X04: 'ten_minutes', X12: 'safety_department', X15: 'mapped_to_shift', X21: 'postponable', X22: 'call_in_parallel', X23: 'confirm_only', X25: 'one', X26: 'ninety_days', X27: 'proposed',
  X30: 'matrix', X33: 'requesting_leader', X34: 'toilet_only',
};
const blanks: Readonly<Record<string, ParameterValue>> = { 'interpreter@BRN-11': '东门客运站安全管理部', local_fire_number: '119' };
const reason = '演示监控室建立时确定';
const branch = 'east_gate';

const profileOf = (place: { roomId: string }, heads: { leader: string; security: string; manager: string }, cameras: readonly CameraNamed[]): SiteProfile => ({
  siteKind: 'coach_station', mission: '看护旅客与车站安全', placeInOrganisation: '总公司 · 东门客运站',
  responsibleHead: { personId: heads.leader, title: '站领导' },
  department: {
    name: '东门客运站安全管理部', headId: heads.security, memberIds: [heads.manager],
    duties: ['制定并修订监控室制度', '安排值班并检查交接', '审批调阅、拷贝与入室', '组织检查、培训与演练'],
  },
  areas: [
    ...cameras.map((camera, index) => ({ areaId: `area_${index + 1}`, name: camera.name, cameraIds: [camera.cameraId], gap: null })),
    { areaId: 'repair_yard', name: '修车场', cameraIds: [], gap: '尚未布线，每两小时派人巡查一次，年内安装。' },
  ],
  purposes: [{
    clause: 'BRN-1', zh: '目的：系统正常安全、发挥设备作用', en: 'Purpose: proper use, safe running, full effect of monitoring equipment',
    figures: [{ figure: 'availability_percent', target: 99, better: 'higher' }, { figure: 'recording_completeness_percent', target: 99.9, better: 'higher' }, { figure: 'safe_running_events', target: 0, better: 'lower' }],
  }],
  systems: [
    { key: 'video', name: '视频监控系统', kind: 'video', link: '本系统' },
    { key: 'fire', name: '火灾自动报警系统', kind: 'fire', link: '报警主机干接点' },
  ],
  organisation: [
    { nodeId: 'company', kind: 'headquarters', name: '总公司', parentId: null, roomIds: [] },
    { nodeId: branch, kind: 'branch', name: '东门客运站', parentId: 'company', roomIds: [place.roomId] },
  ],
  assetGroups: [{ key: 'monitoring_equipment', name: '监控设备' }, { key: 'control_room', name: '控制室' }, { key: 'operating_system', name: '操作系统' }],
});

const formOf = (context: ParametersContext, ids: readonly string[], place: AdoptionForm['place']): AdoptionForm => {
  const packs = context.shipped.packs.filter((pack) => ids.includes(pack.id));
  return { packs: packs.map(digestOf), place, from: null, annexes: packs.flatMap((pack) => pack.annexes.map((annex) => `${pack.id}:${annex.key}`)), settlements: [], decisions: [], waivers: [] };
};

/** Every touched conflict settled, every proposal confirmed as it is. */
const decided = async (context: ParametersContext, tx: Tx, siteId: string, form: AdoptionForm, at: Instant): Promise<AdoptionForm> => {
  const settlements = Object.entries(settled).map(([conflictId, option]) => ({ conflictId, option, reason }));
  const looked = await lookAtAdoption(context, tx, siteId, { ...form, settlements }, at);
  const decisions = openParameters(looked.ground, looked.outlook).flatMap(({ name, proposed }) => {
    const value = blanks[name] ?? proposed;
    return value === null ? [] : [{ name, value }];
  });
  return { ...form, settlements, decisions };
};

export const setUpDemonstration = async (context: ParametersContext, tx: Tx, setUp: { siteId: string; roomId: string; actor: Actor }): Promise<void> => {
  const { siteId, roomId, actor } = setUp;
  // Later than the people who were made a moment ago: they hold their roles already.
  const at = context.clock.now();
  const by: Deciding & { roomId: string } = { siteId, roomId, at, actor, decidedBy: actor.id, approvalId: null };
  const cameras = await context.cameras(tx, siteId, at);
  const holder = async (role: 'leader' | 'security_department' | 'room_manager'): Promise<string> => (await people.peopleWithRoles(tx, setUp, [role], at))[0]?.personId ?? actor.id;
  const heads = { leader: await holder('leader'), security: await holder('security_department'), manager: await holder('room_manager') };
  await changing(tx, siteId, at, () => writeProfileVersion(context, tx, profileOf(setUp, heads, cameras), by));
  // People of a demonstration have no passkeys yet: approvals may be signed by password and one-time code, and each says so.
  const law: AdoptionForm = { ...formOf(context, ['decree-799'], { kind: 'site' }), decisions: [{ name: 'approval_signing', value: 'password_totp_allowed' }] };
  await carryOutAdoption(context, tx, law, reason, by);
  await carryOutAdoption(context, tx, await decided(context, tx, siteId, formOf(context, ['brn'], { kind: 'node', nodeId: branch }), at), reason, by);
};
