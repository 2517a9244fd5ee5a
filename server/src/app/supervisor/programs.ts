/** Where the processes of a room start. Sources and dist/ have the same shape, so one set of relative paths serves both. */
import { join } from 'node:path';

export interface Programs {
  server: string;
  recorder: string;
  simulators: string;
  migrate: string;
}

export const ownPrograms = (): Programs => {
  const root = join(import.meta.dirname, '..', '..', '..', '..');
  const end = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
  return {
    server: join(root, 'server', 'src', 'app', `main${end}`),
    recorder: join(root, 'recorder', `main${end}`),
    simulators: join(root, 'simulators', 'camera', `main${end}`),
    migrate: join(root, 'server', 'src', 'app', 'supervisor', `migrate-main${end}`),
  };
};
