/** Can passkeys be made at this address? They belong to a host name, and browsers want a secure page: an IP address has neither. Pure. */
import { isIP } from 'node:net';
import type { PasskeySite } from '../../../../../contract/identity.ts';

export interface PasskeyPlace {
  site: PasskeySite;
  /** VIGIL_ORIGIN as browsers write it. */
  origin: string;
  /** Host name that the passkeys belong to. */
  rpId: string;
}

export const passkeyPlaceOf = (address: string): PasskeyPlace => {
  const { origin, hostname, protocol } = new URL(address);
  const bare = hostname.replace(/^\[|\]$/g, '');
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const site: PasskeySite = isIP(bare) !== 0 ? 'needs_name' : isLocal ? 'localhost' : protocol === 'https:' ? 'fine' : 'needs_tls';
  return { site, origin, rpId: hostname };
};

export const passkeysPossible = ({ site }: PasskeyPlace): boolean => site === 'fine' || site === 'localhost';
