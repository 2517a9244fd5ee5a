/** What a backup says about itself: its last entry, with the SHA-256 of every file in it. */
import { z } from 'zod';

export const manifestName = 'manifest.json';

export const BackupManifest = z.object({
  format: z.literal('vigil-backup'),
  version: z.literal(1),
  /** UTC ms, when the copy began; the database in it is as it was when the copy ended. */
  takenAt: z.int(),
  postgresMajor: z.string(),
  /** Newest migration in the database. */
  migration: z.string(),
  withFootage: z.boolean(),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** Of a room on a database of somebody else's: its rows are a script, whatever PostgreSQL runs it. */
export const SqlBackupManifest = BackupManifest.omit({ postgresMajor: true }).extend({ format: z.literal('vigil-backup-sql') });
export type SqlBackupManifest = z.infer<typeof SqlBackupManifest>;
