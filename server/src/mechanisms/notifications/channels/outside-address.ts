/** A webhook may not be turned against the machine itself: the address is checked where it is connected to, not where it is typed. */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const local = new BlockList();
local.addSubnet('0.0.0.0', 8);
local.addSubnet('127.0.0.0', 8);
local.addSubnet('169.254.0.0', 16);
local.addSubnet('224.0.0.0', 3);
local.addAddress('::', 'ipv6');
local.addAddress('::1', 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');
local.addSubnet('ff00::', 8, 'ipv6');
// IPv4 written inside IPv6 by translation: no webhook needs it.
local.addSubnet('64:ff9b::', 96, 'ipv6');
local.addSubnet('2002::', 16, 'ipv6');

/** Loopback, link-local, unspecified, multicast; IPv4 mapped into IPv6 is looked at as IPv4. */
export const isLocalAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 0) return true; // not an address: nothing to trust
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined ? local.check(address, family === 6 ? 'ipv6' : 'ipv4') : local.check(mapped);
};

export class LocalAddress extends Error {
  readonly host: string;
  constructor(host: string) {
    super(`${host} is an address of this machine or link`);
    this.host = host;
  }
}

/** A look-up of names for one connection that answers outside addresses only. */
export const outsideLookup: LookupFunction = (host, options, answer) => {
  systemLookup(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return answer(error, []);
    const outside = found.filter(({ address }) => !isLocalAddress(address));
    const [first] = outside;
    if (first === undefined) return answer(new LocalAddress(host), []);
    if (options.all === true) answer(null, outside);
    else answer(null, first.address, first.family);
  });
};

/** Null: nothing against the host as it is written; names are looked at when they are resolved. */
export const localHost = (url: URL): string | null => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isLocalAddress(host)) ? host : null;
};
