/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/video.ts';
import { mebibyte } from '../../base/units.ts';
import { guarded } from '../../mechanisms/identity/index.ts';
import { addCamera } from './commands/add-camera.ts';
import { changeCamera } from './commands/change-camera.ts';
import { ptzRoutes } from './ptz/routes.ts';
import { retireCamera } from './commands/retire-camera.ts';
import { takeSnapshot } from './commands/take-snapshot.ts';
import { testCamera } from './commands/test-camera.ts';
import { actorOf, type VideoContext } from './context.ts';
import { consoleRoutes } from './consoles/routes.ts';
import { wallRoutes } from './layouts/routes.ts';
import type { LiveRelay } from './live-relay.ts';
import { markRoutes } from './marks/routes.ts';
import type { MayPlay } from './playback-right.ts';
import type { Playbacks } from './playback.ts';
import type { RecorderLink } from './recorder-link.ts';
import type { Receivers } from './consoles/receivers.ts';
import { listSnapshots, snapshotPicture } from './snapshots.ts';
import { cameraTimeline, listCameras, roomTimeline } from './views.ts';

export interface VideoParts {
  context: VideoContext;
  link: RecorderLink;
  relay: LiveRelay;
  playbacks: Playbacks;
  mayPlay: MayPlay;
  receivers: Receivers;
}

const cameraRoutes = ({ context, link, relay }: VideoParts) => [
  guarded(contract.listCameras, 'video.cameras.see', async (_call, caller) => listCameras(context, link, caller)),
  guarded(contract.addCamera, 'video.cameras.manage', async ({ body }, caller) => {
    const cameraId = await context.database.transaction((tx) => addCamera(context, tx, caller, { ...body, entry: { fields: body.fields ?? {}, asRegulated: true } }, actorOf(caller)));
    await link.push();
    return { cameraId };
  }),
  guarded(contract.changeCamera, 'video.cameras.manage', async ({ params, body }, caller) => {
    await context.database.transaction((tx) => changeCamera(context, tx, caller, params.cameraId, body));
    await link.push();
    return {};
  }),
  guarded(contract.removeCamera, 'video.cameras.manage', async ({ params, body }, caller) => {
    await context.database.transaction((tx) => retireCamera(context, tx, caller, params.cameraId, body.reason));
    relay.cameraRemoved(params.cameraId);
    await link.push();
    return {};
  }),
  guarded(contract.testCamera, 'video.cameras.test', async ({ body }, caller) => testCamera(context, caller, body)),
];

// Whoever may hold a grant knocks here; what they see of it is decided footage by footage (playback-right.ts).
const footageRoutes = ({ context, link, playbacks, mayPlay, receivers }: VideoParts) => [
  guarded(contract.timeline, 'video.footage.granted', async ({ params, query }, caller) => cameraTimeline({ context, link, mayPlay }, caller, params.cameraId, query.from, query.until)),
  guarded(contract.roomTimeline, 'video.footage.play', async ({ query }, caller) => roomTimeline(context, caller, query.from, query.until)),
  guarded(contract.openPlayback, 'video.footage.granted', async ({ body, cookies }, caller) => {
    await receivers.require(caller, cookies.console, 'footage');
    return playbacks.open(caller, body);
  }),
  guarded(contract.segmentIndex, 'video.footage.granted', async ({ params, cookies }, caller) => {
    await receivers.require(caller, cookies.console, 'footage');
    return playbacks.index(caller, params.playbackId, params.segmentId);
  }),
  guarded(contract.segmentMedia, 'video.footage.granted', async ({ params, range, cookies }, caller) => {
    await receivers.require(caller, cookies.console, 'footage');
    return playbacks.media(caller, params.playbackId, params.segmentId, range);
  }),
  guarded(contract.closePlayback, 'video.footage.granted', async ({ params }, caller) => {
    await playbacks.close(caller, params.playbackId);
    return {};
  }),
];

const snapshotRoutes = ({ context, mayPlay, receivers }: VideoParts) => [
  guarded(
    contract.takeSnapshot,
    'video.snapshot.take',
    async ({ body }, caller) => takeSnapshot(context, mayPlay, caller, { ...body, picture: Buffer.from(body.picture, 'base64') }),
    { bodyLimitBytes: 12 * mebibyte },
  ),
  guarded(contract.listSnapshots, 'video.snapshot.see', async ({ query }, caller) => listSnapshots(context, caller, query)),
  guarded(contract.snapshotPicture, 'video.snapshot.see', async ({ params, cookies }, caller) => {
    await receivers.require(caller, cookies.console, 'picture');
    return snapshotPicture(context, caller, params.snapshotId);
  }),
];

export const videoRoutes = (parts: VideoParts) => [
  ...cameraRoutes(parts), ...footageRoutes(parts), ...snapshotRoutes(parts), ...markRoutes(parts.context, parts.mayPlay), ...consoleRoutes(parts.context), ...ptzRoutes(parts.context),
  ...wallRoutes(parts.context, (caller, shown) => parts.relay.covered(caller.sessionId, shown)),
];
