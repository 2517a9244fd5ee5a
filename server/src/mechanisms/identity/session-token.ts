/** The secret in the cookie and what the database keeps of it. */
import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;
export const newToken = (): string => randomBytes(tokenBytes).toString('base64url');
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
/** Accounts are compared without regard to case and width: Ｗang and wang are the same person. */
export const accountKeyOf = (account: string): string => account.normalize('NFKC').trim().toLowerCase();
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex');
