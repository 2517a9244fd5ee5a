/** The secret in the cookie and what the database keeps of it. */
import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;
export const newToken = (): string => randomBytes(tokenBytes).toString('base64url');
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
/** Accounts are compared without regard to case and width: Ｗang and wang are the same person. */
export const accountKeyOf = (account: string): string => account.normalize('NFKC').trim().toLowerCase();
/**
 * Tells apart what was typed as an account without keeping it: it may be a password in the wrong field, so 20 bits only, which many texts
 * share. Two accounts that meet on one tag are slowed together, nothing more.
 */
export const accountTag = (accountKey: string): string => createHash('sha256').update(accountKey).digest('hex').slice(0, 5);
