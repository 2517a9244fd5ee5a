/** Passwords of the embedded database's three roles: random, made once, readable by Vigil's user alone. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const roleNames = { admin: 'postgres', owner: 'vigil_owner', app: 'vigil_app' } as const;
export type Role = keyof typeof roleNames;
export type RolePasswords = Record<Role, string>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'secrets', 'database.json');

const isPasswords = (value: unknown): value is RolePasswords =>
  typeof value === 'object' && value !== null && (['admin', 'owner', 'app'] as const).every((role) => typeof (value as Record<string, unknown>)[role] === 'string');

export const rolePasswords = (dataFolder: string): RolePasswords => {
  const file = fileIn(dataFolder);
  if (existsSync(file)) {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isPasswords(kept)) throw new Error(`${file} does not hold the passwords of the database roles`);
    return kept;
  }
  const make = (): string => randomBytes(24).toString('base64url');
  const fresh: RolePasswords = { admin: make(), owner: make(), app: make() };
  mkdirSync(join(dataFolder, 'secrets'), { recursive: true, mode: 0o700 });
  chmodSync(join(dataFolder, 'secrets'), 0o700);
  const draft = `${file}.draft`;
  writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
  return fresh;
};
