/** The only reader of the environment. Every setting has its meaning, its default and its check here. */
import { resolve } from 'node:path';
import { declareRefusals } from './refusal.ts';

export const configRefusals = declareRefusals('config', {
  port_wrong: { kind: 'invalid', zh: 'PORT 必须是 1 到 65535 的整数，现在是“{value}”。', en: 'PORT must be a whole number from 1 to 65535; it is "{value}".' },
  address_needs_tls: {
    kind: 'invalid',
    zh: '监听 {host} 需要 TLS：请设置 VIGIL_TLS_CERT 和 VIGIL_TLS_KEY，或运行 npm run vigil -- authority create 建立本地证书。',
    en: 'Listening on {host} needs TLS: set VIGIL_TLS_CERT and VIGIL_TLS_KEY, or run npm run vigil -- authority create to make a local certificate.',
  },
  tls_half: { kind: 'invalid', zh: 'VIGIL_TLS_CERT 和 VIGIL_TLS_KEY 必须同时设置。', en: 'VIGIL_TLS_CERT and VIGIL_TLS_KEY must be set together.' },
});

export interface Config {
  host: string;
  /** TCP port of the room's address; 0 in tests means any free one. */
  port: number;
  /** Folder that holds everything Vigil keeps on this machine. */
  dataFolder: string;
  /** PostgreSQL as the app role; null: the embedded one. */
  databaseUrl: string | null;
  /** PostgreSQL as owner of the tables, used by migrations only. */
  databaseOwnerUrl: string | null;
  /** What browsers see, e.g. https://room.example.cn; passkeys will belong to it. */
  origin: string;
  tls: { certFile: string; keyFile: string } | null;
  /** Cameras on loopback or link-local addresses, as a restreamer on the same machine needs. */
  allowLocalCameras: boolean;
  /** Time-stamp authority (RFC 3161) that is asked when an evidence package is made; null: none. */
  timestampUrl: string | null;
  logLevel: string;
  /** True in a throw-away demonstration room. */
  demonstration: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;
const loopback = new Set(['localhost', '127.0.0.1', '::1']);
export const isLoopback = (host: string): boolean => loopback.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);

const tlsFiles = (env: Environment): Config['tls'] => {
  const certFile = env['VIGIL_TLS_CERT'];
  const keyFile = env['VIGIL_TLS_KEY'];
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) throw configRefusals('tls_half');
  return { certFile, keyFile };
};

/** Reads and checks the settings; throws a Refusal that names the wrong one. */
export const readConfig = (env: Environment = process.env): Config => {
  const portText = env['PORT'] ?? '8480';
  const port = Number(portText);
  if (portText.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) throw configRefusals('port_wrong', { value: portText });
  const host = env['HOST'] ?? 'localhost';
  const tls = tlsFiles(env);
  if (!isLoopback(host) && tls === null) throw configRefusals('address_needs_tls', { host });
  return {
    host,
    port,
    dataFolder: resolve(env['VIGIL_DATA'] ?? 'data'),
    databaseUrl: env['VIGIL_DATABASE_URL'] ?? null,
    databaseOwnerUrl: env['VIGIL_DATABASE_OWNER_URL'] ?? null,
    origin: env['VIGIL_ORIGIN'] ?? `${tls === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tls,
    allowLocalCameras: env['VIGIL_ALLOW_LOCAL_CAMERAS'] === '1',
    timestampUrl: env['VIGIL_TSA_URL'] ?? null,
    logLevel: env['VIGIL_LOG_LEVEL'] ?? 'info',
    demonstration: env['VIGIL_DEMO'] === '1',
  };
};
