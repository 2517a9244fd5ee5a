/**
 * Signed webhook: HMAC-SHA256 over `<unix seconds>.<body>` in `vigil-signature`, the time in `vigil-timestamp`, so that a receiver can tell
 * who sent it and refuse what is replayed. No redirects are followed; loopback and link-local addresses are not connected to.
 */
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Instant } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';
import { localHost, LocalAddress, outsideLookup } from './outside-address.ts';

export interface WebhookMessage {
  noticeId: string;
  kind: string;
  severity: string;
  subject: string;
  title: { zh: string; en: string };
  sentence: { zh: string; en: string };
  to: string;
  madeAt: Instant;
}

export const signatureOf = (key: string, timestamp: number, body: string): string => `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;

export interface WebhookTarget {
  url: string;
  key: string;
  allowLocal: boolean;
  limitMs: number;
}

const mostAnswerBytes = 4_096;

/** Resolves with the status line when the other side took it (2xx); else rejects with why. */
export const postWebhook = (target: WebhookTarget, message: WebhookMessage, now: Instant): Promise<string> => {
  const url = new URL(target.url);
  const host = localHost(url);
  if (!target.allowLocal && host !== null) return Promise.reject(new LocalAddress(host));
  const body = JSON.stringify(message);
  const timestamp = Math.floor(now / secondMs);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, {
      method: 'POST', agent: false, signal: AbortSignal.timeout(target.limitMs), ...(target.allowLocal ? {} : { lookup: outsideLookup }),
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'vigil-timestamp': String(timestamp), 'vigil-signature': signatureOf(target.key, timestamp, body) },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > mostAnswerBytes) response.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', () => (status >= 200 && status < 300 ? resolve(`HTTP ${status}`) : reject(new Error(`HTTP ${status}`))));
    });
    request.end(body);
  });
};
