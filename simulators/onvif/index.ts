/** A simulated ONVIF device: real SOAP over HTTP, real WS-Discovery over UDP, with the faults of the field as switches. */
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { challenge, digestSignsIn, newNonce, tokenSignsIn, type Login } from './sign-in.ts';
import * as soap from './soap.ts';
import type { Profile, Turn } from './soap.ts';

export interface OnvifBehaviour {
  login: Login | null;
  /** Takes HTTP digest only, no token in the SOAP. */
  digestOnly: boolean;
  /** Its clock minus the true one, ms. */
  clockOffsetMs: number;
  /** Refuses every token while its clock is off, as devices do whose replay protection looks at another clock than they tell. */
  refusesWhenSkewed: boolean;
  media: boolean;
  ptz: boolean;
  turn: Turn;
  /** Answers a web page instead of SOAP. */
  webPageOnly: boolean;
  /** Answers this many bytes of padding. */
  paddingBytes: number;
  /** Takes the question and never answers. */
  silent: boolean;
  /** Answers this instead of everything; for hostile answers. */
  answer: string | null;
  streams: readonly Profile[];
  name: string;
  model: string;
}

export const goodOnvif: OnvifBehaviour = {
  login: { username: 'admin', password: 'admin' }, digestOnly: false, clockOffsetMs: 0, refusesWhenSkewed: false, media: true, ptz: true, turn: { pan: 0, tilt: 0, zoom: 0 }, webPageOnly: false, paddingBytes: 0, silent: false, answer: null,
  streams: [
    { token: 'main', name: 'mainStream', url: 'rtsp://127.0.0.1:8554/gate', width: 1920, height: 1080, framesPerSecond: 25 },
    { token: 'sub', name: 'subStream', url: 'rtsp://127.0.0.1:8554/gate/sub', width: 640, height: 360, framesPerSecond: 15 },
  ],
  name: 'Simulated camera', model: 'SIM-PTZ',
};

export interface OnvifDevice {
  /** http://127.0.0.1:port/onvif/device_service */
  url: string;
  discoveryPort: number;
  set(change: Partial<OnvifBehaviour>): void;
  /** Questions that it was asked, by name. */
  asked: readonly string[];
  close(): Promise<void>;
}

/** What may be asked without signing in (ONVIF core specification, access class PRE_AUTH). */
const forAnybody: ReadonlySet<string> = new Set(['GetSystemDateAndTime', 'GetServices', 'GetCapabilities']);
const mostBodyBytes = 65_536;
const clockTolerance = 5_000;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const piece of request as AsyncIterable<Buffer>) {
    text += piece.toString('utf8');
    if (text.length > mostBodyBytes) break;
  }
  return text;
};

const questionOf = (xml: string): string => /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(xml)?.[1] ?? '';

const answerOf = (question: string, xml: string, url: string, be: OnvifBehaviour, now: Date): string => {
  switch (question) {
    case 'GetSystemDateAndTime': return soap.dateAndTime(now);
    case 'GetServices': return soap.services(url, be);
    case 'GetDeviceInformation': return soap.deviceInformation('Vigil', be.model);
    case 'GetProfiles': return be.media ? soap.profiles(be.streams, be.ptz) : soap.fault('ActionNotSupported', 'Optional Action Not Implemented');
    case 'GetVideoSources': return soap.videoSources();
    case 'GetStreamUri': {
      const token = /ProfileToken[^>]*>([^<]*)</.exec(xml)?.[1];
      return soap.streamUri(be.streams.find((one) => one.token === token)?.url ?? be.streams[0]?.url ?? '');
    }
    case 'ContinuousMove': case 'Stop': return be.ptz ? soap.ptzDone(question) : soap.fault('ActionNotSupported', 'Optional Action Not Implemented');
    case 'GetStatus': return be.ptz ? soap.ptzStatus(be.turn, now) : soap.fault('ActionNotSupported', 'Optional Action Not Implemented');
    default: return soap.fault('ActionNotSupported', 'Optional Action Not Implemented');
  }
};

