/** Words of footage requests. */
import { copiesEn } from './words-copies.en.ts';

export const en = {
  title: 'Footage requests', about: 'Ask to see footage or for a copy; once approved the operator carries it out and writes the result.', waiting: '{{count}} viewings to carry out', back: 'Back to the list', need: 'Fill this in', late: 'late', request: 'Footage request', system: 'system',
  type: { view: 'Viewing', copy: 'Copy' },
  state: {
    approving: 'waiting for approval', ready: 'approved, to be done', viewing: 'being viewed', copied: 'copied', delivered: 'handed over', recorded: 'result written', returned: 'returned', overdue: 'overdue', closed: 'closed', rejected: 'refused', withdrawn: 'withdrawn', expired: 'expired undecided', lapsed: 'lapsed unused', revoked: 'approval revoked', frozen: 'frozen',
  },
  outcome: { found: 'found', partly: 'partly found', not_found: 'not found' },
  decision: { approve: 'agreed', reject: 'refused' },
  reason: { work: 'work', own_loss: 'own loss or damage', dispute: 'dispute', accident: 'accident', staff_matter: 'matter of staff', crime: 'crime', other: 'other' },
  group: { colleague: 'colleague', tour: 'visitor on a tour', outsider: 'somebody from outside', authority: 'authority' },
  modeTitle: 'How it is seen',
  mode: { monitor_views: 'The operator looks and writes the result to you and the leader of your department.', requester_in_room: 'Once approved, come to the room; the operator stays with you.', remote: 'Once approved the operator opens it and you play it at your own computer, these cameras and this span only.' },
  list: { mine: 'Mine', room: 'To do', all: 'All', choose: 'List', search: 'Number, name, department, camera, reason', state: 'State', anyState: 'Any state', empty_mine: 'You have not asked for footage yet.', empty_room: 'Nothing to carry out now.', empty_all: 'No request yet.' },
  column: { number: 'Number', type: 'Type', applicant: 'Applicant', cameras: 'Cameras', span: 'Footage', state: 'State', waits: 'Waits for', submitted: 'Asked' },
  exists: { title: 'Footage there is', whole: 'recorded in full', partly: '{{there}} there, {{missing}} missing', none: 'never recorded in this time', past: 'past its {{days}} days, the footage was deleted', coming: 'this time has not come yet', nothing: 'There is no footage at all in this time and it cannot be submitted: check cameras and time.' },
  ask: {
    title: 'Ask for footage', about: 'To see and to have a copy are approved apart: one never stands for the other.', send: 'Submit', type: 'What you need', decided: '{{who}} decides; an approval holds {{hours}} h.', copyNote: 'The operator exports a copy, numbered and verified, and registers who receives it.', what: 'Which footage', why: 'Why', who: 'Who asks', cameras: 'Cameras', from: 'From', until: 'Until', zone: '{{zone}} time, at most {{hours}} h', place: 'Place', reasonClass: 'Kind of reason', reason: 'Reason',
    purpose: 'Purpose of the copy', receiver: 'Receiver', copies: 'Copies', returnBy: 'Back or destroyed by', paperNumber: 'Legal paper (needed by an authority)', department: 'Department', unit: 'Unit', position: 'Position', phone: 'Telephone', leader: 'Leader of the department', leaderHint: 'This leader is told the result, too.', viewerGroup: 'For whom', viewer: 'Who looks', viewerPaper: 'Identity paper (kind and number)',
  },
  waitsFor: 'waits for {{who}}', validUntil: 'approval holds until {{time}}', lateNote: 'The result was not written within the shift.', asked: 'What was asked', approval: 'The approval', follows: 'Goes on from {{number}}', approvers: 'Agreed', operator: 'Carried out by', life: 'What happened', begin: 'Begin the viewing', beginRemote: 'Open remote playback', end: 'End the viewing', witness: 'Who stands by (may be empty)', play: 'Play {{camera}}', askCopy: 'Ask for a copy of this',
  told: 'Delivered to {{name}} ({{time}}), not acknowledged yet', toldAnswered: '{{name}} acknowledged {{time}}',
  result: { title: 'Result', write: 'Write the result', by: 'until {{time}}', outcome: 'Result', from: 'Actual start', until: 'Actual end', remark: 'What was seen', save: 'Save the result', add: 'Add to the result' },
  close: { act: 'Review and close', text: 'Once closed this request does not change any more. Write your remark.' },
  withdraw: { act: 'Withdraw', text: 'Nobody decides about it any more; you may ask anew.' },
  register: { title: 'Register of footage requests', link: 'Register (F5)', about: 'Reading and exporting are on record.', from: 'From', until: 'To', anyType: 'Viewings and copies', show: 'Read', csv: 'Export CSV', print: 'Print', empty: 'No request in this time.', form: 'Form {{form}}', total: '{{count}} rows', page: 'page {{page}} of {{pages}}', pages: 'Pages', before: 'Previous', after: 'Next', handSign: 'Reviewed by:', madeAt: 'Made {{time}}' },
  f5: { number: 'Number / asked', applicant: 'Applicant / unit', type: 'Type', footage: 'Place / cameras / span', reason: 'Reason', approval: 'Decision', viewing: 'Viewed / operator / witness', result: 'Result', keeper: 'Keeper', remark: 'Remarks', playbacks: 'played {{count}} times', copies: '{{count}} copies' },
  copies: copiesEn,
};
