/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/identity.ts';
import { secondMs } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Caller } from './caller.ts';
import { aboutPerson } from './commands/about-person.ts';
import { addPerson } from './commands/add-person.ts';
import { changePerson } from './commands/change-person.ts';
import { makeDemonstration } from './commands/make-demonstration.ts';
import { changePassword, chooseLanguage, signOut } from './commands/own-account.ts';
import { setUp } from './commands/set-up.ts';
import { sessionProofRoutes } from './routes-account.ts';
import { roomPeopleRoutes } from './routes-people.ts';
import { signIn } from './commands/sign-in.ts';
import type { IdentityContext } from './context.ts';
import type { IdentityGate } from './gate.ts';
import { judgePassword } from './passwords/verdict.ts';
import { findPeople } from './people-store.ts';
import { createRate } from './rate.ts';
import { viewNewSession, viewRoomState, viewSession } from './views.ts';
import { guarded, open, signedIn } from './words.ts';

const smallBody = { bodyLimitBytes: 8 * 1024 };
const judgedAtMost = 40;
const judgedInMs = 10 * secondMs;

const newMachineRoutes = (context: IdentityContext): Route<Caller>[] => {
  const { clock, database } = context;
  const spare = createRate(clock, judgedAtMost, judgedInMs);
  return [
    open(contract.roomState, async () => viewRoomState(context)),
    open(contract.setUp, async ({ body }) => setUp(context, body), smallBody),
    open(contract.setUpDemonstration, async ({ body }) => ({ people: await makeDemonstration(context, body.code, body.language) }), smallBody),
    open(
      contract.passwordStrength,
      async ({ body, source }) => {
        spare(source);
        return judgePassword(body.password, await aboutPerson(context, database.db, body));
      },
      smallBody,
    ),
  ];
};

const sessionRoutes = (context: IdentityContext): Route<Caller>[] => [
  open(
    contract.signIn,
    async ({ body, source, cookies }) => {
      const { token } = await signIn(context, { ...body, source, replaced: cookies.session });
      cookies.setSession(token);
      return viewNewSession(context, token);
    },
    smallBody,
  ),
  signedIn(contract.currentSession, async (_call, caller) => viewSession(context, caller)),
  signedIn(contract.signOut, async ({ cookies }, caller) => {
    await signOut(context, caller);
    cookies.setSession(null);
    return {};
  }),
  signedIn(
    contract.changePassword,
    async ({ body }, caller) => {
      await changePassword(context, caller, body);
      return {};
    },
    smallBody,
  ),
  signedIn(contract.setLanguage, async ({ body }, caller) => {
    await chooseLanguage(context, caller, body.language);
    return {};
  }),
];

const peopleRoutes = (context: IdentityContext, gate: IdentityGate): Route<Caller>[] => [
  guarded(contract.listPeople, 'identity.people.list', async ({ query }) => ({ people: await findPeople(context.database.db, query.search ?? '', context.clock.now()) })),
  guarded(contract.addPerson, 'identity.people.add', async ({ body }, caller) => addPerson(context, caller, body), smallBody),
  guarded(
    contract.changePerson,
    'identity.people.change',
    async ({ params, body }, caller) => {
      await changePerson(context, gate, caller, params.personId, body);
      return {};
    },
    smallBody,
  ),
];

export const identityRoutes = (context: IdentityContext, gate: IdentityGate): Route<Caller>[] => [
  ...newMachineRoutes(context),
  ...sessionRoutes(context),
  ...sessionProofRoutes(context),
  ...peopleRoutes(context, gate),
  ...roomPeopleRoutes(context, gate),
];
