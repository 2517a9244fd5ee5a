import type { Words } from '../../ui/words.ts';
import type { zh } from './locale.zh-CN.ts';

/** Words of backup. */
export const en: Words<typeof zh> = {
  title: 'Backup', about: 'A second copy of all footage on another disk; database, ledger, keys, settings and documents backed up by schedule; drills that really restore a segment and compare its hash.',
  place: { title: 'Folder for copies', none: 'No folder for copies is set: footage exists once.', path: 'Folder', add: 'Set the folder', help: 'The whole path on another disk or network drive, e.g. /mnt/backup/vigil: an empty folder, or a new one in a folder that exists.', submit: 'Set', retire: 'Take out of use', retireText: 'Nothing is copied any more; what was copied stays where it is.', reason: 'Reason', since: 'in use since {{at}}' },
  figures: { copied: 'Copied', waiting: 'Waiting', lag: 'Behind by', period: 'Period', damaged: 'Damaged copies', segments: '{{count}} segments, {{size}}', none: 'nothing', minutes: '{{count}} min', hours: '{{count}} h' },
  troubles: 'Troubles', trouble: '{{what}} (since {{at}})', sound: 'Backup is in order.',
  unbacked: { title: 'Footage without a copy', none: 'All footage is copied.', camera: 'Camera', from: 'From', until: 'Until', amount: 'Amount', why: 'Why' },
  lost: { title: 'Footage missing or altered', none: 'There is none.', what: 'Found', restore: 'Restore from its copy', noCopy: 'no copy', acts: 'Acts' },
  runs: { title: 'Backups of the room', none: 'There is no backup yet.', began: 'Begun', state: 'Result', size: 'Size', by: 'By', schedule: 'schedule', hash: 'SHA-256', run: 'Back up now', due: 'Next: {{at}}' },
  drills: { title: 'Restore drills', none: 'There was no drill yet.', at: 'Time', footage: 'Footage', took: 'Took', ms: '{{count}} ms', plays: 'Plays', yes: 'yes', no: 'no', outcome: 'Result', by: 'By', run: 'Run a drill', due: 'Due by {{at}}' },
};
