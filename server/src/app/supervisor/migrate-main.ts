/** A short process with the owner's power, which the server must not have: migrates, with a backup before it, and ends. */
import { migrateFromEnvironment } from '../../platform/postgres/migrate-process.ts';

process.exitCode = await migrateFromEnvironment();
