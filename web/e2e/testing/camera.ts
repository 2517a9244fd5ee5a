/** A simulated camera on this machine that asks for a password, as the product meets it over the network. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'simulators', 'camera', 'main.js');

export interface LockedCamera {
  url: string;
  username: string;
  password: string;
  stop(): void;
}

interface Said {
  control: number;
  urls: string[];
}

export const startLockedCamera = async (): Promise<LockedCamera> => {
  const child = spawn(process.execPath, [program, '--port', '0', '--control', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<Said>((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the simulated camera ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as Said);
    });
  });
  const [url = ''] = said.urls;
  const username = 'admin';
  const password = 'mi-ma-4417';
  const answer = await fetch(`http://127.0.0.1:${said.control}/cameras/${url.slice(url.lastIndexOf('/') + 1)}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { scheme: 'digest-md5', username, password } }),
  });
  if (!answer.ok) throw new Error(`the simulated camera takes no password: ${answer.status}`);
  return { url, username, password, stop: () => void child.kill('SIGTERM') };
};
