/** Words of second factors, sessions and what must be done first. */
export const accessEn = {
  proof: {
    title: 'Prove again who you are', why: 'This is a sensitive act; it must be you who does it. You are not asked again for 5 minutes.', passkey: 'Prove with a passkey', act: 'Prove', code: 'One-time code', codeHint: 'The 6 digits on your phone; a recovery code if the phone is not at hand.', needCode: 'Type the code.',
  },
  restricted: {
    second_console: { title: 'A second console', text: 'Your account is in use on post and was opened here too; the leader has been told. The first console goes on. Prove who you are to work here.' },
    change_password: { title: 'Change your password first', text: 'The password is a first one, was set by somebody else, is past its age, or was reported as known to others. Change it to go on.' },
    enrol_second_factor: { title: 'Add a second factor', text: 'This room asks for more than a password. Add a passkey or one-time codes to go on.' },
  },
  passkeys: {
    title: 'Passkeys', about: 'Sign in and sign decisions with a fingerprint, face or PIN. The key stays in your device.', add: 'Add a passkey', name: 'Name', nameHint: 'For example: desk fingerprint, my phone.', remove: 'Remove', removeTitle: 'Remove "{{name}}"', removeText: 'It can no longer be used to sign in or to sign decisions.',
    added: 'added {{day}}', used: 'used {{day}}', backedUp: 'backed up by its maker', givenUp: 'Nothing was added: it was cancelled on the device, or took too long.',
    localhost: 'A passkey added at this address works on this computer only. To use one at the real address, ask the system administrator.',
    needsName: 'Passkeys are not available at this address. Use one-time codes below; if you need a passkey, ask the system administrator.', needsTls: 'This address is not encrypted, so passkeys cannot be used. Open the https address, or use one-time codes below; if you do not know the address, ask the system administrator.', noBrowser: 'This browser cannot use passkeys. Use one-time codes below.',
  },
  codes: {
    title: 'One-time codes', about: 'An authenticator on the phone shows 6 digits, new every 30 seconds, to type beside the password.', start: 'Use one-time codes', renew: 'Change the phone', stop: 'Stop using', stopTitle: 'Stop using one-time codes', stopText: 'Sign-in no longer asks for a code, and decisions can no longer be signed with password and code.',
    since: 'In use since {{day}}. {{left}} recovery codes left.', step1: 'Step 1: scan', step1Text: 'Scan this with the authenticator on your phone.', qr: 'QR code for the authenticator', byHand: 'Or type it in by hand:', step2: 'Step 2: confirm', shown: 'Code that the phone shows', confirm: 'Confirm',
    recoveryTitle: 'Recovery codes, shown this once', recoveryText: 'If the phone is lost, each of them stands in for a code once. Print or copy them and keep them safe.', print: 'Print', kept: 'I have kept them',
  },
  sessions: {
    title: 'Where you are signed in', about: 'End what you do not know at once, and change your password.', own: 'This window', other: 'Elsewhere', end: 'End', limited: 'not proved, may do nothing',
    proof: { password: 'password', passkey: 'passkey', password_totp: 'password and code', password_recovery: 'password and recovery code' },
  },
  disclosure: { title: 'Report a disclosed password', ownText: 'Report it when somebody else may know your password. It must then be changed first; who is on post is not cut off before relief.', act: 'Report', otherText: '{{name}} must then change the password before anything else; on post there is no cut-off before relief, and the leader is told.' },
};
