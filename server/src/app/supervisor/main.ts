/** Entry of `npm start`: a small process that keeps the room's processes running. */
import { ownPrograms } from './programs.ts';
import { runSupervisor } from './run.ts';

await runSupervisor({ programs: ownPrograms() });
