/** A way back in for who stands at the machine: a new password for a system administrator, or a new one. A recorded act; all their sessions end. */
import { newId } from '../../../base/ids.ts';
import { terminalActor, type IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { generatePassword } from '../passwords/generate.ts';
import { activate, findPeople, findPersonByAccount, findPlace, grantRole, insertPerson, setPassword } from '../people-store.ts';
import { declareRefusals } from '../../../base/refusal.ts';
import { openSessionsOf } from '../session-store.ts';
import { endSessions } from './end-sessions.ts';

export const recoverRefusals = declareRefusals('recover', {
  not_set_up: { kind: 'conflict', zh: '本机尚未设置，没有可恢复的管理员；请打开值守完成首次设置。', en: 'This machine has not been set up: there is no administrator to recover. Open Vigil for the first set-up.' },
  not_administrator: { kind: 'conflict', zh: '“{account}”不是系统管理员。现有系统管理员：{known}。也可用新账号建立一位。', en: '"{account}" is no system administrator. There are: {known}. A new account can be made too.' },
  choose: { kind: 'invalid', zh: '请写明账号。现有系统管理员：{known}。', en: 'Name the account. System administrators: {known}.' },
  account_wrong: { kind: 'invalid', zh: '账号“{account}”不可用：2 到 64 个字母、数字或 . _ @ -。', en: 'The account "{account}" cannot be used: 2 to 64 letters, digits or . _ @ -.' },
});

export interface Recovered {
  account: string;
  name: string;
  password: string;
  madeNew: boolean;
}

export type RecoverContext = Pick<IdentityContext, 'database' | 'clock' | 'ledger' | 'hasher'>;

const isAccount = (text: string): boolean => /^[\p{L}\p{N}._@-]{2,64}$/u.test(text);

/** Without an account: the only administrator, if there is only one. */
export const recoverAdministrator = async (context: RecoverContext, wanted: string | null): Promise<Recovered> => {
  const { database, clock, ledger, hasher } = context;
  const place = await findPlace(database.db);
  if (place === null) throw recoverRefusals('not_set_up');
  const administrators = (await findPeople(database.db, '', clock.now())).filter((person) => person.roles.some(({ role }) => role === 'system_administrator'));
  const known = administrators.map((person) => person.account).join(', ');
  const account = wanted ?? (administrators.length === 1 ? administrators[0]?.account : undefined);
  if (account === undefined) throw recoverRefusals('choose', { known });
  if (!isAccount(account)) throw recoverRefusals('account_wrong', { account });
  const password = generatePassword();
  const phc = await hasher.hash(password);
  return database.transaction(async (tx) => {
    const now = clock.now();
    const person = await findPersonByAccount(tx, account, now);
    if (person !== null && !person.roles.some(({ role }) => role === 'system_administrator')) throw recoverRefusals('not_administrator', { account, known });
    const made = { personId: newId('per', clock), account, name: account, staffNumber: '', language: place.language };
    const { personId, name } = person ?? made;
    const { siteId } = place.site;
    if (person === null) {
      await insertPerson(tx, made, terminalActor.id, now);
      await grantRole(tx, personId, 'system_administrator', siteId, terminalActor.id, now);
    } else await activate(tx, personId, terminalActor.id, now);
    await setPassword(tx, personId, phc, terminalActor.id, now);
    const body = { account: person?.account ?? account, name, madeNew: person === null };
    await ledger.append(tx, { event: events.administratorRecovered, siteId, roomId: place.room.roomId, actor: terminalActor, subject: personId, body, at: now });
    const sessions = (await openSessionsOf(tx, personId)).map((sessionId) => ({ sessionId, personId }));
    await endSessions(context, tx, sessions, 'recovered', terminalActor);
    return { account: body.account, name, password, madeNew: body.madeNew };
  });
};
