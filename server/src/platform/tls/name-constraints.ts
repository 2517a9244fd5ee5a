/** The NameConstraints extension (RFC 5280 section 4.2.1.10) in DER: pure. */
import { isIP } from 'node:net';

export const nameConstraintsId = '2.5.29.30';

const tag = { sequence: 0x30, permitted: 0xa0, dnsName: 0x82, ipAddress: 0x87 };

const element = (kind: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([kind, body.length]), body]);
  const length: number[] = [];
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return Buffer.concat([Buffer.from([kind, 0x80 | length.length, ...length]), body]);
};

/** The eight groups of an IPv6 address, `::` filled. */
const groups = (address: string): number[] => {
  const [head = '', tail] = address.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').flatMap((word) => (word.includes('.') ? pairs(word) : [parseInt(word, 16)]));
  const pairs = (v4: string): number[] => {
    const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  };
  if (tail === undefined) return words(head);
  const [before, after] = [words(head), words(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
};

export const addressBytes = (address: string): Buffer =>
  isIP(address) === 4 ? Buffer.from(address.split('.').map(Number)) : Buffer.from(groups(address).flatMap((word) => [word >> 8, word & 255]));

const subtree = (name: string): Buffer => {
  if (isIP(name) === 0) return element(tag.sequence, element(tag.dnsName, Buffer.from(name, 'latin1')));
  const address = addressBytes(name);
  return element(tag.sequence, element(tag.ipAddress, address, Buffer.alloc(address.length, 0xff)));
};

/**
 * Only these names and addresses. A kind of name that does not occur in the list would be free: the list must hold at least one host
 * name, one IPv4 and one IPv6 address.
 */
export const nameConstraintsDer = (names: readonly string[]): Buffer => {
  for (const kind of [0, 4, 6]) if (!names.some((name) => isIP(name) === kind)) throw new Error('a kind of name would be left unconstrained');
  return element(tag.sequence, element(tag.permitted, ...names.map(subtree)));
};
