/** What the terminal is told at the start: the one-time code of a new machine, or who is who in a new demonstration room. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
];

/** A demonstration's passwords are no secret of anybody: kept beside its data, so that every start can show them again. */
const castFile = (dataFolder: string): string => join(dataFolder, 'demonstration-people.txt');

export const greet = async (room: Room, database: Database, { demonstration, dataFolder, say }: Greeting): Promise<void> => {
  const place = await people.place(database.db);
  if (place !== null) {
    if (!place.demonstration) return;
    room.startSimulators();
    if (existsSync(castFile(dataFolder))) say(readFileSync(castFile(dataFolder), 'utf8').trimEnd());
    return;
  }
  if (demonstration) {
    const lines = linesOf(await room.identity.makeDemonstration('zh-CN')).join('\n');
    writeFileSync(castFile(dataFolder), `${lines}\n`, { mode: 0o600 });
    say(lines);
    return;
  }
  const code = await room.identity.renewSetUpCode();
  if (code !== null) say(`一次性设置码 / One-time set-up code: ${code}`);
};
