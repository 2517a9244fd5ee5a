/** Passwords that Vigil makes for people: syllables that can be said and typed, and four digits; about 65 random bits. */
import { randomInt } from 'node:crypto';

const heads = ['b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'zh', 'sh', 'r', 'z', 's', 'y', 'w', 'ch', 'c'];
const tails = ['a', 'e', 'u', 'ai', 'ei', 'ao', 'ou', 'an', 'en', 'ang', 'eng', 'ong'];
const pick = (from: readonly string[]): string => from[randomInt(from.length)] ?? '';
const word = (): string => pick(heads) + pick(tails) + pick(heads) + pick(tails);

/** e.g. taoken-bumeng-shulan-4821 */
export const generatePassword = (): string => `${word()}-${word()}-${word()}-${String(randomInt(10_000)).padStart(4, '0')}`;

/** Eight digits, shown as 1234 5678. */
export const generateCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');
export const showCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
/** Digits of what was typed, full-width ones too. */
export const readCode = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '');
