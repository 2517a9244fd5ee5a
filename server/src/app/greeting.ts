/** What the terminal is told at the start: the one-time code of a new machine, or who is who in a new demonstration room. */
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import type { Room } from './wire.ts';

export interface Greeting {
  /** VIGIL_DEMO: go straight into the demonstration room. */
  demonstration: boolean;
  say: (line: string) => void;
}

const sayPeople = (said: Awaited<ReturnType<Room['identity']['makeDemonstration']>>, say: Greeting['say']): void => {
  say('演示监控室已建立。登录方式 / The demonstration room is ready. Sign in as:');
  for (const person of said) {
    const title = people.roleTitle(person.role);
    say(`  ${person.account}  ${person.password}  ${person.name} · ${title.zh} · ${title.en}`);
  }
};

export const greet = async (room: Room, database: Database, { demonstration, say }: Greeting): Promise<void> => {
  const place = await people.place(database.db);
  if (place !== null) {
    if (place.demonstration) room.startSimulators();
    return;
  }
  if (demonstration) {
    sayPeople(await room.identity.makeDemonstration('zh-CN'), say);
    return;
  }
  const code = await room.identity.renewSetUpCode();
  if (code !== null) say(`一次性设置码 / One-time set-up code: ${code}`);
};
