/** What the terminal is told at the start: the one-time code of a new machine, or who is who in a new demonstration room. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUpDemonstration } from '../../../contract/identity.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import type { Room } from './wire.ts';

export interface Greeting {
  /** VIGIL_DEMO: go straight into the demonstration room. */
  demonstration: boolean;
  dataFolder: string;
  say: (line: string) => void;
}

type Cast = Awaited<ReturnType<Room['identity']['makeDemonstration']>>;

const linesOf = (cast: Cast): string[] => [
  '演示监控室的登录方式 / Sign in to the demonstration room as:',
  ...cast.map((person) => {
    const title = people.roleTitle(person.role);
    return `  ${person.account}  ${person.password}  ${person.name} · ${title.zh} · ${title.en}`;
  }),
  '审批要签字：班长、主管等登录后，在“我的账户”分两步启用动态验证码，或添加通行密钥。',
  'Approvals are signed: the shift leader, room manager and others turn on one-time codes in two steps under "My account", or add a passkey.',
];

/** A demonstration's passwords are no secret of anybody: kept beside its data, so that every start can show them again. */
const castFile = (dataFolder: string): string => join(dataFolder, 'demonstration-people.txt');

const tell = (cast: Cast, { dataFolder, say }: Pick<Greeting, 'dataFolder' | 'say'>): void => {
  const lines = linesOf(cast).join('\n');
  writeFileSync(castFile(dataFolder), `${lines}\n`, { mode: 0o600 });
  say(lines);
};

/** A demonstration made by one click on the page tells the terminal too, and every later start. */
export const tellingDemonstration = (routes: Room['routes'], to: Pick<Greeting, 'dataFolder' | 'say'>): Room['routes'] =>
  routes.map((route) =>
    route.endpoint !== setUpDemonstration
      ? route
      : {
          ...route,
          handle: async (call, caller) => {
            const answer = await route.handle(call, caller);
            tell(setUpDemonstration.response.parse(answer).people, to);
            return answer;
          },
        },
  );

export const greet = async (room: Room, database: Database, { demonstration, dataFolder, say }: Greeting): Promise<void> => {
  const place = await people.place(database.db);
  if (place !== null) {
    if (!place.demonstration) return;
    room.startSimulators();
    if (existsSync(castFile(dataFolder))) say(readFileSync(castFile(dataFolder), 'utf8').trimEnd());
    return;
  }
  if (demonstration) {
    tell(await room.identity.makeDemonstration('zh-CN'), { dataFolder, say });
    return;
  }
  const code = await room.identity.renewSetUpCode();
  if (code !== null) say(`一次性设置码 / One-time set-up code: ${code}`);
};
