/**
 * A route is an endpoint of the contract, who may call it, and what it does. There is no route without an access (house rule 7: deny by
 * default); `routesFor<Caller>()` gives the three words that modules write: open, signedIn, guarded.
 */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Endpoint } from '../../../../contract/endpoint.ts';

export type Access =
  | { kind: 'open' } // nobody needs to be signed in; says nothing about the room
  | { kind: 'signed_in' }
  | { kind: 'verb'; verb: string };

/** An answer of bytes: media, pictures, pages. */
export interface Bytes {
  status?: number;
  contentType: string;
  headers?: Readonly<Record<string, string>>;
  body: Buffer | string | Readable;
}

export interface CookieJar {
  /** Value of the session cookie that came with the request, valid or not. */
  session: string | undefined;
  /** Sets the session cookie of this window's browser; null clears it. */
  setSession(token: string | null): void;
  /** Secret of the computer that asks, valid or not. */
  console: string | undefined;
  /** Kept by this browser, whoever signs in here. */
  setConsole(token: string): void;
}

export interface Call<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  /** Network address of the caller, for throttles and records. */
  source: string;
  range: string | undefined;
  cookies: CookieJar;
}

type Answer<E extends Endpoint> = E['bytes'] extends true ? Bytes : z.input<E['response']> | Bytes;

export interface Route<Caller> {
  endpoint: Endpoint;
  access: Access;
  bodyLimitBytes: number;
  handle(call: Call<Endpoint>, caller: Caller | null): Promise<unknown>;
}

const defaultBodyLimitBytes = 256 * 1024;

export interface RouteOptions {
  bodyLimitBytes?: number;
}

/** The words for routes whose callers are of one type. */
export const routesFor = <Caller>() => {
  const make = <E extends Endpoint>(
    endpoint: E,
    access: Access,
    handle: (call: Call<E>, caller: Caller | null) => Promise<Answer<E>>,
    options: RouteOptions,
  ): Route<Caller> => ({
    endpoint,
    access,
    bodyLimitBytes: options.bodyLimitBytes ?? defaultBodyLimitBytes,
    // The server has checked params, query and body against this endpoint's own schemas before it calls.
    handle: (call, caller) => handle(call, caller),
  });
  const present = (caller: Caller | null): Caller => {
    if (caller === null) throw new Error('a guarded route was reached without a caller');
    return caller;
  };
  return {
    open: <E extends Endpoint>(endpoint: E, handle: (call: Call<E>) => Promise<Answer<E>>, options: RouteOptions = {}) =>
      make(endpoint, { kind: 'open' }, (call) => handle(call), options),
    signedIn: <E extends Endpoint>(endpoint: E, handle: (call: Call<E>, caller: Caller) => Promise<Answer<E>>, options: RouteOptions = {}) =>
      make(endpoint, { kind: 'signed_in' }, (call, caller) => handle(call, present(caller)), options),
    guarded: <E extends Endpoint>(endpoint: E, verb: string, handle: (call: Call<E>, caller: Caller) => Promise<Answer<E>>, options: RouteOptions = {}) =>
      make(endpoint, { kind: 'verb', verb }, (call, caller) => handle(call, present(caller)), options),
  };
};

export const isBytes = (answer: unknown): answer is Bytes =>
  typeof answer === 'object' && answer !== null && 'contentType' in answer && 'body' in answer;
