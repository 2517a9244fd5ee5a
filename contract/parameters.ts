/** Regulations and parameters: which rule and value binds this room, from which clause, since when; packs, adoption, the site's profile. */
import { z } from 'zod';

export const ParameterValue = z.union([z.boolean(), z.number(), z.string().max(2000), z.array(z.string().max(200)).max(200)]);
export type ParameterValue = z.infer<typeof ParameterValue>;

const shortText = z.string().trim().min(1).max(120);
const longText = z.string().trim().min(1).max(2000);
const key = z.string().regex(/^[a-z0-9_-]{1,60}$/);

/** Kinds of site; laws and floors depend on them. */
export const SiteKind = z.enum([
  'company', 'company_branch', 'residential', 'school', 'hospital', 'mall', 'exhibition', 'tourism', 'sport', 'coach_station', 'railway_station', 'airport', 'port', 'service_area',
  'hotel', 'bank', 'critical_site', 'facility', 'other_public', 'non_public',
]);
export type SiteKind = z.infer<typeof SiteKind>;

/** An area to be watched: by cameras, or a written gap says why not. */
export const WatchedArea = z.object({ areaId: key, name: shortText, cameraIds: z.array(z.string().max(64)).max(500), gap: longText.nullable() });
/** A purpose that a regulation states, bound to figures of the board, each with its target. */
export const Purpose = z.object({
  clause: z.string().max(80), zh: shortText, en: z.string().trim().max(240),
  figures: z.array(z.object({ figure: key, target: z.number(), better: z.enum(['higher', 'lower']) })).max(20),
});
export const SupervisedSystem = z.object({ key, name: shortText, kind: z.enum(['video', 'fire', 'access', 'intrusion', 'power', 'other']), link: z.string().trim().max(240).nullable() });
export const OrganisationNode = z.object({ nodeId: key, kind: z.enum(['headquarters', 'branch', 'project']), name: shortText, parentId: key.nullable(), roomIds: z.array(z.string().max(64)).max(200) });

/** Profile of the site 场所档案. */
export const SiteProfile = z.object({
  siteKind: SiteKind.nullable(),
  mission: z.string().trim().max(2000),
  /** Place of the unit in the organisation. */
  placeInOrganisation: z.string().trim().max(240),
  responsibleHead: z.object({ personId: z.string().max(64), title: z.string().trim().max(120) }).nullable(),
  department: z.object({ name: shortText, headId: z.string().max(64).nullable(), memberIds: z.array(z.string().max(64)).max(200), duties: z.array(longText).max(40) }).nullable(),
  areas: z.array(WatchedArea).max(500),
  purposes: z.array(Purpose).max(200),
  systems: z.array(SupervisedSystem).max(100),
  organisation: z.array(OrganisationNode).max(500),
  assetGroups: z.array(z.object({ key, name: shortText })).max(40),
});
export type SiteProfile = z.infer<typeof SiteProfile>;
