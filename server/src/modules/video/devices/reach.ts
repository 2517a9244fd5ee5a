/** Does a recorder answer RTSP? One OPTIONS on a fresh connection, nothing signed in: also a wrong password is an answer. */
import { connect } from 'node:net';
import { secondMs } from '../../../base/units.ts';
import { isLocalHost } from '../camera.ts';
import { guardedLookup, LocalAddress } from '../onvif/guarded-agent.ts';
import type { DeviceFault } from './store.ts';

const withinMs = 5 * secondMs;
const mostBytes = 4_096;

const faultOf = (error: unknown): DeviceFault => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof LocalAddress || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name';
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused';
  return code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EHOSTDOWN' ? 'no_route' : 'timeout';
};

/** Null: it answered. Never rejects. */
export const reach = ({ host, port, allowLocal }: { host: string; port: number; allowLocal: boolean }): Promise<DeviceFault | null> =>
  new Promise((resolve) => {
    if (!allowLocal && isLocalHost(host)) return resolve('name');
    const socket = connect({ host, port, lookup: guardedLookup(allowLocal) });
    const finish = (answer: DeviceFault | null): void => {
      socket.destroy();
      resolve(answer);
    };
    let heard = '';
    // The whole time, not the idle one: a device that drips bytes is none.
    const limit = AbortSignal.timeout(withinMs);
    limit.addEventListener('abort', () => finish('timeout'), { once: true });
    socket.on('connect', () => socket.write(`OPTIONS rtsp://${host.includes(':') ? `[${host}]` : host}:${port}/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Vigil\r\n\r\n`));
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      if (heard.startsWith('RTSP/')) finish(null);
      else if (heard.length >= 'RTSP/'.length || heard.length > mostBytes) finish('not_rtsp');
    });
    socket.on('end', () => finish('not_rtsp'));
    socket.on('error', (error) => finish(faultOf(error)));
    return undefined;
  });
