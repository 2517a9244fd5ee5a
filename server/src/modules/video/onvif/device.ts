/** One look at a device by ONVIF: who it is, which streams it has, where it looks, what its clock says, or what is wrong in plain words. */
import { Cam } from 'onvif';
import { z } from 'zod';
import type { OnvifOutcome } from '../../../../../contract/cameras.ts';
import type { Clock } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';
import type { Direction } from '../register/entry.ts';
import { streamAddress, type ServiceAddress } from './address.ts';
import { AnswerTooLarge, GuardedAgent, LocalAddress } from './guarded-agent.ts';

export interface OnvifLogin {
  username: string | null;
  password: string | null;
}

export interface OnvifStream {
  token: string;
  name: string;
  url: string;
  codec: string;
  width: number | null;
  height: number | null;
  framesPerSecond: number | null;
}

export interface OnvifLook {
  outcome: OnvifOutcome;
  tookMs: number;
  clockOffsetMs: number | null;
  device: { manufacturer: string; model: string; firmware: string } | null;
  streams: OnvifStream[];
  ptz: boolean;
  events: boolean;
  direction: Direction | null;
}

const answerWithinMs = 5 * secondMs;
/** All questions together. */
const wholeWithinMs = 15 * secondMs;
/** Devices refuse tokens that are a few seconds old; further off than this the clock is the likely cause. */
const skewWorthBlamingMs = 30 * secondMs;
const mostProfiles = 16;

