import type { registerZh } from './locale-register.zh-CN.ts';
import type { Words } from '../../ui/words.ts';

export const registerEn: Words<typeof registerZh> = {
  nav: { label: 'Pages of cameras', list: 'State', register: 'Register', plan: 'Plans', recorders: 'Recorders', search: 'Search', import: 'Import' },
  title: 'Register of cameras',
  about: 'Purpose, place, position, filing and retention of each. Positions and views are for those who need to know; each look is recorded.',
  caption: 'Register of cameras',
  empty: 'No cameras yet.',
  purpose: 'Purpose', zone: 'Kind of place', owner: 'Owner', kept: 'Kept', keptOf: '{{days}} of {{required}} days', findings: 'To be done', fine: 'complete', open: 'Open', onlyOpen: 'Only with something to be done',
  counts: '{{total}} cameras, {{wrong}} with something to be done',
  areas: 'Areas to be watched', areasAbout: 'Areas of the site’s profile and the cameras that watch them now.', covered: 'covered', gap: 'written gap: {{gap}}', noAreas: 'The profile of the site lists no areas yet.',
  entry: {
    title: 'Register of cameras', findings: 'To be done', none: 'Nothing to be done.', fields: 'Entry', position: 'Position', positionHidden: 'Shown only to those who need to know.', view: 'Field of view', viewHint: 'What it looks at, and what not.', owner: 'Owner', filing: 'Filing number', filingHint: 'A change of purpose, place, position or view is filed again; the number is cleared then.',
    approval: 'Approval reference', legalBasis: 'Legal basis', notice: 'Notice record', save: 'Save', saved: 'Saved.', purposeLocked: 'The purpose stands; it is changed by approval.', askPurpose: 'Ask for another purpose', needPurpose: 'Please choose a purpose.', needZone: 'Please choose the kind of place.', forbidden: 'Forbidden zones ({{cite}}): {{zones}}.',
    askTitle: 'Ask for another purpose', askAct: 'Submit', askReason: 'Reason of the change', asked: 'Asked for; it holds once approved.', newPurpose: 'New purpose',
    activate: 'Activate and record', inactive: 'Not activated: nothing is recorded.', pictures: 'View and sign', viewPicture: 'Picture of the approved view', signPicture: 'Photo of the notice sign', noPicture: 'No picture yet.', choose: 'Choose a picture', keptAt: 'kept {{time}}', viewNote: 'With the picture the present direction of a turning camera is approved.',
    retention: 'Footage kept', retentionNow: 'kept {{days}} days now', retentionFollow: 'Keep {{days}} days', device: 'Device', model: '{{manufacturer}} {{model}}, firmware {{firmware}}', clock: 'clock off by {{seconds}} s', checked: 'checked {{time}}', turns: 'turns', fixed: 'fixed', subStream: 'Sub stream', channel: '{{device}}, channel {{channel}}', back: 'Back to the register',
  },
  import: {
    title: 'Bring cameras in', about: 'Read from Excel or CSV and checked line by line; good lines come in, wrong ones stay to be corrected.', template: 'Download the template', choose: 'Choose a file', preview: '{{good}} lines are fine, {{wrong}} are not', act: 'Bring {{count}} lines in', line: 'Line', faults: 'What is wrong', fineRow: 'fine', added: '{{count}} came in: {{names}}', allDone: 'All came in.', caption: 'Cameras of the file', address: 'Video address',
  },
  search: {
    title: 'Search for cameras', about: 'Looks for cameras with ONVIF in the network of this machine; an address can be typed, too.', act: 'Search', running: 'Searching, about 4 seconds…', none: 'Nothing was found. The cameras may be in another network, or ONVIF is off; type an address below.', found: '{{count}} found', caption: 'Devices found', name: 'Device', host: 'Address', profiles: 'Profiles', known: 'registered as {{camera}}', use: 'Use', manual: 'Connect and add', serviceUrl: 'ONVIF address', serviceHint: 'The IP is enough, e.g. 192.168.1.64.', username: 'User name', password: 'Password',
    test: 'Test the connection', testing: 'Connecting, about 15 seconds at most…', clock: 'clock of the device off by {{seconds}} s', streams: 'Streams', main: 'main stream', sub: 'sub stream', ptz: 'turns', events: 'tells events', add: 'Add and start recording', name_: 'Name', testFirst: 'Test the connection first.', needAddress: 'Please fill in the address.',
  },
  recorders: {
    title: 'Recorders', about: 'Channels of a recorder that is there already become cameras here: one login, each channel tested, added at once.', empty: 'No recorder is connected yet.', add: 'Connect one', brand: 'Maker', hikvision: 'Hikvision', dahua: 'Dahua', uniview: 'Uniview', host: 'Host name or IP', port: 'RTSP port', name: 'Name', nameHint: 'For example: recorder of building 1.', channels: 'Channels', channelsRange: 'A whole number from 1 to 64, please.', test: 'Test each', testing: 'Testing channels {{from}} to {{until}}…', channel: 'Channel', result: 'Result', cameraName: 'Name of the camera', take: 'Take', added: '{{count}} cameras added.', act: 'Add the {{count}} chosen', caption: 'Channels', needHost: 'Please fill in host name or IP.', needName: 'Please fill in a name.',
    state: { unknown: 'not looked at yet', reachable: 'reachable', unreachable: 'cannot be reached' }, age: 'looked at {{span}} ago', credential: 'Change the password', credentialTitle: 'Change the password of {{name}}', credentialText: 'The device and all its channels take the new login at once.', save: 'Save', close: 'Cancel', listCaption: 'Recorders that are connected',
  },
  plan: {
    title: 'Plans', about: 'Drag cameras to their places; arrow keys move the selected one, [ ] turn it, - = change its angle.', empty: 'No plan yet.', add: 'Put in a plan', name: 'Name', nameHint: 'For example: Ground floor.', choose: 'Choose a picture and put it in', remove: 'Take away', removeTitle: 'Take the plan "{{name}}" away', removeText: 'Picture and places are no longer shown. This goes into the ledger.', put: 'Put on the plan', off: 'Take off the plan', save: 'Save the places', saved: 'Saved.', unsaved: 'Changes are not saved.', cameras: 'Cameras', notPlaced: 'not placed', direction: 'Direction', angle: 'Angle', x: 'Across %', y: 'Down %', live: 'Watch live', state: 'State', selected: 'Selected camera', pick: 'Choose a camera on the plan to see its state.', canvas: 'Plan {{name}}', mark: '{{camera}}, {{state}}, looking {{direction}} degrees', zoomFit: 'Whole plan',
  },
};
