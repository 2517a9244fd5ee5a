/** Schema, command or view, presenter. */
import { stringify } from 'yaml';
import * as contract from '../../../../contract/parameters.ts';
import type { Route } from '../../platform/http/route.ts';
import { guarded, type Caller } from '../identity/index.ts';
import { ask, askForProfile } from './commands/ask.ts';
import { giveRuling } from './commands/give-ruling.ts';
import { importPack } from './commands/import-pack.ts';
import { writeProfile } from './commands/write-profile.ts';
import { viewClauses } from './clause-views.ts';
import { viewConflicts } from './conflict-views.ts';
import type { ParametersContext } from './context.ts';
import { packBy } from './decide-adoption.ts';
import { houseRulesOf } from './house-rules.ts';
import { profileVersions } from './profile-store.ts';
import { viewProfile } from './profile-views.ts';
import { parametersRefusals } from './refusals.ts';
import { viewHistory, viewPacks, viewReport, viewRules } from './views.ts';

const largeBody = { bodyLimitBytes: 3 * 1024 * 1024 };

const readRoutes = (context: ParametersContext): Route<Caller>[] => [
  guarded(contract.ruleTable, 'parameters.see', async ({ query }, caller) => viewRules(context, caller, query)),
  guarded(contract.parameterHistory, 'parameters.see', async ({ params }, caller) => ({ entries: await viewHistory(context, caller, params.name) })),
  guarded(contract.searchClauses, 'parameters.see', async ({ query }, caller) => viewClauses(context, caller, query)),
  guarded(contract.listPacks, 'parameters.see', async (_call, caller) => ({ packs: await viewPacks(context, caller) })),
  guarded(contract.exportPack, 'parameters.see', async ({ params }) => {
    const pack = await packBy(context, context.database.db, params.digest);
    return {
      contentType: 'application/yaml; charset=utf-8', headers: { 'content-disposition': `attachment; filename="${pack.id}-${pack.version}.yaml"` },
      body: stringify(pack, { lineWidth: 0, aliasDuplicateObjects: false }),
    };
  }),
  guarded(contract.listConflicts, 'parameters.see', async (_call, caller) => viewConflicts(context, caller)),
  guarded(contract.houseRules, 'parameters.see', async (_call, caller) => houseRulesOf(context.shipped.catalogue, await context.keeper.rules(context.database.db, caller, context.clock.now()))),
  guarded(contract.viewProfile, 'parameters.see', async (_call, caller) => viewProfile(context, caller)),
  guarded(contract.profileVersion, 'parameters.see', async ({ params }, caller) => {
    const found = (await profileVersions(context.database.db, caller.siteId)).find((one) => one.version === params.version);
    if (found === undefined) throw parametersRefusals('version_unknown');
    return { version: found.version, from: found.from, profile: found.profile };
  }),
];

const askRoutes = (context: ParametersContext): Route<Caller>[] => [
  guarded(contract.changeParameter, 'parameters.change', async ({ body }, caller) => ask(context, caller, 'parameters.change', body, `${caller.siteId}/${body.name}`)),
  guarded(contract.reportAdoption, 'parameters.adopt', async ({ body }, caller) => viewReport(context, caller, body), largeBody),
  guarded(contract.adoptPacks, 'parameters.adopt', async ({ body }, caller) => ask(context, caller, 'parameters.adopt', body, caller.siteId), largeBody),
  guarded(contract.endAdoption, 'parameters.adopt', async ({ body }, caller) => ask(context, caller, 'parameters.end_adoption', body, body.adoptionId)),
  guarded(contract.optOut, 'parameters.adopt', async ({ body }, caller) => ask(context, caller, 'parameters.opt_out', body, body.adoptionId)),
  guarded(contract.waiveClause, 'parameters.adopt', async ({ body }, caller) => ask(context, caller, 'parameters.waive', body, `${body.packId}#${body.clauseId}`)),
  guarded(contract.settleConflict, 'parameters.adopt', async ({ body }, caller) => ask(context, caller, 'parameters.settle', body, `${caller.siteId}/${body.conflictId}`)),
  guarded(contract.importPack, 'parameters.adopt', async ({ body }, caller) => importPack(context, caller, body), largeBody),
  guarded(contract.giveRuling, 'parameters.rule_on', async ({ body }, caller) => giveRuling(context, caller, body)),
  guarded(contract.writeProfile, 'parameters.profile', async ({ body }, caller) => writeProfile(context, caller, body), largeBody),
  guarded(contract.submitProfile, 'parameters.profile', async ({ body }, caller) => askForProfile(context, caller, body)),
];

export const parametersRoutes = (context: ParametersContext): Route<Caller>[] => [...readRoutes(context), ...askRoutes(context)];
