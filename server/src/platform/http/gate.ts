/** What stands before every route and stream. The rules of who may are identity's; this file only says what it must answer. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './route.ts';

export const sessionCookie = 'vigil_session';
/** Stays with the computer, whoever signs in there. */
export const consoleCookie = 'vigil_console';

export interface Knock {
  /** Value of the session cookie, if any. */
  token: string | undefined;
  source: string;
  /** For the record of a denial: "GET /api/video/cameras" or "watch". */
  what: string;
}

export interface Gate<Caller> {
  /** Answers the caller, or null for open access; throws a Refusal and records the denial otherwise. */
  admit(knock: Knock, access: Access): Promise<Caller | null>;
}

const cookieOf = (headers: IncomingHttpHeaders, wanted: string): string | undefined => {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=');
    if (name === wanted) return value.join('=');
  }
  return undefined;
};
export const tokenOf = (headers: IncomingHttpHeaders): string | undefined => cookieOf(headers, sessionCookie);
export const consoleOf = (headers: IncomingHttpHeaders): string | undefined => cookieOf(headers, consoleCookie);

export interface OriginRule {
  /** The address that people are told, e.g. https://room.example.cn */
  origin: string;
  /** Other host names that lead here: loopback, names in the certificate. Lower case, without port. */
  hosts: readonly string[];
}

const hostOf = (value: string): string => {
  try {
    return new URL(value.includes('://') ? value : `http://${value}`).hostname.toLowerCase();
  } catch {
    return '';
  }
};

/** A host name that is not ours means DNS rebinding: a foreign page talking to this machine. */
export const isOurHost = (host: string | undefined, rule: OriginRule): boolean => {
  const name = hostOf(host ?? '');
  return name !== '' && (name === hostOf(rule.origin) || rule.hosts.includes(name));
};

/** Browsers send Origin with every change and with every WebSocket; it must be the page that we served. */
export const isOurOrigin = (origin: string | undefined, host: string | undefined, rule: OriginRule): boolean => {
  if (origin === undefined) return true;
  if (origin === rule.origin) return true;
  try {
    return new URL(origin).host === host && isOurHost(host, rule);
  } catch {
    return false;
  }
};
