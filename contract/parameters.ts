/** Regulations and parameters: which rule and value binds this room, from which clause, since when; packs, adoption, the site's profile. */
import { z } from 'zod';
import { endpoint, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { Role } from './identity.ts';

export const ParameterValue = z.union([z.boolean(), z.number(), z.string().max(2000), z.array(z.string().max(200)).max(200).readonly()]);
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

const Reason = longText;
const roomIdOrNull = z.string().max(64).nullable();
const clauseId = z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/);
const packId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(40);
const parameterName = z.string().regex(/^[a-z][a-z0-9_]*(@[A-Z0-9]{3}-[A-Z0-9.]+)?$/).max(120);
const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** A floor or ceiling with what it comes from. */
export const Limit = z.object({ value: ParameterValue, clause: z.string().nullable(), zh: z.string(), en: z.string() });

export const RuleRow = z.object({
  name: z.string(), zh: z.string(), en: z.string(),
  type: z.enum(['flag', 'number', 'choice', 'text', 'list']), unit: z.string().nullable(), options: z.array(z.string()).nullable(),
  stricter: z.enum(['lower', 'higher', 'false', 'true', 'union', 'intersection', 'order', 'choose']),
  value: ParameterValue, source: z.enum(['default', 'pack', 'settled', 'site']), clause: z.string().nullable(), since: Instant,
  floor: Limit.nullable(), ceiling: Limit.nullable(),
  /** Roles that may ask for a change. */
  change: z.array(Role), twoPersons: z.boolean(),
  /** A proposal of the regulation that nobody has confirmed. */
  open: z.boolean(),
  /** Clauses in force that name it. */
  clauses: z.array(z.string()),
});
export type RuleRow = z.infer<typeof RuleRow>;

const Words = z.record(z.string(), Sentence);

/** Which rule held: the table of parameters as it stands, or stood at a past minute. */
export const ruleTable = endpoint({
  method: 'GET', path: '/api/parameters/rules', summary: { zh: '某一时刻的参数', en: 'Parameters as they stood at an instant' },
  query: z.object({ at: InstantInQuery.optional(), roomId: z.string().max(64).optional() }),
  response: z.object({ at: Instant, rules: z.array(RuleRow), units: Words, words: Words, adopted: z.array(z.object({ packId: z.string(), version: z.int(), zh: z.string(), en: z.string(), from: Instant })) }),
});

export const HistoryEntry = z.object({
  at: Instant, from: Instant, kind: z.enum(['value', 'settlement', 'adopted', 'adoption_ended', 'waiver']), value: ParameterValue.nullable(),
  zh: z.string(), en: z.string(), reason: z.string(), by: z.string(), approvalId: z.string().nullable(),
});
export const parameterHistory = endpoint({
  method: 'GET', path: '/api/parameters/history/:name', summary: { zh: '一个参数的历史', en: 'History of one parameter' },
  params: z.object({ name: parameterName }), response: z.object({ entries: z.array(HistoryEntry) }),
});

export const ClauseRow = z.object({
  id: z.string(), packId: z.string(), version: z.int(), source: z.string(), zh: z.string(), en: z.string(), theme: z.string(), kind: z.string(), actor: z.string(), treatment: z.string(),
  annex: z.string().nullable(), parameters: z.record(z.string(), ParameterValue.nullable()), proposed: z.array(z.string()),
  state: z.enum(['in_force', 'waived', 'not_for_this_site', 'not_adopted']), from: Instant.nullable(),
  waiver: z.object({ reason: z.string(), reviewAt: Instant }).nullable(),
  rulings: z.array(z.object({ unit: z.string(), question: z.string(), ruling: z.string(), at: Instant, by: z.string() })),
});
export const searchClauses = endpoint({
  method: 'GET', path: '/api/parameters/clauses', summary: { zh: '查找条款', en: 'Search clauses' },
  query: z.object({ search: z.string().max(120).optional(), theme: z.string().max(60).optional(), packId: packId.optional(), at: InstantInQuery.optional(), after: z.coerce.number().pipe(z.int().min(0)).optional() }),
  response: z.object({ clauses: z.array(ClauseRow), total: z.int(), themes: z.array(z.string()) }),
});

const Asked = z.object({ approvalId: z.string() });

export const ChangeForm = z.object({ name: parameterName, value: ParameterValue, roomId: roomIdOrNull, from: Instant.nullable() });
export const changeParameter = endpoint({
  method: 'POST', path: '/api/parameters/changes', summary: { zh: '申请修改参数', en: 'Ask for a change of a parameter' },
  body: ChangeForm.extend({ reason: Reason }), response: Asked,
});

