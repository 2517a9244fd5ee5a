/** Logs without secrets: one JSON line an event; anything that looks like a credential in a URL or a field is cut before it is written. */
import { pino } from 'pino';

export interface Log {
  debug(what: string, fields?: object): void;
  info(what: string, fields?: object): void;
  warn(what: string, fields?: object): void;
  error(what: string, fields?: object): void;
  child(fields: object): Log;
}

/** `rtsp://user:secret@host/x?password=y` → `rtsp://***@host/x?password=***` */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s?#]*@/gi, '$1***@')
    // As JSON, with whatever stands between the quotes.
    .replace(/("(?:password|passwd|passphrase|pwd|psw|pass|secret|token|authorization|cookie)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"***"')
    // Cameras that take it in the path write user=admin_password=…_channel=1, so a word may follow an underscore.
    .replace(/((?:\b|_)(?:password|passwd|passphrase|pwd|psw|pass|secret|token)|\b(?:code|authorization|cookie))(["']?\s*[=:]\s*["']?)(?:(?:Bearer|Basic|Digest)\s+)?[^\s&"',;}]+/gi, '$1$2***');

const secretName = /^(password|passwd|passphrase|pwd|psw|pass|secret|token|code|authorization|cookie|credentials?|privateKey)$/i;

const clean = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return withoutSecrets(value);
  if (value instanceof Error) return { name: value.name, message: withoutSecrets(value.message), stack: withoutSecrets(value.stack ?? '') };
  if (depth > 6 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, secretName.test(k) ? '***' : clean(v, depth + 1)]));
};

export interface LogSink {
  write(line: string): void;
}

export const createLog = (options: { name: string; level?: string; sink?: LogSink }): Log => {
  const logger = pino({ name: options.name, level: options.level ?? 'info', base: { name: options.name } }, options.sink ?? pino.destination({ dest: 2, sync: true }));
  const wrap = (inner: typeof logger): Log => ({
    debug: (what, fields = {}) => inner.debug(clean(fields), withoutSecrets(what)),
    info: (what, fields = {}) => inner.info(clean(fields), withoutSecrets(what)),
    warn: (what, fields = {}) => inner.warn(clean(fields), withoutSecrets(what)),
    error: (what, fields = {}) => inner.error(clean(fields), withoutSecrets(what)),
    child: (fields) => wrap(inner.child(clean(fields) as object)),
  });
  return wrap(logger);
};
