/** What the answers of a camera say, read the way that cameras write them. */
import { secondMs } from '../../server/src/base/units.ts';
import type { RtspMessage } from './rtsp-parser.ts';

const defaultSessionSeconds = 60; // RFC 2326 section 12.37
const longestKeepAliveMs = 30 * secondMs;
const longestUrl = 2_048;

const first = (message: RtspMessage, name: string): string => message.headers.get(name)?.[0] ?? '';

export interface Session {
  /** Null: none, or one that no request may carry. */
  id: string | null;
  /** Half of its time-out, so that one lost sign of life costs nothing. */
  keepAliveMs: number;
}

export const sessionOf = (message: RtspMessage): Session => {
  const [, id, timeout] = /^([^;\s]{1,256})\s*(?:;\s*timeout\s*=\s*(\d{1,6}))?/i.exec(first(message, 'session')) ?? [];
  const seconds = timeout === undefined || Number(timeout) === 0 ? defaultSessionSeconds : Number(timeout);
  return {
    id: id === undefined || /[^\u0021-\u007e]/.test(id) ? null : id,
    keepAliveMs: Math.min(longestKeepAliveMs, Math.max(secondMs, (seconds * secondMs) / 2)),
  };
};

export interface Transport {
  /** Interleaved channel of the media; null: not interleaved. */
  channel: number | null;
  /** The camera's ports for RTP and RTCP; null: not told. */
  ports: readonly [number, number] | null;
}

export const transportOf = (message: RtspMessage): Transport => {
  const text = first(message, 'transport');
  const channel = /interleaved\s*=\s*(\d{1,3})/i.exec(text)?.[1];
  const [, rtp, rtcp] = /server_port\s*=\s*(\d{1,5})(?:-(\d{1,5}))?/i.exec(text) ?? [];
  const port = Number(rtp ?? '0');
  return {
    channel: channel === undefined ? null : Math.min(254, Number(channel)),
    ports: port > 0 && port < 65_536 ? [port, Math.min(65_535, Number(rtcp ?? port + 1))] : null,
  };
};

export const offersGetParameter = (message: RtspMessage): boolean => /\bGET_PARAMETER\b/i.test((message.headers.get('public') ?? []).join(','));

/** A base that a camera names goes into request lines: only as a plain rtsp:// or rtsps:// address. */
export const baseOf = (message: RtspMessage, asked: string): string => {
  const text = (message.headers.get('content-base')?.[0] ?? message.headers.get('content-location')?.[0] ?? asked).trim();
  return /^rtsps?:\/\/[\u0021-\u007e]+$/i.test(text) && text.length <= longestUrl ? text.replace(/^(rtsps?:\/\/)[^/?#]*@/i, '$1') : asked;
};
