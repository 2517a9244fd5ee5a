/** Words of duty. */
export const en = {
  title: 'Duty',
  about: 'Who is on post, what happened in this shift, and what is still missing before it can be closed.',
  registerLink: 'Register of duty (F2)',
  post: { title: 'Posts', nobody: 'nobody on post', since: 'since {{time}}', notSignedOn: 'not signed on', take: 'Sign on', leave: 'Sign off', shift: 'Shift {{number}} · from {{time}}' },
  type: { event: 'event', alarm: 'alarm', fault: 'fault', visitor: 'visitor', equipment: 'equipment', message: 'message', fire_panel: 'fire panel' },
  log: {
    title: 'Duty log', line: 'New line', hint: 'Enter saves', save: 'Save', type: 'Type', all: 'All', empty: 'Nothing in this shift yet.', late: '{{minutes}} min late', system: 'system', wants: 'wants words', add: 'Add', strike: 'Correct', corrects: 'corrects line {{number}}', correctsOther: 'adds to an earlier shift',
    struck: 'corrected', addTitle: 'Add to line {{number}}', strikeTitle: 'Correct line {{number}}', strikeText: 'The old line stays, struck through; yours is the correction.', addText: 'A new line; the old one stays as it is.', text: 'Text', when: 'Happened', now: 'now', minutesAgo: 'min ago', report: 'Report to the superior too', filter: 'Filter', happened: 'happened {{event}}, entered {{entered}}',
  },
  template: { patrol: 'One round of the pictures, all normal', normal: 'Equipment runs normally', visit: 'Visitor: ', handover: 'From the superior: ' },
  section: { title: 'Sections', confirm: 'Confirm', confirmed: 'confirmed by {{name}} {{time}}', blank: 'blank', measured: 'Measured', text: 'In words', normal: 'normal', ok: 'yes', notOk: 'no', change: 'Confirm again' },
  close: { title: 'Close the shift', missing: '{{count}} things are missing:', ready: 'It can be closed. Once signed nothing of it changes; additions only.', sign: 'Sign and close', remark: 'Remark for the next shift (may be empty)', done: 'Shift signed, digest {{digest}}', confirm: 'Once signed the lines of this shift stay as they are; corrections are new lines.', carried: 'For the next shift', carriedText: 'Each is written into the log when it is signed.' },
  bare: { title: 'Snapshots without a note', text: 'Note on the snapshot of {{camera}}, {{time}}', save: 'Write', alt: 'Snapshot of {{camera}}, {{time}}' },
  thread: { title: 'Faults and serious events', none: 'No open fault or event.', fault: 'fault', hazard: 'hazard', serious: 'serious event', report: 'Report a fault', openSerious: 'Serious event', what: 'Device or event', grade: 'Grade', A: 'A paralysed', B: 'B degraded', C: 'C minor', gradeSerious: 'serious', gradeMajor: 'major (tells the leader)', text: 'What it is', send: 'Open', noted: 'Note', handled: 'Handled', reported: 'Reported', closed: 'Close', opened: 'opened', overdue: 'report overdue', step: 'In words' },
  register: {
    title: 'Duty log of the monitoring room', form: 'Form F2 · version {{form}}', back: 'Back to duty', day: 'Day', show: 'Read', csv: 'Export CSV', print: 'Print', about: 'Reading and exporting are on record.', empty: 'No shift on this day.', shift: 'Shift', span: 'From – until', onPost: 'On post', sections: 'State of equipment and checks', entries: 'Lines', alarms: '{{count}} alarms', signed: 'Signed: {{name}} {{time}}', notSigned: 'not signed',
    reviewed: 'Reviewed: {{name}} {{time}}', notReviewed: 'Reviewed by:', digest: 'Digest', column: { number: 'No.', type: 'Type', event: 'Happened', entered: 'Entered', text: 'Text', camera: 'Camera', by: 'By' }, handSign: 'Signature:', madeAt: 'Made {{time}}', open: 'open', tasks: 'Checks of the shift', remark: 'Remark: {{text}}', reviewRemark: 'Remark of the review: {{text}}',
  },
  review: { read: 'Read the shift', remarkOf: 'Remark: {{text}}', text: 'The review goes into the ledger; who signed a shift does not review it.', title: 'Shifts to review', review: 'Review', remark: 'Remark (may be empty)', shift: 'Shift {{number}} · signed by {{name}} {{time}}' },
};
