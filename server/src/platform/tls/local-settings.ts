/** Settings as people gave them, completed by the room's own certificate when one was made (`vigil authority create`). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isLoopback } from '../../base/config.ts';

type Settings = Readonly<Record<string, string | undefined>>;

/** Below `<data>/tls/`. */
export const tlsFiles = (dataFolder: string) => {
  const folder = join(dataFolder, 'tls');
  return {
    folder,
    authorityCert: join(folder, 'authority.crt'),
    authorityKey: join(folder, 'authority.key'),
    serverCert: join(folder, 'server.crt'),
    serverKey: join(folder, 'server.key'),
    names: join(folder, 'names.json'),
  };
};

const firstName = (file: string): string | null => {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const first: unknown = Array.isArray(read) ? read[0] : null;
    return typeof first === 'string' ? first : null;
  } catch {
    return null;
  }
};

/** What the room's own certificate adds to the settings; nothing on loopback, where none is needed, nor when files were named. */
export const certificateSettings = (env: Settings): Settings => {
  const host = env['HOST'] ?? 'localhost';
  if (isLoopback(host) || env['VIGIL_TLS_CERT'] !== undefined || env['VIGIL_TLS_KEY'] !== undefined) return {};
  const files = tlsFiles(resolve(env['VIGIL_DATA'] ?? 'data'));
  if (!existsSync(files.serverCert) || !existsSync(files.serverKey)) return {};
  const name = firstName(files.names);
  const origin = env['VIGIL_ORIGIN'] ?? (name === null ? undefined : `https://${name}:${env['PORT'] ?? '8480'}`);
  return { VIGIL_TLS_CERT: files.serverCert, VIGIL_TLS_KEY: files.serverKey, ...(origin === undefined ? {} : { VIGIL_ORIGIN: origin }) };
};

/** Reads the settings by `read`; `settings` are the additions that child processes must get too. */
export const localSettings = <C>(read: (env: Settings) => C, env: Settings = process.env): { config: C; settings: Settings } => {
  const settings = certificateSettings(env);
  return { config: read({ ...env, ...settings }), settings };
};
