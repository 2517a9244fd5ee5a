/** The real supervisor with the small programs of this folder. */
import { join } from 'node:path';
import { ownPrograms } from '../programs.ts';
import { runSupervisor } from '../run.ts';

const here = import.meta.dirname;
const stateRoot = process.env['VIGIL_TEST_STATE'];
await runSupervisor({
  programs: { ...ownPrograms(), server: join(here, 'server-program.ts'), recorder: join(here, 'recorder-program.ts') },
  ...(stateRoot === undefined ? {} : { stateRoot }),
});
