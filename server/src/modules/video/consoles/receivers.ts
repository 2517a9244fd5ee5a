/**
 * Which computers may receive pictures. A room without registered consoles trusts whoever may sign in; from its first console on, live
 * pictures, footage and pictures of snapshots go to registered ones alone, and one whose time is over is none.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Console } from '../../../../../contract/wall.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { knownReceiversOnly } from './controls.ts';
import { consoleRegistered, consoleRemoved, receiverRefused } from './events.ts';
import { refuse } from './refusals.ts';
import { consolesOf, insertConsole, takeConsoleAway, type RegisteredConsole } from './store.ts';

const tokenBytes = 32;
/** A window that keeps asking is one attempt. */
const toldAgainAfterMs = minuteMs;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const isOf = (token: string | undefined, { tokenHash }: RegisteredConsole): boolean => token !== undefined && timingSafeEqual(hashOf(token), tokenHash);

/** May this computer receive pictures now? Pure. */
export const mayReceive = (consoles: readonly RegisteredConsole[], token: string | undefined, now: Instant): boolean =>
  consoles.length === 0 || consoles.some((one) => isOf(token, one) && (one.until === null || one.until > now));

export type Wanted = 'live' | 'footage' | 'picture';

export class Receivers {
  readonly #context: VideoContext;
  readonly #told = new Map<string, Instant>();

  constructor(context: VideoContext) {
    this.#context = context;
  }

  async allows({ roomId }: Pick<Caller, 'roomId'>, token: string | undefined): Promise<boolean> {
    const consoles = await consolesOf(this.#context.database.db, roomId);
    return knownReceiversOnly.allows(() => mayReceive(consoles, token, this.#context.clock.now()));
  }

  /** Throws for an unknown receiver, once the attempt is on record and told. */
  async require(caller: Caller, token: string | undefined, what: Wanted): Promise<void> {
    if (await this.allows(caller, token)) return;
    await this.#tell(caller, what);
    throw refuse('receiver_unknown');
  }

  async #tell(caller: Caller, what: Wanted): Promise<void> {
    const { clock, database, ledger } = this.#context;
    const now = clock.now();
    const { siteId, roomId, sessionId, name, staffNumber } = caller;
    const last = this.#told.get(sessionId);
    if (last !== undefined && now - last < toldAgainAfterMs) return;
    this.#told.set(sessionId, now);
    const body = { what, name: `${name} ${staffNumber}`.trim() };
    await database.transaction((tx) => ledger.append(tx, { event: receiverRefused, siteId, roomId, actor: actorOf(caller), subject: roomId, body, at: now }));
  }
}

export const listConsoles = async (context: VideoContext, caller: Caller, token: string | undefined): Promise<{ consoles: Console[]; required: boolean }> => {
  const all = await consolesOf(context.database.db, caller.roomId);
  return { required: all.length > 0, consoles: all.map((one) => ({ consoleId: one.consoleId, name: one.name, reason: one.reason, registeredAt: one.registeredAt, registeredBy: one.registeredBy, until: one.until, here: isOf(token, one) })) };
};

/** Answers the id and the secret that the browser keeps; the secret is never shown again. */
export const registerConsole = async (context: VideoContext, caller: Caller, { name, until, reason }: { name: string; until: Instant | null; reason: string }): Promise<{ consoleId: string; token: string }> => {
  const { clock, database, ledger } = context;
  const now = clock.now();
  if (until !== null && until <= now) throw refuse('until_past');
  if (until !== null && reason === '') throw refuse('reason_needed');
  const token = randomBytes(tokenBytes).toString('base64url');
  const consoleId = newId('con', clock);
  const { siteId, roomId } = caller;
  await database.transaction(async (tx) => {
    await insertConsole(tx, { consoleId, siteId, roomId, name, tokenHash: hashOf(token), reason, registeredAt: now, registeredBy: `${caller.name} ${caller.staffNumber}`.trim(), until });
    await ledger.append(tx, { event: consoleRegistered, siteId, roomId, actor: actorOf(caller), subject: consoleId, body: { consoleId, name, reason, until }, at: now });
  });
  return { consoleId, token };
};

export const removeConsole = (context: VideoContext, caller: Caller, consoleId: string, reason: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    const at = context.clock.now();
    const name = await takeConsoleAway(tx, roomId, consoleId, { at, reason });
    if (name === null) throw refuse('console_unknown');
    await context.ledger.append(tx, { event: consoleRemoved, siteId, roomId, actor: actorOf(caller), subject: consoleId, body: { consoleId, name, reason }, at });
  });
