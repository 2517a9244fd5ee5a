/** One-time codes (TOTP, RFC 6238): six digits, 30 s, one step of tolerance to either side. Pure but for the secret's random bytes. */
import { Secret, TOTP } from 'otpauth';
import type { Instant } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';

const periodS = 30;
const tolerance = 1;

export const newSecret = (): string => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, label = '', issuer = '值守 Vigil'): TOTP => new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: periodS, secret: Secret.fromBase32(secret) });

/** otpauth://… for a QR code. */
export const codeAddress = (secret: string, account: string, room: string): string => totpOf(secret, account, `值守 ${room}`).toString();

export const codeAt = (secret: string, now: Instant): string => totpOf(secret).generate({ timestamp: now });

/** The time step of a right code that is later than the last accepted one; null: wrong, or used already. */
export const acceptCode = (secret: string, typed: string, lastCounter: number, now: Instant): number | null => {
  const digits = typed.normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = totpOf(secret).validate({ token: digits, timestamp: now, window: tolerance });
  if (delta === null) return null;
  const counter = Math.floor(now / secondMs / periodS) + delta;
  return counter > lastCounter ? counter : null;
};