export const AdoptionPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('site') }),
  z.object({ kind: z.literal('node'), nodeId: key }),
  z.object({ kind: z.literal('room'), roomId: z.string().max(64) }),
]);
export const WaiverForm = z.object({ packId, clauseId, reason: Reason, reviewAt: Instant });
export const SettlementForm = z.object({ conflictId: z.string().max(60), option: z.string().max(60), reason: Reason });
export const AdoptionForm = z.object({
  packs: z.array(Digest).min(1).max(20),
  place: AdoptionPlace,
  /** null: as soon as it is approved. */
  from: Instant.nullable(),
  /** Annexes that are issued with the main text, as pack:key. */
  annexes: z.array(z.string().max(120)).max(60),
  settlements: z.array(SettlementForm).max(60),
  /** Values for what the regulations leave open, blank or without order. */
  decisions: z.array(z.object({ name: parameterName, value: ParameterValue })).max(400),
  waivers: z.array(WaiverForm).max(200),
});
export type AdoptionForm = z.infer<typeof AdoptionForm>;

export const AdoptionReport = z.object({
  /** What stands in the way, each with its sentence; empty: may be submitted. */
  faults: z.array(z.object({ code: z.string(), about: z.string(), zh: z.string(), en: z.string() })),
  conflicts: z.array(z.object({
    id: z.string(), type: z.enum(['contradiction', 'difference', 'open']), zh: z.string(), en: z.string(), noteZh: z.string(), noteEn: z.string(), clauses: z.array(z.string()),
    options: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string(), clauses: z.array(z.string()) })), settled: z.string().nullable(),
  })),
  open: z.array(z.object({ name: z.string(), zh: z.string(), en: z.string(), unit: z.string().nullable(), kind: z.enum(['proposed', 'blank', 'undecided']), proposed: ParameterValue.nullable(), clauses: z.array(z.string()), decided: z.boolean() })),
  purposes: z.array(z.object({ clause: z.string(), zh: z.string(), en: z.string(), figures: z.int(), waived: z.boolean() })),
  /** Clauses and citations of this report as people name them. */
  titles: z.record(z.string(), Sentence),
  /** Of the documents chosen: what can be set aside. */
  clauses: z.array(z.object({ packId: z.string(), id: z.string(), zh: z.string(), en: z.string() })),
});
export type AdoptionReport = z.infer<typeof AdoptionReport>;
export const reportAdoption = endpoint({
  method: 'POST', path: '/api/parameters/adoptions/report', summary: { zh: '采用前的冲突报告', en: 'Conflict report before an adoption' },
  body: AdoptionForm, response: AdoptionReport,
});
export const adoptPacks = endpoint({
  method: 'POST', path: '/api/parameters/adoptions', summary: { zh: '申请采用制度', en: 'Ask for the adoption of regulations' },
  body: AdoptionForm.extend({ reason: Reason }), response: Asked,
});
export const EndAdoptionForm = z.object({ adoptionId: z.string().max(64), from: Instant.nullable() });
export const endAdoption = endpoint({
  method: 'POST', path: '/api/parameters/adoptions/end', summary: { zh: '申请废止一份制度', en: 'Ask for the end of an adoption' },
  body: EndAdoptionForm.extend({ reason: Reason }), response: Asked,
});
export const OptOutForm = z.object({ adoptionId: z.string().max(64), roomId: z.string().max(64) });
export const optOut = endpoint({
  method: 'POST', path: '/api/parameters/opt-outs', summary: { zh: '申请一间监控室例外', en: 'Ask for an exception for one room' },
  body: OptOutForm.extend({ reason: Reason }), response: Asked,
});
export const WaiveForm = z.object({ packId, clauseId, roomId: roomIdOrNull, reviewAt: Instant });
export const waiveClause = endpoint({
  method: 'POST', path: '/api/parameters/waivers', summary: { zh: '申请暂不适用一条', en: 'Ask for a clause to be set aside' },
  body: WaiveForm.extend({ reason: Reason }), response: Asked,
});
/** Conflicts that the clauses in force touch, and how each is settled now. */
export const SettledConflict = z.object({
  id: z.string(), type: z.enum(['contradiction', 'difference', 'open']), zh: z.string(), en: z.string(), noteZh: z.string(), noteEn: z.string(),
  clauses: z.array(Sentence), options: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string(), clauses: z.array(Sentence) })),
  /** null: nobody settled it, or not for all clauses that are in force now. */
  settled: z.object({ option: z.string(), since: Instant, by: z.string(), reason: z.string(), approvalId: z.string().nullable(), whole: z.boolean() }).nullable(),
});
export const listConflicts = endpoint({
  method: 'GET', path: '/api/parameters/conflicts', summary: { zh: '冲突及其裁定', en: 'Conflicts and how they are settled' }, response: z.object({ conflicts: z.array(SettledConflict) }),
});
export const SettleForm = z.object({ conflictId: z.string().max(60), option: z.string().max(60), roomId: roomIdOrNull });
export const settleConflict = endpoint({
  method: 'POST', path: '/api/parameters/settlements', summary: { zh: '申请裁定冲突', en: 'Ask for a conflict to be settled' },
  body: SettleForm.extend({ reason: Reason }), response: Asked,
});