const clamped = (value: number, least: number): number => Math.min(1, Math.max(least, value));
/** Each order moves it a tenth of its speed: enough to be seen in its status. */
const turned = ({ pan, tilt, zoom }: Turn, xml: string): Turn => {
  const figure = (pattern: RegExp): number => Number(pattern.exec(xml)?.[1] ?? 0) / 10;
  return { pan: clamped(pan + figure(/PanTilt[^>]* x="([-\d.]+)"/), -1), tilt: clamped(tilt + figure(/PanTilt[^>]* y="([-\d.]+)"/), -1), zoom: clamped(zoom + figure(/<Zoom[^>]* x="([-\d.]+)"/), 0) };
};

const maySay = (request: IncomingMessage, xml: string, be: OnvifBehaviour, nonce: string): boolean => {
  const { login } = be;
  if (login === null) return true;
  if (be.digestOnly) return digestSignsIn(request.headers.authorization ?? '', request.method ?? '', login, nonce);
  const token = tokenSignsIn(xml, login);
  if (token === null) return false;
  const skewed = be.refusesWhenSkewed && Math.abs(be.clockOffsetMs) > clockTolerance;
  return !skewed && Math.abs(token.created - (Date.now() + be.clockOffsetMs)) <= clockTolerance;
};

const send = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
};

const startDiscovery = (be: () => OnvifBehaviour, url: () => string, port: number, group: string | null): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    socket.on('message', (message, from) => {
      const xml = message.toString('utf8');
      const relatesTo = /MessageID[^>]*>([^<]+)</.exec(xml)?.[1];
      if (relatesTo === undefined || questionOf(xml) !== 'Probe') return;
      const { name, model } = be();
      socket.send(soap.probeMatch({ relatesTo, uuid: `1419d68a-1dd2-11b2-a105-${new URL(url()).port.padStart(12, '0')}`, address: url(), name, model }), from.port, from.address);
    });
    socket.once('error', reject);
    socket.bind(port, group === null ? '127.0.0.1' : undefined, () => {
      if (group !== null) socket.addMembership(group);
      resolve(socket);
    });
  });

export interface OnvifOptions extends Partial<OnvifBehaviour> {
  port?: number;
  /** 0: any, on the loopback alone; 3702: hears the multicast of the whole link. */
  discoveryPort?: number;
}

export const startOnvifDevice = async ({ port = 0, discoveryPort = 0, ...behaviour }: OnvifOptions = {}): Promise<OnvifDevice> => {
  let be: OnvifBehaviour = { ...goodOnvif, ...behaviour };
  const asked: string[] = [];
  const nonce = newNonce();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const xml = await bodyOf(request);
    const question = questionOf(xml);
    asked.push(question);
    if (be.silent) return;
    if (be.webPageOnly) return send(response, 200, 'text/html', '<!doctype html><title>Login</title>');
    if (be.answer !== null) return send(response, 200, 'application/soap+xml', be.answer);
    if (be.paddingBytes > 0) return send(response, 200, 'application/soap+xml', soap.envelope(`<!--${'x'.repeat(be.paddingBytes)}-->`));
    if (!forAnybody.has(question) && !maySay(request, xml, be, nonce)) {
      if (be.digestOnly) response.setHeader('www-authenticate', challenge(nonce));
      return send(response, be.digestOnly ? 401 : 400, 'application/soap+xml', soap.fault('NotAuthorized', 'Sender not authorized'));
    }
    if (be.ptz && question === 'ContinuousMove') be = { ...be, turn: turned(be.turn, xml) };
    const text = answerOf(question, xml, url, be, new Date(Date.now() + be.clockOffsetMs));
    return send(response, text.includes('<s:Fault>') ? 400 : 200, 'application/soap+xml; charset=utf-8', text);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(port, discoveryPort === 0 ? '127.0.0.1' : undefined, resolve));
  const listening = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${listening.port}/onvif/device_service`;
  const socket = await startDiscovery(() => be, () => url, discoveryPort, discoveryPort === 0 ? null : '239.255.255.250');
  return {
    url, discoveryPort: socket.address().port, asked,
    set: (change) => {
      be = { ...be, ...change };
    },
    close: async () => {
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
