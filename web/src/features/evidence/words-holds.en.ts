/** Words of holds on footage. */
export const en = {
  title: 'Footage holds', back: 'Back to the requests', about: 'Held footage is not deleted when its time is over. Asking holds it for now, {{hours}} h without a decision end that; once confirmed it stays until released.',
  share: 'Confirmed holds take {{percent}}% of the storage ({{size}}); the limit is {{limit}}%', shareUnknown: 'Confirmed holds take {{size}}; the recorder is away, so the share of the storage is not known. The limit is {{limit}}%',
  over: 'Over the limit: the next confirmation must say where room was made.', list: 'Held now', ended: 'Ended of late', empty: 'No footage is held.', emptyEnded: 'No hold has ended yet.', need: 'Fill this in',
  state: { provisional: 'for now', confirmed: 'confirmed', ended: 'ended' }, how: { rejected: 'request rejected', withdrawn: 'request withdrawn', undecided: 'nobody decided in time', released: 'released' },
  column: { number: 'Request', requester: 'Asked by', footage: 'Cameras and span', reason: 'Reason', size: 'Size', state: 'State', until: 'Until', owner: 'Answers for it', acts: 'Acts', ended: 'Ended', how: 'Why', by: 'By' },
  minutes: '{{count}} segments · {{size}}', decideBy: 'decide by {{time}}', reviewAt: 'review {{time}}', reviewDue: 'review due', system: 'system', space: 'Room made: {{space}}',
  confirm: { act: 'Confirm', title: 'Confirm hold {{number}}', owner: 'Answers for it', reviewAt: 'Date of review', reviewHint: 'Within {{days}} days', reason: 'Reason', space: 'Room made (needed over the limit)', spaceHint: 'e.g. 8 TB disk fitted, copied to the second storage', send: 'Confirm the hold' },
  extend: { act: 'Extend', title: 'Extend hold {{number}}', decideBy: 'Time to decide', reviewAt: 'Next review', reason: 'Reason', send: 'Extend' },
  release: { act: 'Release', title: 'Release hold {{number}}', text: 'Footage past its retention is then deleted at the next sweep and cannot be brought back.', send: 'Release the hold' },
  quota: { title: 'Larger quota of undecided holds', about: 'A requester holds at most {{hours}} camera-hours undecided.', person: 'Requester', hours: 'Limit (camera-hours)', until: 'Valid until', reason: 'Reason', send: 'Give the quota', done: 'The quota was given.' },
};
