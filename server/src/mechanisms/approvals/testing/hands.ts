/** The hands of people in a room of tests: they sign in, keep a passkey or a code generator, ask and decide over HTTP as browsers do. */
import { TOTP, Secret } from 'otpauth';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as contract from '../../../../../contract/approvals.ts';
import type { Endpoint } from '../../../../../contract/endpoint.ts';
import type { SigningAssertion, SigningOptions } from '../../../../../contract/identity.ts';
import type { ManualClock } from '../../../base/manual-clock.ts';
import { secondMs } from '../../../base/units.ts';
import { softAuthenticator, type SoftAuthenticator } from '../../identity/testing/soft-authenticator.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown> & { code?: string; zh?: string };
}

type Input<E extends Endpoint> = { params?: z.input<E['params']>; query?: z.input<E['query']>; body?: z.input<E['body']> };
export type View = z.output<typeof contract.one.response>;

export interface Hands {
  ask<E extends Endpoint>(account: string, endpoint: E, input?: Input<E>): Promise<Answer>;
  /** As `ask`, by a browser whose person leaves the dialog for a fresh proof alone. */
  askUnproved<E extends Endpoint>(account: string, endpoint: E, input?: Input<E>): Promise<Answer>;
  get<E extends Endpoint>(account: string, endpoint: E, input?: Input<E>): Promise<z.output<E['response']>>;
  /** What an endpoint of bytes gives out. */
  take<E extends Endpoint>(account: string, endpoint: E, input?: Input<E>): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>;
  view(account: string, approvalId: string): Promise<View>;
  /** As the person sees it now, signed with what they have; `seen` from an earlier look. */
  decide(account: string, approvalId: string, decision: 'approve' | 'reject', more?: { comment?: string; seen?: { round: number; step: number } }): Promise<Answer>;
  /** Signs a challenge with the passkey of the person, whoever asks for it. */
  assert(account: string, options: { challenge: string; [more: string]: unknown }): Promise<SigningAssertion>;
  /** Answers what a person is asked to sign, whatever it is: `options` gives the question once the person has something to sign with. */
  answer(account: string, options: () => Promise<Pick<SigningOptions, 'passkey'>>): Promise<SigningAssertion>;
  /** What would be sent, so that two can send at once. */
  sign(account: string, approvalId: string, decision: 'approve' | 'reject', more?: { comment?: string; seen?: { round: number; step: number } }): Promise<() => Promise<Answer>>;
}

export interface HandsOptions {
  http: FastifyInstance;
  /** Page that the browser shows, e.g. http://localhost:8480; at an address of numbers people sign with password and code. */
  origin: string;
  clock: ManualClock;
  passwordOf: (account: string) => string;
}

const codeStepMs = 30 * secondMs;
const own = '/api/identity/own-account';

