import type { Words } from '../../ui/words.ts';
import type { zh } from './locale.zh-CN.ts';

/** Words of the storages. */
export const en: Words<typeof zh> = {
  title: 'Storage',
  about: 'Where footage lies, how long the room lasts, how many days each camera is kept and why, whether the files are whole, what was deleted of late.',
  report: 'Retention and verification',
  back: 'Back to storage',
  folders: { title: 'Storages', caption: 'Folders of footage', empty: 'There is no storage yet.', path: 'Folder', state: 'State', fill: 'Fill', footage: 'Footage', weight: 'Share', cameras: 'Cameras', acts: 'Acts', footageText: '{{size}}, {{segments}} segments', unknown: 'the recorder does not answer', fillText: '{{free}} free of {{total}}', fillLabel: '{{path}}: {{percent}} % used' },
  state: { in_use: 'in use', emptying: 'being emptied', retired: 'retired', waiting: 'waits for the recorder', refused: 'cannot be used' },
  moving: '{{segments}} segments still to move',
  stuck: '{{stuck}} segments cannot be moved',
  add: { open: 'Add a storage', title: 'Add a storage', path: 'Folder', pathHelp: 'The whole path on the machine of the recorder, e.g. /mnt/disk2/vigil: an empty folder, or a new one in a folder that exists.', weight: 'Share', weightHelp: 'How many of the cameras it gets beside the other storages, 1 to 100.', submit: 'Add', cancel: 'Cancel', done: 'Added; the recorder takes it into use.' },
  act: { weigh: 'Change share', empty: 'Empty', keep: 'Stop emptying', retire: 'Retire' },
  weigh: { title: 'Change the share', text: 'How many of the cameras {{path}} gets beside the other storages.', submit: 'Save' },
  empty: { title: 'Empty {{path}}', text: 'The footage here goes to the other storages, segment by segment and compared; nothing new is recorded here. Held footage goes along, none is lost.', submit: 'Begin to empty' },
  keep: { title: 'Stop emptying {{path}}', text: 'What has gone stays in its new place; recording goes on here.', submit: 'Stop emptying' },
  retire: { title: 'Retire {{path}}', text: 'This storage is empty. Once retired its disk may be taken out; to use it again it is added anew.', submit: 'Retire' },
  forecast: {
    title: 'Forecast', unknown: 'Nothing can be foretold yet: the recorder does not answer, or there is no footage.', notMeasured: 'Less than ten minutes were recorded: this is reckoned from the rate of the moment, not measured.', enough: 'Enough: footage can be kept for more than {{days}} days; {{required}} days are required.', short: 'Not enough: footage can be kept for {{days}} days; {{required}} days are required.', inDays: 'Full in about {{days}} days; from then on the oldest footage would go before its time.',
    rate: 'Footage a day', needed: 'Needed for the full term', capacity: 'Room for footage', kept: 'Footage kept', plot: 'Footage kept so far and in the next {{days}} days', capacityLine: 'Room', today: 'today', day: 'in {{day}} days', past: 'so far', future: 'forecast',
  },
  cameras: { title: 'Retention by camera', caption: 'Days that each camera is kept, with the reason', empty: 'There is no camera yet.', camera: 'Camera', days: 'Kept', why: 'Reason', oldest: 'Oldest footage', size: 'Size', rate: 'A day', dayCount: '{{days}} days', none: 'no footage' },
  verify: {
    title: 'Verification', about: 'All footage is compared again with the hashes of its recording, once in {{days}} days, slowly, so that recording does not notice.', none: 'It has not begun.', progress: 'This cycle: {{files}} of {{of}} files, {{bytes}} of {{bytesOf}}', progressLabel: 'Progress of this cycle', began: 'Began', due: 'To end before', resting: 'This cycle is over; the next begins {{at}}.',
    last: 'Last completed', lastText: '{{at}}, {{files}} files, {{size}}', found: '{{found}} findings', clean: 'all agree', damaged: 'Footage that failed', damagedCaption: 'Footage that failed verification', camera: 'Camera', span: 'Time', what: 'Finding', storage: 'Storage', foundAt: 'Found',
  },
  deletions: { title: 'Deleted of late', caption: 'Footage deleted of late', empty: 'No footage was deleted of late.', at: 'Time', why: 'Reason', span: 'Footage of', amount: 'Amount', amountText: '{{count}} segments, {{size}}', camerasOf: 'Cameras', outcome: 'Outcome', allGone: 'all deleted', outcomeText: '{{gone}} deleted, {{failed}} failed, {{waiting}} waiting' },
  reportPage: {
    title: 'Retention and verification', about: 'Footage of the chosen time that is missing, was altered or went before its term, each named; none means whole.', from: 'From', until: 'Until', whole: 'Nothing is missing, nothing was altered, nothing went before its term.', notLooked: 'No verification of all footage was completed in this time, so it cannot be called whole.', named: 'Named footage', namedCaption: 'Footage missing, altered or deleted early', noNamed: 'No footage is named.',
    cycles: 'Completed verifications', cyclesCaption: 'Completed verifications', noCycles: 'None was completed.', ended: 'Ended', files: 'Files', size: 'Size', found: 'Findings', deleted: 'Deleted', deletedCaption: 'Footage deleted in this time', noDeleted: 'Nothing was deleted.', what: 'Finding', camera: 'Camera', span: 'Footage of', at: 'Found or decided',
  },
};
