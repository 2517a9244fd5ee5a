/** Schema, command or view, presenter: the second factor, step-up and one's own sessions. */
import * as contract from '../../../../contract/identity.ts';
import { kibibyte } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Caller } from './caller.ts';
import { beginCodes, confirmCodes, removeCodes } from './commands/codes.ts';
import { endOwnSession, viewOwnAccount } from './commands/own-sessions.ts';
import { addPasskey, passkeyOptions, passkeySignIn, passkeySignInOptions, removePasskey } from './commands/passkeys.ts';
import { stepUp, stepUpOptions } from './commands/step-up.ts';
import type { IdentityContext } from './context.ts';
import { createRate } from './rate.ts';
import { viewNewSession, viewOwnSession } from './views.ts';
import { open, signedIn } from './words.ts';

const assertionBody = { bodyLimitBytes: 32 * kibibyte };
const askedAtMost = 30;
const askedInMs = 60_000;

export const sessionProofRoutes = (context: IdentityContext): Route<Caller>[] => {
  // Each asking makes a row that lives five minutes: nobody without a session may make many.
  const spare = createRate(context.clock, askedAtMost, askedInMs);
  return [
    open(contract.passkeySignInOptions, async ({ source }) => {
      spare(source);
      return passkeySignInOptions(context);
    }),
    open(
      contract.passkeySignIn,
      async ({ body, source, cookies }) => {
        spare(source);
        const { token } = await passkeySignIn(context, { ...body, source, replaced: cookies.session });
        cookies.setSession(token);
        return viewNewSession(context, token);
      },
      assertionBody,
    ),
    signedIn(contract.stepUpOptions, async (_call, caller) => stepUpOptions(context, caller)),
    signedIn(
      contract.stepUp,
      async ({ body, cookies }, caller) => {
        await stepUp(context, caller, body);
        return viewOwnSession(context, cookies.session);
      },
      assertionBody,
    ),
    signedIn(contract.ownAccount, async (_call, caller) => viewOwnAccount(context, caller)),
    signedIn(contract.endOwnSession, async ({ params }, caller) => {
      await endOwnSession(context, caller, params.sessionId);
      return {};
    }),
    signedIn(contract.passkeyOptions, async (_call, caller) => passkeyOptions(context, caller)),
    signedIn(contract.addPasskey, async ({ body }, caller) => addPasskey(context, caller, body), assertionBody),
    signedIn(contract.removePasskey, async ({ params }, caller) => {
      await removePasskey(context, caller, params.passkeyId);
      return {};
    }),
    signedIn(contract.beginCodes, async (_call, caller) => beginCodes(context, caller)),
    signedIn(contract.confirmCodes, async ({ body }, caller) => confirmCodes(context, caller, body.code)),
    signedIn(contract.removeCodes, async (_call, caller) => {
      await removeCodes(context, caller);
      return {};
    }),
  ];
};
