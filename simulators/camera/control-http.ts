/**
 * Steering simulated cameras from another process, on loopback:
 *   GET   /cameras               all cameras: behaviour and figures
 *   PATCH /cameras/<name>        part of Behaviour, e.g. {"arrival":"spread","stalled":true}
 *   POST  /cameras/<name>/drop   {"packets": 20}
 *   POST  /cameras/<name>/cut    {"reset": true}
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goodBehaviour, type Behaviour } from './behaviour.ts';
import type { Camera } from './camera.ts';

export interface ControlServer {
  port: number;
  close: () => Promise<void>;
}

const choices: Partial<Record<keyof Behaviour, readonly string[]>> = {
  arrival: ['burst', 'spread', 'even'],
  mangle: [
    'none',
    'random_packets',
    'random_bytes',
    'wrong_length',
    'endless_unit',
    'wrong_aggregate',
    'endless_header',
    'endless_body',
    'no_video',
  ],
};
const authSchemes = ['basic', 'digest-md5', 'digest-sha256', 'digest-both'];
const methods = ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'GET_PARAMETER'];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const fits = (key: keyof Behaviour, value: unknown): boolean => {
  if (key === 'auth') {
    if (value === null) return true;
    return isRecord(value) && authSchemes.includes(String(value['scheme'])) && typeof value['username'] === 'string' && typeof value['password'] === 'string';
  }
  if (key === 'refuse') {
    if (value === null) return true;
    return isRecord(value) && Number.isInteger(value['status']) && methods.includes(String(value['method']));
  }
  if (key === 'sendBufferBytes') return value === null || (Number.isInteger(value) && Number(value) > 0);
  const allowed = choices[key];
  if (allowed !== undefined) return typeof value === 'string' && allowed.includes(value);
  return typeof value === typeof goodBehaviour[key] && (typeof value !== 'number' || Number.isFinite(value));
};

/** A change of behaviour as it came over the wire, or the key that is wrong. */
export const readChange = (value: unknown): { change: Partial<Behaviour> } | { wrong: string } => {
  if (!isRecord(value)) return { wrong: 'not an object' };
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(goodBehaviour, key) || !fits(key as keyof Behaviour, item)) return { wrong: key };
  }
  return { change: value }; // every key and value was checked above
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 65_536) throw new Error('too long');
  }
  return text === '' ? {} : (JSON.parse(text) as unknown);
};

const act = (camera: Camera, method: string, verb: string, body: unknown): { status: number; answer: unknown } => {
  const asked = isRecord(body) ? body : {};
  if (method === 'PATCH' && verb === '') {
    const read = readChange(body);
    if ('wrong' in read) return { status: 400, answer: read };
    camera.control.set(read.change);
    return { status: 200, answer: camera.control.behaviour() };
  }
  if (method === 'POST' && verb === 'drop') {
    const packets = asked['packets'];
    if (typeof packets !== 'number' || !Number.isInteger(packets) || packets < 0) return { status: 400, answer: { wrong: 'packets' } };
    camera.control.drop(packets);
    return { status: 200, answer: {} };
  }
  if (method === 'POST' && verb === 'cut') {
    camera.control.cut(asked['reset'] === true);
    return { status: 200, answer: {} };
  }
  return { status: 404, answer: { wrong: 'path' } };
};

const respond = async (request: IncomingMessage, cameras: ReadonlyMap<string, Camera>): Promise<{ status: number; answer: unknown }> => {
  const [root, name, verb = ''] = (request.url ?? '/').split('?')[0]?.split('/').slice(1).map(decodeURIComponent) ?? [];
  if (root !== 'cameras') return { status: 404, answer: { wrong: 'path' } };
  if (name === undefined) {
    return { status: 200, answer: [...cameras.values()].map((c) => ({ name: c.name, behaviour: c.control.behaviour(), figures: c.control.figures() })) };
  }
  const camera = cameras.get(name);
  if (camera === undefined) return { status: 404, answer: { wrong: 'camera' } };
  return act(camera, request.method ?? 'GET', verb, await bodyOf(request));
};

export const startControl = async (cameras: ReadonlyMap<string, Camera>, port = 0): Promise<ControlServer> => {
  const server = createServer((request, response) => {
    respond(request, cameras)
      .catch((reason: unknown) => ({ status: 400, answer: { wrong: String(reason) } }))
      .then(({ status, answer }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