class Failed extends Error {
  readonly outcome: OnvifOutcome;
  constructor(outcome: OnvifOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** The library puts the name into the token unescaped. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const short = z.union([z.string(), z.number()]).transform((value) => String(value).slice(0, 100));
const Information = z.object({ manufacturer: short.catch(''), model: short.catch(''), firmwareVersion: short.catch('') });
const size = z.coerce.number().int().min(1).max(20_000).nullable().catch(null);
const Profile = z.object({
  $: z.object({ token: z.coerce.string().min(1).max(100) }), name: short.catch(''),
  videoEncoderConfiguration: z.object({ encoding: short.catch(''), resolution: z.object({ width: size, height: size }).catch({ width: null, height: null }), rateControl: z.object({ frameRateLimit: z.coerce.number().nullable().catch(null) }).catch({ frameRateLimit: null }) }).optional().catch(undefined),
  PTZConfiguration: z.unknown(),
});
const Position = z.object({ position: z.object({ x: z.coerce.number().min(-1).max(1), y: z.coerce.number().min(-1).max(1), zoom: z.coerce.number().min(0).max(1).catch(0) }) });

type Answered = (error: Error | null | undefined, value?: unknown) => void;
type Question = (answered: Answered) => void;

export const ask = (question: Question): Promise<unknown> =>
  new Promise((resolve, reject) => {
    question((error, value) => {
      if (error === null || error === undefined) resolve(value);
      else reject(error);
    });
  });

export const isRefusal = (error: unknown): boolean => error instanceof Error && /not ?authorized|unauthori[sz]ed|digest authentication|authority failure/i.test(error.message);

const outcomeOf = (error: unknown): OnvifOutcome => {
  if (error instanceof Failed) return error.outcome;
  if (error instanceof AnswerTooLarge) return 'too_large';
  if (error instanceof LocalAddress) return 'address_local';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTDOWN'].includes(code)) return 'unreachable';
  if (isRefusal(error)) return 'wrong_password';
  return error instanceof Error && error.message === 'Network timeout' ? 'timeout' : 'not_onvif';
};

export const camOf = (address: ServiceAddress, login: OnvifLogin, agent: GuardedAgent, useWSSecurity: boolean): Cam =>
  new Cam({
    hostname: address.host, port: address.port, path: address.path, timeout: answerWithinMs, autoconnect: false, preserveAddress: true, agent, useWSSecurity,
    ...(login.username === null || login.password === null ? {} : { username: escaped(login.username), password: login.password }),
  });

/** What the library holds without telling it in its types. */
const held = (cam: Cam, name: string): unknown => Reflect.get(cam, name);
const servicesOf = (cam: Cam) => {
  const uri = z.record(z.string(), z.unknown()).catch({}).parse(held(cam, 'uri'));
  return { media: uri['media'] !== undefined || uri['media2'] !== undefined, ptz: uri['ptz'] !== undefined || uri['PTZ'] !== undefined, events: uri['events'] !== undefined };
};

/** Services as today's devices tell them, else capabilities as old ones do. */
export const findServices = async (cam: Cam): Promise<void> => {
  try {
    await ask((answered) => cam.getServices(true, answered));
  } catch (error) {
    if (outcomeOf(error) !== 'not_onvif' && outcomeOf(error) !== 'wrong_password') throw error;
    await ask((answered) => cam.getCapabilities(answered));
  }
};

const clockOffset = async (cam: Cam, clock: Clock): Promise<number | null> => {
  const told = await ask((answered) => cam.getSystemDateAndTime(answered));
  const ms = told instanceof Date ? told.getTime() : Number.NaN;
  return Number.isFinite(ms) ? ms - clock.now() : null;
};

const streamsOf = async (cam: Cam, host: string): Promise<{ streams: OnvifStream[]; turns: boolean }> => {
  const told = z.array(z.unknown()).catch([]).parse(await ask((answered) => cam.getProfiles(answered)));
  const streams: OnvifStream[] = [];
  let turns = false;
  for (const raw of told.slice(0, mostProfiles)) {
    const read = Profile.safeParse(raw);
    if (!read.success || read.data.videoEncoderConfiguration === undefined) continue;
    const { $: { token }, name, videoEncoderConfiguration: { encoding, resolution, rateControl }, PTZConfiguration } = read.data;
    turns ||= PTZConfiguration !== undefined;
    const { uri } = z.object({ uri: z.string().max(512) }).catch({ uri: '' }).parse(await ask((answered) => cam.getStreamUri({ protocol: 'RTSP', profileToken: token }, answered)));
    const url = streamAddress(uri, host);
    if (url !== null) streams.push({ token, name, url, codec: encoding, ...resolution, framesPerSecond: rateControl.frameRateLimit });
  }
  return { streams, turns };
};

/** The direction of a camera that turns; null: it does not tell. */
const directionOf = async (cam: Cam, profileToken: string): Promise<Direction | null> => {
  const told = await ask((answered) => cam.getStatus({ profileToken }, answered)).catch(() => null);
  const read = Position.safeParse(told);
  return read.success ? { pan: read.data.position.x, tilt: read.data.position.y, zoom: read.data.position.zoom } : null;
};

const blank = { clockOffsetMs: null, device: null, streams: [], ptz: false, events: false, direction: null };

const signIn = async (make: (useWSSecurity: boolean) => Cam, first: Cam, offsetMs: number | null): Promise<{ cam: Cam; information: z.output<typeof Information>; digest: boolean }> => {
  const inform = async (cam: Cam) => Information.parse(await ask((answered) => cam.getDeviceInformation(answered)));
  try {
    const information = await inform(first);
    // The library counts the digests that it has sent.
    return { cam: first, information, digest: held(first, '_nc') !== 0 };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  // Some devices are put off by a token beside the digest.
  const plain = make(false);
  try {
    await findServices(plain);
    return { cam: plain, information: await inform(plain), digest: true };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Failed(Math.abs(offsetMs ?? 0) > skewWorthBlamingMs ? 'clock_skew' : 'wrong_password');
  }
};

const questions = async (address: ServiceAddress, login: OnvifLogin, agent: GuardedAgent, clock: Clock, look: Omit<OnvifLook, 'tookMs'>): Promise<void> => {
  const make = (useWSSecurity: boolean): Cam => camOf(address, login, agent, useWSSecurity);
  const first = make(true);
  look.clockOffsetMs = await clockOffset(first, clock);
  await findServices(first);
  const { cam, information, digest } = await signIn(make, first, look.clockOffsetMs);
  look.device = { manufacturer: information.manufacturer, model: information.model, firmware: information.firmwareVersion };
  const services = servicesOf(cam);
  look.events = services.events;
  if (!services.media) throw new Failed('no_media');
  const { streams, turns } = await streamsOf(cam, address.host).catch((error: unknown) => {
    throw outcomeOf(error) === 'not_onvif' ? new Failed('no_media') : error;
  });
  look.streams = streams;
  if (streams.length === 0) throw new Failed('no_media');
  look.ptz = services.ptz && turns;
  const [main] = byArea(streams);
  look.direction = look.ptz && main !== undefined ? await directionOf(cam, main.token) : null;
  look.outcome = digest ? 'digest_only' : 'ok';
};

/** Largest picture first. */
export const byArea = (streams: readonly OnvifStream[]): OnvifStream[] => streams.toSorted((a, b) => (b.width ?? 0) * (b.height ?? 0) - (a.width ?? 0) * (a.height ?? 0));

/** Never rejects: what went wrong is the outcome. What was learnt until then is told too. */
export const lookByOnvif = async (address: ServiceAddress, login: OnvifLogin, { clock, allowLocal }: { clock: Clock; allowLocal: boolean }): Promise<OnvifLook> => {
  const began = clock.monotonic();
  const look: Omit<OnvifLook, 'tookMs'> = { outcome: 'not_onvif', ...blank };
  const agent = new GuardedAgent(allowLocal);
  const limit = AbortSignal.timeout(wholeWithinMs);
  try {
    const late = new Promise<never>((_resolve, reject) => limit.addEventListener('abort', () => reject(new Failed('timeout')), { once: true }));
    await Promise.race([questions(address, login, agent, clock, look), late]);
  } catch (error) {
    look.outcome = outcomeOf(error);
  } finally {
    agent.destroy();
  }
  return { ...look, tookMs: Math.round(clock.monotonic() - began) };
};
