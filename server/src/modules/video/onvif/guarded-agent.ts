/** Connections to devices of the camera network: never to this machine, never an endless answer, never for ever. */
import { lookup as systemLookup } from 'node:dns';
import { Agent, type ClientRequestArgs } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { mebibyte } from '../../../base/units.ts';
import { isLocalHost } from '../camera.ts';

/** The longest honest answers (profiles of an encoder with 64 channels) stay under it. */
const maxAnswerBytes = mebibyte / 2;

export class AnswerTooLarge extends Error {}
export class LocalAddress extends Error {}

/** Names are looked at when they are resolved: one that leads here is refused whatever it is called. */
export const guardedLookup = (allowLocal: boolean): LookupFunction => (host, options, answer) => {
  systemLookup(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return answer(error, []);
    const usable = allowLocal ? found : found.filter(({ address }) => !isLocalHost(address));
    const [first] = usable;
    if (first === undefined) return answer(new LocalAddress(host), []);
    if (options.all === true) answer(null, usable);
    else answer(null, first.address, first.family);
  });
};

export class GuardedAgent extends Agent {
  readonly #allowLocal: boolean;

  constructor(allowLocal: boolean) {
    super({ keepAlive: false, maxSockets: 4 });
    this.#allowLocal = allowLocal;
  }

  override createConnection(options: ClientRequestArgs, ready?: (error: Error | null, stream: Duplex) => void): Duplex | null | undefined {
    const { host } = options;
    if (!this.#allowLocal && typeof host === 'string' && isIP(host) !== 0 && isLocalHost(host)) throw new LocalAddress(host);
    const stream = super.createConnection({ ...options, lookup: guardedLookup(this.#allowLocal) }, ready);
    let received = 0;
    stream?.on('data', (bytes: Buffer) => {
      received += bytes.length;
      if (received > maxAnswerBytes) stream.destroy(new AnswerTooLarge());
    });
    return stream;
  }
}
