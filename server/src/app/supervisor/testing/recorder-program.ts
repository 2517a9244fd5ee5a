/** A small recorder for tests of the supervisor: writes down when it began and that it ended in order. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[process.argv.indexOf('--data') + 1] ?? '.';
const tell = (what: string): void => appendFileSync(join(folder, 'recorder-life.txt'), `${what} ${process.pid}\n`);
tell('began');
const alive = setInterval(() => undefined, 1_000);
process.on('SIGTERM', () => {
  tell('ended');
  clearInterval(alive);
  process.exit(0);
});
