import type { Words } from '../../ui/words.ts';
import type { zh } from './locale.zh-CN.ts';

/** Words of completeness and of stops. */
export const en: Words<typeof zh> = {
  title: 'Completeness of recording',
  about: 'What each camera had to record on each day, what it did, and where footage is missing. Every day closes with a signed statement whose digest stands in the ledger. Approved stops do not count as missing.',
  month: 'Month', stops: 'Stops', back: 'Back to completeness', target: 'Target {{percent}}%', below: '{{count}} cameras below the target', none: 'No camera had to be recorded in this month.',
  camera: 'Camera', whole: 'Month', cell: '{{camera}}, {{day}}: {{percent}}%, {{gaps}} gaps', noCell: '{{camera}}, {{day}}: no statement',
  legend: { full: 'on target', near: 'below target', low: 'below 95%', none: 'no statement' },
  day: { title: '{{camera}}, {{day}}', about: 'Statement of completeness', print: 'Print', expected: 'Expected', recorded: 'Recorded', approved: 'Stopped with approval', percent: 'Complete', gaps: 'Missing footage', gapsCaption: 'Footage missing on this day', noGaps: 'Nothing is missing.', from: 'From', until: 'Until', length: 'Length', reason: 'Reason', signed: 'Signature', closedAt: 'Made at', revision: 'Revision', digest: 'SHA-256', signature: 'Ed25519 signature', key: 'Public key', good: 'the signature fits what is shown', bad: 'the signature does not fit', open: 'This day is not over; nothing is signed yet.' },
  stop: { title: 'Stops of recording', about: 'Recording stops within an approved window only and begins again by itself. A stop is asked for {{lead}} h ahead and lasts {{max}} h at most; it is agreed to by {{approver}}.', forbidden: 'The rules of this room allow no planned stop.', ask: 'Ask for a stop', scope: 'What stops', scopes: { camera: 'certain cameras', recorder: 'the whole recorder', room: 'the whole room' }, cameras: 'Cameras', from: 'Begin', until: 'Records again', urgent: 'Urgent (cannot wait)', reason: 'Reason', submit: 'Submit', empty: 'There is no stop.', state: 'State', states: { granted: 'granted', running: 'stopped now', ended: 'recording again', lapsed: 'not carried out', revoked: 'taken back' }, by: 'Carried out by', run: 'Stop recording', runText: 'Recording stops now and begins again by itself at {{until}}. Nothing is recorded in between.', end: 'Record again', endText: 'Recording begins again now.', restart: 'Restart the recorder', restarts: 'Restarts of the recorder', at: 'Time', noRestarts: 'There was no restart.', asked: 'Submitted; it waits for approval.', acts: 'Acts' },
};
