/** Turns a camera by ONVIF: for a second at most, so that a broken line never leaves it turning. */
import { GuardedAgent } from './guarded-agent.ts';
import { ask, camOf, findServices, isRefusal, type OnvifLogin } from './device.ts';
import type { ServiceAddress } from './address.ts';

export interface Turn {
  /** -1 to 1: left, right. */
  pan: number;
  /** -1 to 1: down, up. */
  tilt: number;
  /** -1 to 1: wider, closer. */
  zoom: number;
}

/** The key that is held asks again before it is over. */
const turnForMs = 1_000;

/** null: stop. False: the camera said no or nothing. */
export const turnByOnvif = async (address: ServiceAddress, login: OnvifLogin, { allowLocal, profileToken }: { allowLocal: boolean; profileToken: string }, turn: Turn | null): Promise<boolean> => {
  const agent = new GuardedAgent(allowLocal);
  try {
    const order = async (useWSSecurity: boolean): Promise<void> => {
      const cam = camOf(address, login, agent, useWSSecurity);
      // Its clock goes into the token.
      await ask((answered) => cam.getSystemDateAndTime(answered));
      await findServices(cam);
      if (turn === null) await ask((answered) => cam.stop({ profileToken, panTilt: true, zoom: true }, answered));
      else await ask((answered) => cam.continuousMove({ profileToken, x: turn.pan, y: turn.tilt, zoom: turn.zoom, timeout: turnForMs }, answered));
    };
    await order(true).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      // Some devices are put off by a token beside the digest.
      return order(false);
    });
    return true;
  } catch {
    return false;
  } finally {
    agent.destroy();
  }
};
