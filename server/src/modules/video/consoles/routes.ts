/** Schema, act, presenter: consoles. */
import * as contract from '../../../../../contract/wall.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { listConsoles, registerConsole, removeConsole } from './receivers.ts';

export const consoleRoutes = (context: VideoContext) => [
  guarded(contract.listConsoles, 'video.consoles.see', async ({ cookies }, caller) => listConsoles(context, caller, cookies.console)),
  guarded(contract.registerConsole, 'video.consoles.manage', async ({ body, cookies }, caller) => {
    const { consoleId, token } = await registerConsole(context, caller, body);
    cookies.setConsole(token);
    return { consoleId };
  }),
  guarded(contract.removeConsole, 'video.consoles.manage', async ({ params, body }, caller) => {
    await removeConsole(context, caller, params.consoleId, body.reason);
    return {};
  }),
];
