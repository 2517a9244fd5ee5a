import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';
import { codeAt } from './codes/one-time-code.ts';
import type { Caller, DemonstrationPerson } from './index.ts';
import { openTestHttp, openTestRoom, signInOver, testOrigin, type TestRoom } from './testing/room.ts';
import { softAuthenticator } from './testing/soft-authenticator.ts';

let room: TestRoom;
let http: FastifyInstance;
let people: DemonstrationPerson[];
const passwordOf = (account: string): string => people.find((person) => person.account === account)!.password;
const headers = (cookie?: string) => ({ host: 'localhost', ...(cookie === undefined ? {} : { cookie }) });
const ask = (method: 'GET' | 'DELETE' | 'POST' | 'PUT' | 'PATCH', url: string, cookie?: string, payload: object = {}) =>
  http.inject({ method, url, headers: headers(cookie), ...(method === 'GET' ? {} : { payload }) });
const signIn = (account: string): Promise<string> => signInOver(http, account, passwordOf(account));
const own = '/api/identity/own-account';
const callerOf = async (cookie: string): Promise<Caller> => (await room.identity.gate.admit({ token: cookie.split('=')[1], source: '127.0.0.1', what: 'GET /api/identity/session' }, { kind: 'signed_in' }))!;

beforeAll(async () => {
  room = await openTestRoom();
  http = await openTestHttp(room);
  people = await room.identity.makeDemonstration('zh-CN');
});
afterAll(async () => {
  await http.close();
  await room.close();
});
beforeEach(() => room.clock.step(hourMs));

const enrolKey = async (cookie: string, device = softAuthenticator(testOrigin.origin)) => {
  const { passkey } = (await ask('POST', `${own}/passkeys/options`, cookie)).json();
  const added = await ask('POST', `${own}/passkeys`, cookie, { name: '值班台指纹', passkey: device.register(passkey) });
  expect(added.statusCode, added.body).toBe(200);
  return { device, passkeyId: added.json<{ passkeyId: string }>().passkeyId };
};
const passkeySignIn = async (device: ReturnType<typeof softAuthenticator>, how: Parameters<typeof device.sign>[1] = {}) => {
  const { passkey } = (await ask('POST', '/api/identity/sessions/passkey-options')).json();
  return ask('POST', '/api/identity/sessions/passkey', undefined, { passkey: device.sign(passkey, how) });
};

