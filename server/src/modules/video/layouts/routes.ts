/** Schema, act, presenter: the wall. */
import * as contract from '../../../../../contract/wall.ts';
import { guarded, type Caller } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { coverWall, keepLayout, removeLayout, seeWall } from './wall.ts';

export const wallRoutes = (context: VideoContext, covered: (caller: Caller, shown: readonly string[]) => void) => [
  guarded(contract.seeWall, 'video.live.watch', async (_call, caller) => seeWall(context, caller)),
  guarded(contract.keepLayout, 'video.wall.arrange', async ({ body }, caller) => ({ layoutId: await keepLayout(context, caller, body) })),
  guarded(contract.removeLayout, 'video.wall.arrange', async ({ params }, caller) => {
    await removeLayout(context, caller, params.layoutId);
    return {};
  }),
  guarded(contract.coverWall, 'video.live.watch', async ({ body }, caller) => {
    const shown = await coverWall(context, caller, body);
    if (body.covered) covered(caller, shown);
    return { shown };
  }),
];
