/** Words of copies. */
export const copiesEn = {
  title: 'Copies', about: '{{most}} approved. Each is numbered, hashed and handed over by name.', none: 'No copy was made yet.',
  state: { making: 'Being made', failed: 'Not made', ready: 'To be handed over', handed_over: 'Handed over', ended: 'Given back or destroyed' },
  make: 'Make a copy', makeText: 'Exports the original footage of the approved cameras and time, with request, approvals, gaps and the proofs of the ledger, as one numbered file.', encrypt: 'Encrypt (AES-256; the passphrase is shown once)', encryptNote: 'Windows Explorer cannot open encrypted files: use 7-Zip or WinRAR. File names are not encrypted.', witness: 'Witness (optional)', begin: 'Begin',
  passTitle: 'Write the passphrase down', passText: 'It is shown this once and kept nowhere. Tell the receiver by another channel, then record that you did.', passKept: 'Written down', copyNumber: 'Copy {{number}}', progress: '{{percent}}% written',
  numberOf: 'copy {{copy}}', operator: 'made by {{name}} {{time}}', withWitness: 'with {{name}}', size: '{{mb}} MB', encrypted: 'encrypted', overdue: 'Not given back, due {{time}}',
  sha: 'SHA-256 of the file', fingerprint: 'Fingerprint of the signing key', take: 'Take the file', note: 'Handover note', handOver: 'Hand over', send: 'Passphrase was sent', end: 'Given back or destroyed', addNote: 'Add a note', custody: 'Chain of custody', custodyNone: 'Nothing yet.',
  act: { made: 'Made', failed: 'Not made', taken: 'File taken', passphrase_sent: 'Passphrase sent', handed_over: 'Handed over', returned: 'Given back', wiped: 'Wiped', destroyed: 'Destroyed', noted: 'Note' },
  form: {
    receiver: 'Receiver', receiverUnit: 'Unit of the receiver', receiverPaper: 'Identity paper (kind and number)', medium: 'Number of the medium', at: 'Time', note: 'Remark', signature: 'Signature of the receiver', signHere: 'The receiver signs in the box, or on the printed handover note.', clear: 'Sign again', to: 'Told to', channel: 'By which channel', how: 'How it ended', second: 'Second person', secondNote: 'Wiping and destroying take two persons.', save: 'Save',
    how_returned: 'Given back', how_wiped: 'Wiped', how_destroyed: 'Destroyed',
  },
  sheet: {
    title: 'Handover note', number: 'Copy', request: 'Request', cameras: 'Cameras', span: 'Footage', applicant: 'Applicant', reason: 'Reason', purpose: 'Purpose', approvers: 'Approved by', operator: 'Made by', witness: 'Witness', receiver: 'Receiver', medium: 'Medium', returnBy: 'Back by', file: 'File', fileSha: 'SHA-256 of the file', packageSha: 'SHA-256 of the package inside', key: 'Fingerprint of the signing key', verifier: 'SHA-256 of the verifier page',
    how: 'To verify: open verify.html of the package (no network needed), drop the file on it, and compare the fingerprint it shows with this sheet. Or check each file with sha256sum -c manifest-sha256.txt. The page inside could be forged with the rest: in doubt ask this unit for the verifier by another way and compare its hash.', signGive: 'Handed over by', signTake: 'Received by', date: 'Date', print: 'Print', madeAt: 'Printed {{time}}',
  },
  register: { title: 'Register of copies', link: 'Register of copies', about: 'Every copy that was made, failed ones too; reading it is on record.', empty: 'No copies in this time.', search: 'Number, receiver, medium, hash', anyState: 'All states', total: '{{count}} copies', number: 'Number', request: 'Request', state: 'State', made: 'Made', hash: 'SHA-256 of the file', receiver: 'Receiver / purpose', medium: 'Medium / signature', end: 'Back / destroyed', signed: 'signed' },
};
