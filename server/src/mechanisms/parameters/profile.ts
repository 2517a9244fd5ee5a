/** The profile of the site: what it is, what is watched, who answers for it. Pure. */
import { SiteProfile } from '../../../../contract/parameters.ts';
import type { Sentence } from '../../base/refusal.ts';
import { areasCovered, groupsPresent, headNamed, purposesBound, systemsLinked } from './controls.ts';

export const emptyProfile: SiteProfile = {
  siteKind: null, mission: '', placeInOrganisation: '', responsibleHead: null, department: null, areas: [], purposes: [], systems: [], organisation: [], assetGroups: [],
};

/** A stored version, read by the schema of today. */
export const readProfile = (stored: unknown): SiteProfile => SiteProfile.parse(stored);

export interface ProfileCheck extends Sentence {
  code: 'area' | 'head' | 'kind' | 'system' | 'group' | 'purpose' | 'department';
  about: string;
  /** Stands in the way of the approval. */
  blocking: boolean;
}

export const isDepartmentWhole = (profile: SiteProfile | null): boolean => {
  const department = profile?.department ?? null;
  return department !== null && department.headId !== null && department.duties.length > 0;
};

/** What the adopted documents ask of the profile. */
export interface ProfileDemands {
  groups: readonly string[];
  groupWord: (key: string) => Sentence;
  /** Purposes of what is in force, by clause. */
  purposes: readonly ({ clause: string; cite: string } & Sentence)[];
  departmentAskedBy: string | null;
}

const areaChecks = (profile: SiteProfile): ProfileCheck[] =>
  profile.areas
    .filter((area) => area.cameraIds.length === 0 && area.gap === null)
    .map((area) => ({ code: 'area', about: area.areaId, blocking: true, zh: `区域“${area.name}”未覆盖：没有摄像机，也没有书面缺口。`, en: `Area “${area.name}” is not covered: no camera and no written gap.` }));

const headChecks = (profile: SiteProfile): ProfileCheck[] =>
  profile.responsibleHead === null ? [{ code: 'head', about: 'responsibleHead', blocking: true, zh: '没有写明负责人。', en: 'No responsible head is named.' }] : [];

const systemChecks = (profile: SiteProfile): ProfileCheck[] =>
  profile.systems
    .filter((system) => system.link === null || system.link === '')
    .map((system) => ({ code: 'system', about: system.key, blocking: false, zh: `系统“${system.name}”没有监管途径。`, en: `System “${system.name}” has no link by which it is supervised.` }));

const groupChecks = (profile: SiteProfile, demands: ProfileDemands): ProfileCheck[] =>
  demands.groups
    .filter((key) => !profile.assetGroups.some((group) => group.key === key))
    .map((key) => ({ code: 'group', about: key, blocking: true, zh: `缺少设备分组“${demands.groupWord(key).zh}”。`, en: `The group “${demands.groupWord(key).en}” is missing.` }));

const purposeChecks = (profile: SiteProfile, demands: ProfileDemands): ProfileCheck[] =>
  demands.purposes
    .filter(({ clause }) => (profile.purposes.find((one) => one.clause === clause)?.figures.length ?? 0) === 0)
    .map(({ clause, cite, zh, en }) => ({ code: 'purpose', about: clause, blocking: false, zh: `目的“${zh}”（${cite}）没有指标。`, en: `The purpose “${en}” (${cite}) is shown by no figure.` }));

const departmentChecks = (profile: SiteProfile, demands: ProfileDemands): ProfileCheck[] =>
  demands.departmentAskedBy === null || isDepartmentWhole(profile)
    ? []
    : [{ code: 'department', about: demands.departmentAskedBy, blocking: true, zh: `没有写明监控室管理部门及其负责人、职责（${demands.departmentAskedBy}）。`, en: `No room management department with head and duties is named (${demands.departmentAskedBy}).` }];

const kindChecks = (profile: SiteProfile): ProfileCheck[] =>
  profile.siteKind === null ? [{ code: 'kind', about: 'siteKind', blocking: true, zh: '没有选定场所类别。', en: 'The kind of site is not chosen.' }] : [];

export const checkProfile = (profile: SiteProfile, demands: ProfileDemands): ProfileCheck[] => [
  ...kindChecks(profile),
  ...headNamed.find(() => headChecks(profile)),
  ...departmentChecks(profile, demands),
  ...areasCovered.find(() => areaChecks(profile)),
  ...systemsLinked.find(() => systemChecks(profile)),
  ...groupsPresent.find(() => groupChecks(profile, demands)),
  ...purposesBound.find(() => purposeChecks(profile, demands)),
];

/** Mistakes of form that no screen may save: ids twice, a branch under itself. */
export const profileFault = (profile: SiteProfile): Sentence | null => {
  const twice = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);
  const nodes = profile.organisation;
  const doubled = twice(profile.areas.map((one) => one.areaId)) ?? twice(nodes.map((one) => one.nodeId)) ?? twice(profile.systems.map((one) => one.key)) ?? twice(profile.purposes.map((one) => one.clause));
  if (doubled !== undefined) return { zh: `“${doubled}”出现两次。`, en: `“${doubled}” stands there twice.` };
  const room = twice(nodes.flatMap((one) => one.roomIds));
  if (room !== undefined) return { zh: '一间监控室只能属于一个单位。', en: 'A room belongs to one unit only.' };
  for (const node of nodes) {
    const seen = new Set<string>();
    let next: typeof node | undefined = node;
    while (next !== undefined) {
      if (seen.has(next.nodeId)) return { zh: `“${node.name}”在组织中隶属于自己。`, en: `“${node.name}” stands under itself.` };
      seen.add(next.nodeId);
      const { parentId }: typeof node = next;
      if (parentId !== null && !nodes.some((one) => one.nodeId === parentId)) return { zh: `“${node.name}”的上级不存在。`, en: `What “${node.name}” belongs to does not exist.` };
      next = nodes.find((one) => one.nodeId === parentId);
    }
  }
  return null;
};