export const createHands = ({ http, origin, clock, passwordOf }: HandsOptions): Hands => {
  const host = new URL(origin).hostname;
  const cookies = new Map<string, string>();
  const devices = new Map<string, SoftAuthenticator>();
  const generators = new Map<string, TOTP>();
  const byPasskey = host === 'localhost';

  /** Each code is good once: the next one is of the next step of time. */
  const nextCode = (totp: TOTP): string => {
    clock.step(codeStepMs);
    return totp.generate({ timestamp: clock.now() });
  };
  const send = async (cookie: string | null, method: string, url: string, payload?: unknown): Promise<Answer> => {
    const answer = await http.inject({ method: method as 'POST', url, headers: { host, ...(cookie === null ? {} : { cookie }) }, ...(payload === undefined ? {} : { payload: payload as object }) });
    return { status: answer.statusCode, body: answer.json<Answer['body']>() };
  };
  const signIn = async (account: string): Promise<string> => {
    const totp = generators.get(account);
    const answer = await http.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host }, payload: { account, password: passwordOf(account), ...(totp === undefined ? {} : { code: nextCode(totp) }) } });
    const cookie = answer.cookies.find(({ name }) => name === 'vigil_session');
    if (answer.statusCode !== 200 || cookie === undefined) throw new Error(`sign-in of ${account}: ${answer.statusCode} ${answer.body}`);
    const made = `vigil_session=${cookie.value}`;
    cookies.set(account, made);
    return made;
  };
  /** A session that idled out while the clock moved is begun again, and whoever must prove themselves again signs in afresh. */
  const asks = async (account: string, method: string, url: string, payload?: unknown, proves = true): Promise<Answer> => {
    const first = await send(cookies.get(account) ?? (await signIn(account)), method, url, payload);
    return first.status === 401 || (proves && first.body.code === 'identity.step_up_needed') ? send(await signIn(account), method, url, payload) : first;
  };
  const urlOf = <E extends Endpoint>(endpoint: E, input: Input<E>): string => {
    const params: Record<string, unknown> = { ...(input.params as object | undefined) };
    const path = Object.entries(params).reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))), endpoint.path);
    const query = new URLSearchParams(Object.entries({ ...(input.query as object | undefined) }).map(([name, value]): [string, string] => [name, String(value)])).toString();
    return query === '' ? path : `${path}?${query}`;
  };
  const ask: Hands['ask'] = (account, endpoint, input = {}) => asks(account, endpoint.method, urlOf(endpoint, input), input.body);
  const askUnproved: Hands['askUnproved'] = (account, endpoint, input = {}) => asks(account, endpoint.method, urlOf(endpoint, input), input.body, false);
  const take: Hands['take'] = async (account, endpoint, input = {}) => {
    const answer = await http.inject({ method: endpoint.method, url: urlOf(endpoint, input), headers: { host, cookie: cookies.get(account) ?? (await signIn(account)) } });
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
  };
  const get: Hands['get'] = async (account, endpoint, input) => {
    const answer = await ask(account, endpoint, input);
    if (answer.status !== 200) throw new Error(`${endpoint.method} ${endpoint.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return endpoint.response.parse(answer.body) as never; // parse answers this endpoint's own output
  };
  const enrolPasskey = async (account: string): Promise<SoftAuthenticator> => {
    const known = devices.get(account);
    if (known !== undefined) return known;
    await signIn(account); // a new key wants a fresh proof of the person
    const device = softAuthenticator(origin);
    const { passkey } = (await asks(account, 'POST', `${own}/passkeys/options`, {})).body as { passkey: { challenge: string } };
    const added = await asks(account, 'POST', `${own}/passkeys`, { name: 'key', passkey: device.register(passkey) });
    if (added.status !== 200) throw new Error(`no passkey for ${account}: ${JSON.stringify(added.body)}`);
    devices.set(account, device);
    return device;
  };
  const enrolCodes = async (account: string): Promise<TOTP> => {
    const known = generators.get(account);
    if (known !== undefined) return known;
    await signIn(account);
    const { secret } = (await asks(account, 'POST', `${own}/codes`, {})).body as { secret: string };
    const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) });
    const confirmed = await asks(account, 'POST', `${own}/codes/confirm`, { code: nextCode(totp) });
    if (confirmed.status !== 200) throw new Error(`no codes for ${account}: ${JSON.stringify(confirmed.body)}`);
    generators.set(account, totp);
    return totp;
  };
  const view: Hands['view'] = (account, approvalId) => get(account, contract.one, { params: { approvalId } });
  const lookAt = async (account: string, approvalId: string): Promise<{ round: number; step: number }> => {
    const { round, steps } = await view(account, approvalId);
    return { round, step: Math.max(0, steps.findIndex(({ state }) => state === 'now')) };
  };
  const sign: Hands['sign'] = async (account, approvalId, decision, { comment = '', seen } = {}) => {
    const device = byPasskey ? await enrolPasskey(account) : null;
    const totp = byPasskey ? null : await enrolCodes(account);
    const form = { decision, comment, ...(seen ?? (await lookAt(account, approvalId))) };
    const prepared = await ask(account, contract.prepare, { params: { approvalId }, body: form });
    if (prepared.status !== 200) return () => Promise.resolve(prepared);
    const { passkey, needed } = contract.prepare.response.parse(prepared.body);
    const assertion: SigningAssertion | null = !needed ? null : device !== null && passkey !== null ? device.sign(passkey) : totp === null ? null : { password: passwordOf(account), totp: nextCode(totp) };
    return () => ask(account, contract.decide, { params: { approvalId }, body: { ...form, assertion } });
  };
  const answer: Hands['answer'] = async (account, options) => {
    const device = byPasskey ? await enrolPasskey(account) : null;
    const totp = byPasskey ? null : await enrolCodes(account);
    const { passkey } = await options();
    if (device !== null && passkey !== null) return device.sign(passkey);
    if (totp === null) throw new Error(`${account} has nothing to sign with`);
    return { password: passwordOf(account), totp: nextCode(totp) };
  };
  return { ask, askUnproved, get, take, view, sign, answer, assert: async (account, options) => (await enrolPasskey(account)).sign(options), decide: async (account, approvalId, decision, more) => (await sign(account, approvalId, decision, more))() };
};
