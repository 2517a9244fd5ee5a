/** First set-up: site, room, administrator, duty operator and what other modules add, in one transaction, once. */
import type { Language, SetUpForm } from '../../../../../contract/identity.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { newId, type PersonId, type RoomId, type SiteId } from '../../../base/ids.ts';
import { secondMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { setUpActor, type IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { Actor } from '../../ledger/index.ts';
import { findPlace, givePost, insertPlace, insertPost } from '../people-store.ts';
import { generateCode, readCode, showCode } from '../passwords/generate.ts';
import { identityRefusals } from '../refusals.ts';
import { dropCode, lockSetUp, mostTriesAMinute, replaceCode, tryCode, useCode } from '../set-up-store.ts';
import { accountKeyOf } from '../session-token.ts';
import { requireStrong } from './check-password.ts';
import { makePerson, type PersonToMake } from './make-person.ts';

/** A new code for this start, as shown to people; null when the machine has been set up. */
export const renewSetUpCode = async (context: IdentityContext): Promise<string | null> => {
  const code = generateCode();
  const phc = await context.hasher.hash(code);
  const made = await context.database.transaction(async (tx) => {
    await lockSetUp(tx);
    if ((await findPlace(tx)) !== null) return false;
    await replaceCode(tx, phc, context.clock.now());
    return true;
  });
  return made ? showCode(code) : null;
};

const atField = (path: string, refusal: Refusal, name: Parameters<typeof identityRefusals>[0], values: Parameters<typeof identityRefusals>[1] = {}): Refusal =>
  identityRefusals(name, values, { fields: [{ path, ...refusal.sentence }] });

/** The hash of the code that was typed; every call is a counted try, whatever becomes of the rest. */
export const checkSetUpCode = async (context: IdentityContext, typed: string): Promise<string> => {
  if ((await findPlace(context.database.db)) !== null) throw identityRefusals('set_up_done');
  const tried = await context.database.transaction((tx) => tryCode(tx, context.clock.now()));
  if (tried !== null && 'waitMs' in tried) {
    const seconds = Math.max(1, Math.ceil(tried.waitMs / secondMs));
    throw identityRefusals('code_tries', { seconds, most: mostTriesAMinute }, { retryAfterSeconds: seconds });
  }
  const phc = tried?.phc ?? null;
  const right = await context.hasher.verify(phc, readCode(typed));
  if (!right || phc === null) throw atField('code', identityRefusals('code_wrong'), 'code_wrong');
  return phc;
};

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const checkForm = async (form: SetUpForm): Promise<void> => {
  const { site, room, administrator, dutyOperator } = form;
  const zone = { timeZone: site.timeZone };
  if (!isTimeZone(site.timeZone)) throw atField('site.timeZone', identityRefusals('time_zone_unknown', zone), 'time_zone_unknown', zone);
  if (accountKeyOf(administrator.account) === accountKeyOf(dutyOperator.account)) {
    throw atField('dutyOperator.account', identityRefusals('accounts_equal'), 'accounts_equal');
  }
  const places = [site.name, room.name];
  await requireStrong(administrator.password, { ...administrator, places }, 'administrator.password');
  await requireStrong(dutyOperator.password, { ...dutyOperator, places }, 'dutyOperator.password');
};

export interface RoomToMake {
  site: { name: string; timeZone: string };
  room: { name: string };
  language: Language;
  demonstration: boolean;
  camera: SetUpForm['camera'];
  people: readonly (PersonToMake & { post?: string })[];
}

/** Everything of a new room. The caller has locked set-up and knows that there is none yet. */
export const makeRoom = async (context: IdentityContext, tx: Tx, plan: RoomToMake, actor: Actor): Promise<{ siteId: SiteId; roomId: RoomId; personIds: PersonId[] }> => {
  const { clock, ledger } = context;
  const now = clock.now();
  const siteId = newId('site', clock);
  const roomId = newId('room', clock);
  const { language, demonstration } = plan;
  await insertPlace(tx, { site: { siteId, ...plan.site }, room: { roomId, siteId, ...plan.room }, language, demonstration }, now);
  const body = { site: plan.site.name, room: plan.room.name, timeZone: plan.site.timeZone, demonstration };
  await ledger.append(tx, { event: events.setUpDone, siteId, roomId, actor, subject: roomId, body, at: now });
  const personIds: PersonId[] = [];
  for (const person of plan.people) {
    const personId = await makePerson(context, tx, { siteId, roomId }, person, actor);
    personIds.push(personId);
    if (person.post === undefined) continue;
    const postId = newId('post', clock);
    await insertPost(tx, { postId, roomId, name: person.post }, now);
    await givePost(tx, postId, personId, actor.id, now);
  }
  await context.onSetUp(tx, { siteId, roomId, demonstration, camera: plan.camera, actor, at: now });
  return { siteId, roomId, personIds };
};

/** `codePhc` null: without a code, as the demonstration's own command does at the machine. */
export const makeRoomOnce = (context: IdentityContext, codePhc: string | null, plan: RoomToMake, actor: Actor) =>
  context.database.transaction(async (tx) => {
    await lockSetUp(tx);
    if ((await findPlace(tx)) !== null) throw identityRefusals('set_up_done');
    if (codePhc === null) await dropCode(tx);
    // Renewed by another start since it was checked: the code on the screen of the terminal is another one now.
    else if (!(await useCode(tx, codePhc))) throw identityRefusals('code_wrong');
    return makeRoom(context, tx, plan, actor);
  });

export const firstPost = '值班席';

export const setUp = async (context: IdentityContext, form: SetUpForm): Promise<{ siteId: string; roomId: string }> => {
  const codePhc = await checkSetUpCode(context, form.code);
  await checkForm(form);
  const { site, room, language, administrator, dutyOperator, camera } = form;
  const [administratorPhc, dutyOperatorPhc] = await Promise.all([context.hasher.hash(administrator.password), context.hasher.hash(dutyOperator.password)]);
  const people: RoomToMake['people'] = [
    { ...administrator, language, phc: administratorPhc, roles: ['system_administrator'], accountPath: 'administrator.account' },
    { ...dutyOperator, language, phc: dutyOperatorPhc, roles: ['duty_operator'], accountPath: 'dutyOperator.account', post: firstPost },
  ];
  const made = await makeRoomOnce(context, codePhc, { site, room, language, demonstration: false, camera, people }, setUpActor);
  return { siteId: made.siteId, roomId: made.roomId };
};
