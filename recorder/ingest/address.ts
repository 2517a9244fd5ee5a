/**
 * Where a camera is: the address as people type it, and the one network address that is then connected to. The check stands on the
 * resolved address and the connection goes to that same address, so that a name cannot answer one thing to the check and another later.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface CameraAddress {
  host: string;
  port: number;
  /** rtsps:// */
  secure: boolean;
  /** The URL as it stands in requests: no user info. */
  url: string;
  username: string | null;
  password: string | null;
}

const defaultPort: Readonly<Record<string, number>> = { 'rtsp://': 554, 'rtsps://': 322 };
const longestUrl = 2_048;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % in a password that nobody escaped
  }
};

/** Splits host and port; square brackets hold an IPv6 address. */
const hostAndPort = (text: string, defaultTo: number): { host: string; port: number } | null => {
  const match = /^(?:\[([0-9a-fA-F:.%\w]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined) return null;
  if (match[1] !== undefined && isIP(host) !== 6) return null;
  const port = match[3] === undefined ? defaultTo : Number(match[3]);
  return port >= 1 && port <= 65_535 ? { host, port } : null;
};

/**
 * Null when the text is no rtsp:// or rtsps:// URL. Not the URL class: people paste passwords with `@`, `#` and `/` unescaped, and the user info
 * ends at the last `@` before the path.
 */
export const parseAddress = (text: string): CameraAddress | null => {
  const trimmed = text.trim();
  // oxlint-disable-next-line no-control-regex -- a control character must never reach a request line
  if (trimmed.length > longestUrl || /[\u0000-\u0020\u007f]/.test(trimmed)) return null;
  const scheme = /^rtsps?:\/\//i.exec(trimmed)?.[0].toLowerCase();
  if (scheme === undefined) return null;
  const usual = defaultPort[scheme] ?? 0;
  const rest = trimmed.slice(scheme.length);
  const pathAt = rest.search(/[/?#]/);
  const authority = pathAt < 0 ? rest : rest.slice(0, pathAt);
  const path = pathAt < 0 ? '' : rest.slice(pathAt).replace(/#.*$/, '');
  const at = authority.lastIndexOf('@');
  const found = hostAndPort(authority.slice(at + 1), usual);
  if (found === null) return null;
  const userInfo = at < 0 ? null : authority.slice(0, at);
  const colon = userInfo?.indexOf(':') ?? -1;
  const username = userInfo === null ? null : decoded(colon < 0 ? userInfo : userInfo.slice(0, colon));
  const password = userInfo === null || colon < 0 ? null : decoded(userInfo.slice(colon + 1));
  const host = isIP(found.host) === 6 ? `[${found.host}]` : found.host;
  const asciiPath = path.toWellFormed().replace(/[^\u0021-\u007e]/gu, (c) => encodeURIComponent(c));
  return { ...found, secure: scheme === 'rtsps://', url: `${scheme}${host}${found.port === usual ? '' : `:${found.port}`}${asciiPath}`, username, password };
};

const ipv4Bytes = (address: string): number[] => address.split('.').map(Number);

const isLocalV4 = ([a = 0, b = 0]: readonly number[]): boolean =>
  a === 0 || a === 127 || (a === 169 && b === 254) || a >= 224; // this network, loopback, link-local, multicast and broadcast

/** The eight groups of an IPv6 address, its zone left out. */
const ipv6Groups = (address: string): number[] => {
  const bare = address.replace(/%.*$/, '').replace(/(\d+\.\d+\.\d+\.\d+)$/, (v4) => {
    const [a = 0, b = 0, c = 0, d = 0] = ipv4Bytes(v4);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = bare.split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((g) => Number.parseInt(g, 16)));
  if (tail === undefined) return groups(head);
  const left = groups(head);
  const right = groups(tail);
  return [...left, ...new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
};

/** Loopback, link-local, unspecified, multicast: of IPv4, of IPv6, and of IPv4 written inside IPv6 (mapped, compatible, NAT64, 6to4). */
export const isLocalAddress = (address: string): boolean => {
  if (isIP(address) === 4) return isLocalV4(ipv4Bytes(address));
  if (isIP(address) !== 6) return true; // not an address: nothing to trust
  const g = ipv6Groups(address);
  const at = (i: number): number => g[i] ?? 0;
  const embedded = (i: number): boolean => isLocalV4([at(i) >> 8, at(i) & 0xff]);
  const zeros = (count: number): boolean => g.slice(0, count).every((x) => x === 0);
  if (zeros(5) && at(5) === 0xffff) return embedded(6);
  if (zeros(6)) return embedded(6) || (at(6) === 0 && at(7) <= 1);
  if (at(0) === 0x64 && at(1) === 0xff9b) return embedded(6);
  if (at(0) === 0x2002) return embedded(1);
  return (at(0) & 0xffc0) === 0xfe80 || (at(0) & 0xff00) === 0xff00;
};

export type Resolved = { ok: true; address: string } | { ok: false; why: 'name_unknown' | 'address_local' };

export type Lookup = (host: string) => Promise<readonly string[]>;

/**
 * Name questions wait for one another: each holds one of the process's four file-system threads while it lasts, and writing footage
 * must not stand behind a dead name server.
 */
const mostQuestions = 2;
let asking = 0;
const waiting: (() => void)[] = [];

const systemLookup: Lookup = async (host) => {
  if (asking >= mostQuestions) await new Promise<void>((go) => waiting.push(go));
  asking += 1;
  try {
    return (await lookup(host, { all: true })).map((found) => found.address);
  } finally {
    asking -= 1;
    waiting.shift()?.();
  }
};

/** The address to connect to: IPv4 first, as cameras are. */
export const resolveAddress = async (host: string, allowLocal: boolean, ask: Lookup = systemLookup): Promise<Resolved> => {
  let found: readonly string[];
  try {
    found = isIP(host) !== 0 ? [host] : await ask(host);
  } catch {
    found = [];
  }
  if (found.length === 0) return { ok: false, why: 'name_unknown' };
  const usable = allowLocal ? found : found.filter((address) => !isLocalAddress(address));
  const address = usable.find((a) => isIP(a) === 4) ?? usable[0];
  return address === undefined ? { ok: false, why: 'address_local' } : { ok: true, address };
};
