/** Words of watch rounds, English. */
import type { zh } from './locale.zh-CN.ts';

export const en: Record<keyof typeof zh, string> = {
  title: 'Watch rounds', about: 'Watch the live picture on the wall first, then mark it here; each position for {{seconds}} seconds at least.', positions: 'Important positions', empty: 'There is no important position yet; a shift leader or manager adds them.', position: 'Position', who: 'Watched by', everybody: 'whoever is on duty', due: 'due', viewed: 'viewed', rushed: 'too brief', state: 'This turn', last: 'Last', until: 'Turn ends', mark: 'Mark',
  observed: 'In order', abnormal: 'Abnormal', seen: 'What was seen', save: 'Write into the log', cancel: 'Cancel', never: 'not looked at yet', coverage: 'Done in each hour', hour: 'From {{time}}: {{due}} due, {{percent}} % done', hourNone: 'From {{time}}: nothing was due', target: 'Target {{percent}} %', allReached: 'All {{hours}} hours reached {{percent}} %.', underTarget: '{{count}} of {{hours}} hours stayed under {{percent}} %.', must: 'Fill this in', noHours: 'No turn ended in the last 24 hours.', missed: 'Missed and too brief', noMissed: 'Nothing was missed in the last 24 hours.', outcome: 'Result', outcomeMissed: 'missed', duty: 'On duty', add: 'Add a position', camera: 'Camera', name: 'Name', remove: 'Remove', choose: 'Choose',
};
