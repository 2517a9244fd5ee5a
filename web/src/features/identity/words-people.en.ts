/** Words of rights, titles, files of people, device passwords and qualifications. */
export const roomPeopleEn = {
  import: {
    title: 'Bring in people', about: 'Read from Excel or CSV, looked at before anything is written. Rows with faults are not brought in, nor lost.', file: 'File', template: 'Download the template (Excel)', choose: 'Choose the file with people (.xlsx or .csv)', preview: '{{good}} rows can be brought in, {{wrong}} have faults', act: 'Bring in {{count}} people', caption: 'Contents of the file', line: 'Line', faults: 'Result', fine: 'fine', allDone: 'All of them were brought in.',
  },
  slips: { title: 'First passwords ({{count}})', once: 'First passwords are shown this once. Print them, cut them apart and hand them over in person.', print: 'Print the slips', change: 'To be changed at the first sign-in.' },
  titles: { title: 'Titles', about: 'What this site calls the roles of the regulations. Screens and files use these words.', standard: 'Role of the regulations', own: 'Title here', same: 'the same', of: '"{{role}}" is called here', zh: 'Title in Chinese', en: 'Title in English', back: 'Standard title again' },
  grants: {
    title: 'Rights', none: 'No rights.', from: 'From', until: 'Until', open: 'open', by: 'Approved by', end: 'Withdraw', ended: 'ended', endTitle: 'Withdraw "{{role}}" from {{name}}', endText: 'Takes effect at once; pictures being watched stop.', role: 'Role', lastDay: 'Last day', lastDayHint: 'Included; leave empty for no end.', reason: 'Reason', act: 'Grant',
  },
  security: { title: 'Security of the account', reset: 'Remove second factor', resetTitle: 'Remove the second factor of {{name}}', resetText: 'All passkeys and one-time codes become void; with the password the person signs in and adds new ones.' },
  devices: {
    title: 'Device passwords', about: 'Who answers for the passwords of computers, recorders, cameras and network devices, and when they change. They are sealed and never shown.', add: 'List a password', device: 'Device', deviceHint: 'For example: desk computer 1, access switch 2.', kind: 'Kind', account: 'Account on the device', owner: 'Answered for by', strength: 'Length and strength', none: 'no password', signs: '{{count}} characters · {{level}}', since: 'Set on', due: 'Due', findings: 'Result', password: 'Password', newPassword: 'New password', passwordHint: 'Leave empty when the device has none. Nobody can see it afterwards.', rotate: 'Changed', rotateTitle: '{{device}}: record the new password', retire: 'Take off', retireTitle: 'Take {{device}} off the list', retireText: 'No longer looked at or reminded of. The record stays.', discloseTitle: 'Password of {{device}} disclosed', discloseText: 'It stays among the results until a new password is recorded.', wrong: 'The passwords of {{count}} devices have something wrong.', lastScan: 'All were last looked at on {{day}}.', empty: 'No device passwords are listed yet.',
    kinds: { computer: 'computer', recorder: 'recorder', camera: 'camera', network: 'network device', other: 'other' },
    found: { no_password: 'no password', factory: 'factory password', weak: 'too weak', overdue: 'overdue', disclosed: 'disclosed', owner_left: 'owner has left' },
  },
  qualifications: {
    title: 'Qualifications', about: 'Who holds which certificate or had which training, and until when.', add: 'Record one', needed: 'Rule of this room: without a valid record of console training the console stays closed.', empty: 'Nothing is recorded yet.', kind: 'Kind', number: 'Number', checkedBy: 'Checked by', scan: 'Scan', open: 'Open', scanChoose: 'Scan (JPEG, PNG or PDF; may be left out)', seen: 'Saving says that you have seen the original. Your own papers are recorded by somebody else.', withdraw: 'Withdraw', withdrawTitle: 'Withdraw a record of {{name}}', withdrawText: 'It no longer counts; the record stays.',
    kinds: { console_training: 'console training', guard_certificate: 'guard certificate', fire_control_certificate: 'fire control certificate', background_check: 'background check', confidentiality_training: 'confidentiality training', other: 'other' },
  },
};
