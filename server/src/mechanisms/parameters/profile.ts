/** The profile of the site: what it is, what is watched, who answers for it. Pure. */
import { SiteProfile } from '../../../../contract/parameters.ts';

export const emptyProfile: SiteProfile = {
  siteKind: null, mission: '', placeInOrganisation: '', responsibleHead: null, department: null, areas: [], purposes: [], systems: [], organisation: [], assetGroups: [],
};

/** A stored version, read by the schema of today. */
export const readProfile = (stored: unknown): SiteProfile => SiteProfile.parse(stored);