describe('a passkey', () => {
  test('opens the console without a password once it was added, and no longer once it was removed', async () => {
    const cookie = await signIn('chenzhiqiang');
    const { device, passkeyId } = await enrolKey(cookie);
    const entered = await passkeySignIn(device);
    expect(entered.json()).toMatchObject({ person: { account: 'chenzhiqiang' }, restriction: null });
    expect((await room.facts('identity.signed_in')).at(-1)).toMatchObject({ body: { proof: 'passkey' } });
    expect((await ask('GET', own, cookie)).json()).toMatchObject({ passkeySite: 'localhost', passkeys: [{ passkeyId, name: '值班台指纹', usedAt: room.clock.now() }] });
    expect((await ask('DELETE', `${own}/passkeys/${passkeyId}`, cookie)).statusCode).toBe(200);
    expect((await passkeySignIn(device)).json()).toMatchObject({ code: 'identity.passkey_wrong' });
    expect((await room.facts('identity.passkey_added')).at(-1)).toMatchObject({ body: { passkeyId } });
    expect((await room.facts('identity.passkey_removed')).at(-1)).toMatchObject({ body: { passkeyId } });
  });

  test('of a device that checked neither fingerprint nor PIN is refused, at adding and at sign-in', async () => {
    const cookie = await signIn('zhaoyumei');
    const device = softAuthenticator(testOrigin.origin);
    const { passkey } = (await ask('POST', `${own}/passkeys/options`, cookie)).json();
    expect(passkey.authenticatorSelection.userVerification).toBe('required');
    expect((await ask('POST', `${own}/passkeys`, cookie, { name: 'x', passkey: device.register(passkey, { verified: false }) })).json()).toMatchObject({ code: 'identity.passkey_not_made' });
    const { device: good } = await enrolKey(cookie);
    expect((await passkeySignIn(good, { verified: false })).statusCode).toBe(401);
    expect((await passkeySignIn(good)).statusCode).toBe(200);
  });

  test('signs on the page of this room only, each challenge once and within five minutes, and not with a counter that went back', async () => {
    const { device } = await enrolKey(await signIn('sunweidong'));
    expect((await passkeySignIn(device, { origin: 'https://evil.example' })).statusCode).toBe(401);
    const { passkey } = (await ask('POST', '/api/identity/sessions/passkey-options')).json();
    const answer = device.sign(passkey);
    expect((await ask('POST', '/api/identity/sessions/passkey', undefined, { passkey: answer })).statusCode).toBe(200);
    expect((await ask('POST', '/api/identity/sessions/passkey', undefined, { passkey: answer })).statusCode).toBe(401);
    const late = (await ask('POST', '/api/identity/sessions/passkey-options')).json().passkey;
    room.clock.step(6 * minuteMs);
    expect((await ask('POST', '/api/identity/sessions/passkey', undefined, { passkey: device.sign(late) })).statusCode).toBe(401);
    device.turnBack();
    expect((await passkeySignIn(device)).statusCode).toBe(401);
  });

  test('is added with a fresh proof only: a screen that was left open is not enough', async () => {
    const cookie = await signIn('hanminghua');
    room.clock.step(6 * minuteMs);
    expect((await ask('POST', `${own}/passkeys/options`, cookie)).json()).toMatchObject({ code: 'identity.step_up_needed' });
    expect((await ask('POST', '/api/identity/step-up', cookie, { password: 'not this one' })).json()).toMatchObject({ code: 'identity.proof_wrong', fields: [{ path: 'password' }] });
    expect((await ask('POST', '/api/identity/step-up', cookie, { password: passwordOf('hanminghua') })).statusCode).toBe(200);
    const { device } = await enrolKey(cookie);
    room.clock.step(6 * minuteMs);
    // From now on the key is asked for: the password alone would be weaker.
    const options = (await ask('POST', '/api/identity/step-up/options', cookie)).json();
    expect(options).toMatchObject({ password: false, code: false });
    expect((await ask('POST', '/api/identity/step-up', cookie, { password: passwordOf('hanminghua') })).json()).toMatchObject({ code: 'identity.proof_stronger' });
    expect((await ask('POST', '/api/identity/step-up', cookie, { passkey: device.sign(options.passkey) })).statusCode).toBe(200);
    expect((await room.facts('identity.stepped_up')).map((fact) => fact.body['proof']).slice(-2)).toEqual(['password', 'passkey']);
  });

  test('cannot be made at an address of numbers: codes are offered instead', async () => {
    const numbers = room.another({ origin: 'https://192.0.2.7' });
    const app = await openTestHttp({ clock: room.clock, identity: numbers });
    const cookie = await signInOver(app, 'xuhuifang', passwordOf('xuhuifang'));
    const account = await app.inject({ method: 'GET', url: own, headers: headers(cookie) });
    expect(account.json()).toMatchObject({ passkeySite: 'needs_name' });
    const refused = await app.inject({ method: 'POST', url: `${own}/passkeys/options`, headers: headers(cookie), payload: {} });
    expect(refused.json()).toMatchObject({ code: 'identity.passkey_impossible' });
    expect((await app.inject({ method: 'POST', url: '/api/identity/sessions/passkey-options', headers: headers(), payload: {} })).json()).toEqual({ passkey: null });
    await app.close();
  });
});

const enrolCodes = async (cookie: string): Promise<{ secret: string; recoveryCodes: string[] }> => {
  const { secret, uri } = (await ask('POST', `${own}/codes`, cookie)).json();
  expect(uri).toContain(`secret=${secret}`);
  const confirmed = await ask('POST', `${own}/codes/confirm`, cookie, { code: codeAt(secret, room.clock.now()) });
  expect(confirmed.statusCode, confirmed.body).toBe(200);
  room.clock.step(30 * secondMs);
  return { secret, ...confirmed.json<{ recoveryCodes: string[] }>() };
};
const withCode = (account: string, code?: string) => ask('POST', '/api/identity/sessions', undefined, { account, password: passwordOf(account), ...(code === undefined ? {} : { code }) });