export const PackRow = z.object({
  packId: z.string(), version: z.int(), digest: z.string(), zh: z.string(), en: z.string(), kind: z.enum(['regulation', 'law', 'preset']), verified: z.enum(['T', 'S', 'U']), clauses: z.int(),
  scope: z.enum(['all_rooms', 'branch', 'any']), effective: z.string(), annexes: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string() })),
  signedBy: z.string().nullable(),
  adoptions: z.array(z.object({ adoptionId: z.string(), roomId: z.string().nullable(), nodeId: z.string().nullable(), from: Instant, until: Instant.nullable(), /** Rooms that were let off it. */ letOff: z.array(z.string()) })),
});
export const listPacks = endpoint({
  method: 'GET', path: '/api/parameters/packs', summary: { zh: '制度包', en: 'Regulation packs' }, response: z.object({ packs: z.array(PackRow) }),
});
export const exportPack = endpoint({
  method: 'GET', path: '/api/parameters/packs/:digest/text', summary: { zh: '导出制度包（YAML）', en: 'Export a pack as YAML' }, params: z.object({ digest: Digest }), bytes: true,
});
export const importPack = endpoint({
  method: 'POST', path: '/api/parameters/packs', summary: { zh: '导入制度包（YAML）', en: 'Import a pack as YAML' },
  /** own: an unsigned pack is taken over as the site's own; two persons must agree. */
  body: z.object({ text: z.string().min(1).max(2_000_000), own: z.boolean(), reason: z.string().trim().max(2000) }),
  response: z.object({ digest: Digest, packId: z.string(), version: z.int(), signedBy: z.string().nullable(), approvalId: z.string().nullable() }),
});

export const ProfileCheck = z.object({ code: z.string(), about: z.string(), blocking: z.boolean(), zh: z.string(), en: z.string() });
export const viewProfile = endpoint({
  method: 'GET', path: '/api/parameters/profile', summary: { zh: '场所档案', en: 'Profile of the site' },
  response: z.object({
    approved: z.object({ version: z.int(), from: Instant, by: z.string(), profile: SiteProfile }).nullable(),
    draft: z.object({ number: z.int(), changedAt: Instant, by: z.string(), profile: SiteProfile }).nullable(),
    checks: z.array(ProfileCheck),
    versions: z.array(z.object({ version: z.int(), from: Instant, by: z.string(), approvalId: z.string().nullable() })),
    /** Purposes stated by what is adopted or may be adopted, with the figures proposed for them. */
    statedPurposes: z.array(z.object({ clause: z.string(), zh: z.string(), en: z.string(), figures: z.array(z.string()) })),
    figures: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string(), unit: z.string().nullable(), better: z.enum(['higher', 'lower']), target: z.number() })),
    cameras: z.array(z.object({ cameraId: z.string(), name: z.string() })),
    people: z.array(z.object({ personId: z.string(), name: z.string() })),
    rooms: z.array(z.object({ roomId: z.string(), name: z.string() })),
  }),
});
export const profileVersion = endpoint({
  method: 'GET', path: '/api/parameters/profile/versions/:version', summary: { zh: '档案的一个版本', en: 'One version of the profile' },
  params: z.object({ version: z.coerce.number().pipe(z.int().min(1)) }), response: z.object({ version: z.int(), from: Instant, profile: SiteProfile }),
});
export const writeProfile = endpoint({
  method: 'PUT', path: '/api/parameters/profile/draft', summary: { zh: '编辑场所档案草稿', en: 'Write the draft of the profile' },
  /** Number of the draft that was edited, 0 for the first: who was overtaken is told so. */
  body: z.object({ number: z.int().min(0), profile: SiteProfile }), response: z.object({ number: z.int(), checks: z.array(ProfileCheck) }),
});
export const submitProfile = endpoint({
  method: 'POST', path: '/api/parameters/profile/submissions', summary: { zh: '提交场所档案审批', en: 'Submit the profile for approval' },
  body: z.object({ number: z.int().min(1), reason: Reason }), response: Asked,
});

export const giveRuling = endpoint({
  method: 'POST', path: '/api/parameters/rulings', summary: { zh: '登记对条款的解释', en: 'Enter a ruling on a clause' },
  body: z.object({ packId, clauseId, unit: shortText, question: longText, ruling: z.string().trim().min(1).max(4000) }), response: z.object({ rulingId: z.string() }),
});

/** Rules of conduct in the room 室内守则, as the parameters make them. */
export const houseRules = endpoint({
  method: 'GET', path: '/api/parameters/house-rules', summary: { zh: '室内守则', en: 'Rules of conduct in the room' },
  response: z.object({
    rules: z.array(z.object({ name: z.string(), zh: z.string(), en: z.string(), allowed: z.boolean(), clauses: z.array(z.string()) })),
    /** What a spot check may find, and what the tidiness list asks. */
    findings: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string() })),
    tidyItems: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string(), photo: z.boolean() })),
  }),
});
