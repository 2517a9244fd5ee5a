/** Calls an endpoint as declared in contract/: typed input, typed and checked answer, every "no" as a RefusalError with a sentence in both languages. */
import type { z } from 'zod';
import { RefusalBody } from '../../../contract/endpoint.ts';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { provedAgain, stepUpCode } from './step-up.ts';

export class RefusalError extends Error {
  readonly refusal: RefusalBody;
  /** Seconds that the server asks to wait. */
  readonly retryAfterSeconds: number | null;
  constructor(refusal: RefusalBody, retryAfterSeconds: number | null = null) {
    super(refusal.en);
    this.name = 'RefusalError';
    this.refusal = refusal;
    this.retryAfterSeconds = retryAfterSeconds;
  }
  /** The server could not be reached at all: nothing was refused, nothing was done. */
  get away(): boolean {
    return this.refusal.code === awayCode;
  }
}

const awayCode = 'client.server_away';
const serverAway = (): RefusalError =>
  new RefusalError({
    code: awayCode,
    kind: 'unavailable',
    zh: '连不上值守服务。录像不受影响；连上后请再试一次。',
    en: 'The Vigil server cannot be reached. Recording goes on; try again once it is back.',
    fields: [],
  });
const unreadable = (): RefusalError =>
  new RefusalError({
    code: 'client.answer_unreadable',
    kind: 'unavailable',
    zh: '服务的回答看不懂，可能刚刚升级。请刷新页面。',
    en: 'The answer of the server could not be read; it may just have been upgraded. Reload the page.',
    fields: [],
  });

/** A refusal seen in an answer of any kind; used by the session to notice that it has ended. */
type RefusalListener = (error: RefusalError) => void;
const listeners = new Set<RefusalListener>();
export const onRefusal = (listener: RefusalListener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** An input that may be empty may be left out. */
type Nothing = Record<string, never>;
type Part<Name extends string, S extends z.ZodType> = Nothing extends z.input<S> ? { [N in Name]?: z.input<S> } : { [N in Name]: z.input<S> };
export type CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> & Part<'query', Q> & Part<'body', B> & { signal?: AbortSignal };
export type InputArgument<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> =
  Nothing extends CallInput<P, Q, B> ? [input?: CallInput<P, Q, B>] : [input: CallInput<P, Q, B>];

interface Loose {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
}
const word = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** `/api/video/cameras/:cameraId` with its parameters and query put in. Absent and undefined are left out. */
export const addressOf = (path: string, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(word(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, word(value));
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
};

const refusalOf = async (response: Response): Promise<RefusalError> => {
  const retryAfter = Number(response.headers.get('retry-after'));
  const seconds = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null;
  const body = RefusalBody.safeParse(await response.json().catch(() => null));
  if (body.success) return new RefusalError(body.data, seconds);
  // A gateway in front answers for a server that is away.
  return response.status >= 502 && response.status <= 504 ? serverAway() : unreadable();
};

const send = async (endpoint: Endpoint, input: Loose, proved = false): Promise<Response> => {
  const request: RequestInit = { method: endpoint.method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (input.signal !== undefined) request.signal = input.signal;
  if (input.body !== undefined) {
    request.headers = { accept: 'application/json', 'content-type': 'application/json' };
    request.body = JSON.stringify(input.body);
  }
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint.path, input.params, input.query), request);
  } catch (error) {
    if (input.signal?.aborted === true) throw error;
    throw serverAway();
  }
  if (response.ok) return response;
  const refusal = await refusalOf(response);
  if (!proved && refusal.refusal.code === stepUpCode && (await provedAgain())) return send(endpoint, input, true);
  for (const listener of listeners) listener(refusal);
  throw refusal;
};

/** The typed answer, or throws RefusalError. */
export const call = async <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  ...[input]: InputArgument<P, Q, B>
): Promise<z.output<R>> => {
  const response = await send(endpoint, (input ?? {}) as Loose);
  const text = await response.text().catch(() => {
    throw serverAway();
  });
  let json: unknown = {};
  try {
    if (text !== '') json = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  const answer = endpoint.response.safeParse(json);
  if (!answer.success) {
    console.error(`${endpoint.method} ${endpoint.path}`, answer.error);
    throw unreadable();
  }
  return answer.data;
};

/** For endpoints that answer with bytes. */
export const callBytes = async <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: CallInput<P, Q, B> & { range?: string },
): Promise<ArrayBuffer> => {
  const loose: Loose = input as Loose;
  const headers: Record<string, string> = { ...(input.range === undefined ? {} : { range: input.range }), ...(loose.body === undefined ? {} : { 'content-type': 'application/json' }) };
  const body = loose.body === undefined ? {} : { body: JSON.stringify(loose.body) };
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint.path, loose.params, loose.query), { method: endpoint.method, credentials: 'same-origin', headers, signal: loose.signal ?? null, ...body });
  } catch (error) {
    if (loose.signal?.aborted === true) throw error;
    throw serverAway();
  }
  if (!response.ok) {
    const refusal = await refusalOf(response);
    for (const listener of listeners) listener(refusal);
    throw refusal;
  }
  return response.arrayBuffer();
};