describe('one-time codes', () => {
  test('are asked for at sign-in once in use; each is good once', async () => {
    const { secret } = await enrolCodes(await signIn('zhoupeng'));
    expect((await withCode('zhoupeng')).json()).toMatchObject({ code: 'identity.code_needed', fields: [{ path: 'code' }] });
    const code = codeAt(secret, room.clock.now());
    expect((await withCode('zhoupeng', code)).statusCode).toBe(200);
    expect((await withCode('zhoupeng', code)).json()).toMatchObject({ code: 'identity.factor_wrong' });
    expect((await withCode('zhoupeng', codeAt(secret, room.clock.now() - 30 * secondMs))).statusCode).toBe(401);
    room.clock.step(30 * secondMs);
    expect((await withCode('zhoupeng', codeAt(secret, room.clock.now()))).statusCode).toBe(200);
    expect((await room.facts('identity.signed_in')).at(-1)).toMatchObject({ body: { proof: 'password_totp' } });
  });

  test('of a wrong password are not looked at, so that nobody learns who has them', async () => {
    await enrolCodes(await signIn('zhengjing'));
    const wrong = await ask('POST', '/api/identity/sessions', undefined, { account: 'zhengjing', password: 'not this one' });
    const nobody = await ask('POST', '/api/identity/sessions', undefined, { account: 'nobody-here', password: 'not this one' });
    expect(wrong.body).toBe(nobody.body);
  });

  test('have recovery codes for a lost phone, each good once, and a record of their use', async () => {
    const { recoveryCodes } = await enrolCodes(await signIn('wudayong'));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await withCode('wudayong', recoveryCodes[3]!.toUpperCase())).statusCode).toBe(200);
    expect((await withCode('wudayong', recoveryCodes[3])).statusCode).toBe(401);
    expect((await room.facts('identity.recovery_code_used')).at(-1)).toMatchObject({ body: { left: 9 } });
  });

  test('lie sealed: neither secret nor recovery code stands in the database', async () => {
    const { secret, recoveryCodes } = await enrolCodes(await signIn('fengguodong'));
    const { rows } = await sql<{ all: string }>`
      select (select jsonb_agg(g)::text from identity.code_generators g) || (select jsonb_agg(r)::text from identity.recovery_codes r) as all`.execute(room.database.db);
    expect(rows[0]!.all).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows[0]!.all).not.toContain(code);
  });

  test('cannot be tried out on an open screen', async () => {
    const cookie = await signIn('heyonggang');
    await ask('POST', `${own}/codes`, cookie);
    const tries = [];
    for (let n = 0; n < 6; n += 1) tries.push((await ask('POST', `${own}/codes/confirm`, cookie, { code: String(100_000 + n) })).statusCode);
    expect(tries).toContain(429);
  });
});

describe('signing a decision', () => {
  const digest = createHash('sha256').update('what is decided').digest('hex');
  const other = createHash('sha256').update('something else').digest('hex');
  const verify = async (cookie: string, assertion: Parameters<typeof room.identity.signing.verify>[1]['assertion'], wanted = digest) => {
    const caller = await callerOf(cookie);
    return room.database.transaction((tx) => room.identity.signing.verify(tx, { caller, digest: wanted, assertion }));
  };

  test('with a passkey holds for this digest and this person alone, and leaves evidence that can be checked without us', async () => {
    const cookie = await signIn('liuxiaoyan');
    const { device } = await enrolKey(cookie);
    const caller = await callerOf(cookie);
    const { passkey } = await room.identity.signing.options(room.database.db, { caller, digest });
    expect(passkey?.challenge).toBe(Buffer.from(digest, 'hex').toString('base64url'));
    const signature = await verify(cookie, device.sign(passkey!));
    expect(signature).toMatchObject({ method: 'webauthn', credentialId: expect.any(String) });
    const evidence = JSON.parse(signature.evidence);
    expect(JSON.parse(Buffer.from(evidence.clientDataJSON, 'base64url').toString()).challenge).toBe(Buffer.from(digest, 'hex').toString('base64url'));
    await expect(verify(cookie, device.sign(passkey!), other)).rejects.toMatchObject({ code: 'identity.proof_wrong' });
    await expect(verify(await signIn('yangliping'), device.sign(passkey!))).rejects.toMatchObject({ code: 'identity.proof_wrong' });
    await expect(verify(cookie, device.sign(passkey!, { verified: false }))).rejects.toMatchObject({ code: 'identity.proof_wrong' });
  });

  test('with password and code works in the demonstration, and says so', async () => {
    const cookie = await signIn('gaoxuemei');
    await expect(verify(cookie, { password: passwordOf('gaoxuemei'), totp: '123456' })).rejects.toMatchObject({ code: 'identity.signing_codes_needed' });
    const { secret, recoveryCodes } = await enrolCodes(cookie);
    await expect(verify(cookie, { password: passwordOf('gaoxuemei'), totp: recoveryCodes[0]! })).rejects.toMatchObject({ code: 'identity.proof_wrong', fields: [{ path: 'totp' }] });
    const signature = await verify(cookie, { password: passwordOf('gaoxuemei'), totp: codeAt(secret, room.clock.now()) });
    expect(signature).toMatchObject({ method: 'password_totp', credentialId: null });
    expect(JSON.parse(signature.evidence)).toMatchObject({ digest });
    await expect(verify(cookie, { password: passwordOf('gaoxuemei'), totp: codeAt(secret, room.clock.now()) })).rejects.toMatchObject({ code: 'identity.proof_wrong' });
  });
});
