/** Schema, command or view, presenter: rights, titles, files of people, device passwords, qualifications. */
import * as contract from '../../../../contract/identity-people.ts';
import { mebibyte } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Caller } from './caller.ts';
import { addCredential, discloseCredential, retireCredential, rotateCredential } from './commands/device-credentials.ts';
import { reportDisclosure } from './commands/disclosures.ts';
import { exportPeople, peopleTemplate } from './commands/export-people.ts';
import { endGrant, grantRole } from './commands/grants.ts';
import { importPeople, readPeopleFile } from './commands/import-people.ts';
import { addQualification, qualificationScan, withdrawQualification } from './commands/qualifications.ts';
import { resetFactor } from './commands/reset-factor.ts';
import { setTitle } from './commands/site-titles.ts';
import { rulesNow, type IdentityContext } from './context.ts';
import { lastScanOf } from './devices/device-store.ts';
import { lookAtDevices } from './devices/look-at-devices.ts';
import type { IdentityGate } from './gate.ts';
import { grantsOf } from './grant-store.ts';
import { activePeople, qualificationsOf } from './qualification-store.ts';
import { viewServiceRights } from './service-rights.ts';
import { titlesOfSite } from './title-store.ts';
import { guarded, signedIn } from './words.ts';

const done = async (work: Promise<unknown>): Promise<Record<string, never>> => {
  await work;
  return {};
};
const fileBody = { bodyLimitBytes: 6 * mebibyte };
const scanBody = { bodyLimitBytes: 9 * mebibyte };

const rightsRoutes = (context: IdentityContext, gate: IdentityGate): Route<Caller>[] => [
  guarded(contract.listGrants, 'identity.grants.see', async ({ params }) => ({ grants: await grantsOf(context.database.db, params.personId, context.clock.now()) })),
  guarded(contract.grantRole, 'identity.grants.change', async ({ params, body }, caller) => done(grantRole(context, gate, caller, params.personId, body))),
  guarded(contract.endGrant, 'identity.grants.change', async ({ params }, caller) => done(endGrant(context, gate, caller, params.personId, params.grantId))),
  guarded(contract.resetFactor, 'identity.factors.reset', async ({ params }, caller) => done(resetFactor(context, gate, caller, params.personId))),
  guarded(contract.reportDisclosure, 'identity.disclosures.report', async ({ params, body }, caller) => done(reportDisclosure(context, caller, params.personId, body.text))),
  signedIn(contract.reportOwnDisclosure, async ({ body }, caller) => done(reportDisclosure(context, caller, caller.personId, body.text))),
  signedIn(contract.listTitles, async (_call, caller) => ({ titles: await titlesOfSite(context.database.db, caller.siteId) })),
  guarded(contract.setTitle, 'identity.titles.set', async ({ params, body }, caller) => done(setTitle(context, caller, params.role, body.title))),
  guarded(contract.listServiceRights, 'identity.service.see', async () => viewServiceRights(context.database.db)),
];

const fileRoutes = (context: IdentityContext): Route<Caller>[] => [
  guarded(contract.readPeopleFile, 'identity.people.import', async ({ body }, caller) => readPeopleFile(context, caller, body), fileBody),
  guarded(contract.importPeople, 'identity.people.import', async ({ body }, caller) => importPeople(context, caller, body.rows)),
  guarded(contract.peopleTemplate, 'identity.people.add', async (_call, caller) => peopleTemplate(context, caller)),
  guarded(contract.exportPeople, 'identity.people.export', async ({ query }, caller) => exportPeople(context, caller, query.format)),
];

const deviceRoutes = (context: IdentityContext): Route<Caller>[] => {
  const { db } = context.database;
  return [
    guarded(contract.listCredentials, 'identity.credentials.see', async (_call, caller) => ({
      credentials: await lookAtDevices(context, db, caller),
      maxAgeDays: (await rulesNow(context, db, caller)).devicePasswordMaxAgeDays,
      lastScan: await lastScanOf(db, caller.siteId),
      people: await activePeople(db),
    })),
    guarded(contract.addCredential, 'identity.credentials.change', async ({ body }, caller) => addCredential(context, caller, body)),
    guarded(contract.rotateCredential, 'identity.credentials.change', async ({ params, body }, caller) => done(rotateCredential(context, caller, params.credentialId, body))),
    guarded(contract.discloseCredential, 'identity.credentials.see', async ({ params, body }, caller) => done(discloseCredential(context, caller, params.credentialId, body.text))),
    guarded(contract.retireCredential, 'identity.credentials.change', async ({ params }, caller) => done(retireCredential(context, caller, params.credentialId))),
  ];
};

const qualificationRoutes = (context: IdentityContext): Route<Caller>[] => {
  const { db } = context.database;
  return [
    guarded(contract.listQualifications, 'identity.qualifications.see', async ({ query }, caller) => ({
      qualifications: await qualificationsOf(db, query.personId ?? null, context.clock.now()),
      people: await activePeople(db),
      consoleNeedsTraining: (await rulesNow(context, db, caller)).consoleNeedsTraining,
    })),
    guarded(contract.addQualification, 'identity.qualifications.change', async ({ body }, caller) => addQualification(context, caller, body), scanBody),
    guarded(contract.withdrawQualification, 'identity.qualifications.change', async ({ params }, caller) => done(withdrawQualification(context, caller, params.qualificationId))),
    guarded(contract.qualificationScan, 'identity.qualifications.see', async ({ params }) => qualificationScan(context, params.qualificationId)),
  ];
};

export const roomPeopleRoutes = (context: IdentityContext, gate: IdentityGate): Route<Caller>[] => [
  ...rightsRoutes(context, gate),
  ...fileRoutes(context),
  ...deviceRoutes(context),
  ...qualificationRoutes(context),
];
