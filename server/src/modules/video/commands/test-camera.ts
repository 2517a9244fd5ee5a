/** The test button: says in plain words what is wrong with an address, and shows one picture when nothing is. A recorded act. */
import type { ProbeOutcome, ProbeResult } from '../../../../../contract/recorder.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { fingerprintOf, isSameDevice, readAddress, type CameraAddress, type HowItComes } from '../camera.ts';
import { openAddress } from '../camera-address.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { cameraTested } from '../events.ts';
import { probeSentences } from '../probe-sentences.ts';
import { shownAddress } from '../shown-address.ts';
import { findCamera } from '../store.ts';

/** `cameraId`: what is not given of user and password is taken from what is stored for this camera. */
export interface TestedAddress extends CameraAddress, HowItComes {
  cameraId?: string | undefined;
}

export interface CameraTest extends Sentence, ProbeResult {}

const refusedOutcome = (refusal: Refusal): ProbeOutcome => (refusal.code === 'video.address_local' ? 'address_local' : 'address_wrong');

const probe = async (context: VideoContext, given: CameraAddress & HowItComes): Promise<{ url: string; result: ProbeResult }> => {
  try {
    const address = readAddress(given, context.allowLocal);
    return { url: shownAddress(address.url), result: await context.recorder.probe({ ...address, allowLocal: context.allowLocal, transport: given.transport, tlsFingerprint: given.tlsFingerprint == null ? null : fingerprintOf(given.tlsFingerprint) }) };
  } catch (error) {
    const isAddressFault = error instanceof Refusal && error.code.startsWith('video.address_');
    if (!isAddressFault) throw error;
    return { url: '-', result: { outcome: refusedOutcome(error), detail: '', tookMs: 0, video: null } };
  }
};

const withStored = async (context: VideoContext, caller: Caller, { cameraId, ...given }: TestedAddress): Promise<CameraAddress & HowItComes> => {
  if (cameraId === undefined) return given;
  const camera = await findCamera(context.database.db, caller.roomId, cameraId);
  if (camera === null) throw refuse('camera_unknown');
  // Screens show the address without what may be a password in it.
  const stored = openAddress(context.sealer, camera);
  const url = given.url === camera.shownUrl ? stored : given.url;
  // The stored password is for the stored device: sent to another address, it would be given away to whoever listens there.
  const hasOwn = URL.canParse(url) && new URL(url).username !== '';
  const transport = given.transport ?? camera.transport;
  if (hasOwn || !isSameDevice(url, stored)) return { ...given, url, transport };
  const password = camera.passwordSealed === null ? null : context.sealer.open(camera.passwordSealed, camera.cameraId);
  const tlsFingerprint = given.tlsFingerprint === undefined ? camera.tlsFingerprint : given.tlsFingerprint;
  return { url, username: given.username ?? camera.username, password: given.password ?? password, transport, tlsFingerprint };
};

export const testCamera = async (context: VideoContext, caller: Caller, given: TestedAddress): Promise<CameraTest> => {
  const { url, result } = await probe(context, await withStored(context, caller, given));
  await context.database.transaction(async (tx) => {
    const body = { address: url, outcome: result.outcome, pictureShown: result.video !== null };
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: cameraTested, siteId, roomId, actor: actorOf(caller), subject: roomId, body, at: context.clock.now() });
  });
  return { ...result, ...probeSentences[result.outcome] };
};
