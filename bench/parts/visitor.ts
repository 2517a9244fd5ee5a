/** One person at one machine: signs in, acts over HTTP, holds a live socket. Only answers that arrived whole count. */
import { request } from 'node:http';
import WebSocket from 'ws';
import { LiveNotice } from '../../contract/live.ts';
import { SessionView } from '../../contract/identity.ts';
import type { Account } from './product.ts';

export interface Answer {
  status: number;
  body: unknown;
  bytes: Buffer;
  /** Value of the session cookie, when one was set. */
  token: string | null;
}

export interface Ask {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  token?: string | null;
  /** Loopback address to come from: the throttle of sign-ins counts by source. */
  from?: string;
}

const cookieName = 'vigil_session';
const patienceMs = 15_000;

export const ask = (address: string, { method, path, body, token = null, from = '127.0.0.1' }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const payload = body === undefined ? null : Buffer.from(JSON.stringify(body));
    const headers = { ...(token === null ? {} : { cookie: `${cookieName}=${token}` }), ...(payload === null ? {} : { 'content-type': 'application/json', 'content-length': String(payload.length) }) };
    const asked = request(`${address}${path}`, { method, headers, localAddress: from, timeout: patienceMs, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) return reject(new Error('the answer was cut off'));
        const bytes = Buffer.concat(pieces);
        const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
        const set = (response.headers['set-cookie'] ?? []).map((one) => new RegExp(`^${cookieName}=([^;]+)`).exec(one)?.[1]).find((one) => one !== undefined);
        return resolve({ status: response.statusCode ?? 0, body: isJson && bytes.length > 0 ? (JSON.parse(bytes.toString('utf8')) as unknown) : null, bytes, token: set ?? null });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time'))).on('error', reject);
    asked.end(payload ?? undefined);
  });

export interface Session {
  token: string;
  personId: string;
}

/** Null when the server refused or was not there to answer. */
export const signIn = async (address: string, person: Account, from: string): Promise<Session | null> => {
  const answer = await ask(address, { method: 'POST', path: '/api/identity/sessions', body: { ...person }, from }).catch(() => null);
  if (answer?.status !== 200 || answer.token === null) return null;
  return { token: answer.token, personId: SessionView.parse(answer.body).person.personId };
};

export interface LiveWindow {
  send(request: object): void;
  /** The next notice that fits, or null when the socket breaks or patience ends first. */
  next<T extends LiveNotice>(fits: (notice: LiveNotice) => notice is T, limitMs?: number): Promise<T | null>;
  readonly open: boolean;
  close(): void;
}

export const openLiveWindow = (address: string, token: string): Promise<LiveWindow | null> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, { headers: { cookie: `${cookieName}=${token}`, origin: address }, handshakeTimeout: patienceMs });
    const waiting = new Set<(notice: LiveNotice | null) => void>();
    const tell = (notice: LiveNotice | null): void => [...waiting].forEach((hear) => hear(notice));
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => {
      tell(null);
      resolve(null);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) tell(LiveNotice.parse(JSON.parse(data.toString('utf8'))));
    });
    socket.on('open', () =>
      resolve({
        get open() {
          return socket.readyState === socket.OPEN;
        },
        send: (message) => {
          if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
        },
        next: <T extends LiveNotice>(fits: (notice: LiveNotice) => notice is T, limitMs = patienceMs) =>
          new Promise<T | null>((heard) => {
            const end = (notice: T | null): void => {
              clearTimeout(patience);
              waiting.delete(hear);
              heard(notice);
            };
            const hear = (notice: LiveNotice | null): void => {
              if (notice === null) end(null);
              else if (fits(notice)) end(notice);
            };
            const patience = setTimeout(() => end(null), limitMs);
            waiting.add(hear);
            if (socket.readyState !== socket.OPEN) end(null);
          }),
        close: () => socket.terminate(),
      }),
    );
  });
