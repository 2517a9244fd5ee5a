/** Which sort of act a kind of fact is. Pure; a kind that nobody listed is a change, so that nothing falls out of sight. */
import type { ActGroup } from '../../../../contract/audit.ts';
import type { Sentence } from '../../base/refusal.ts';

const listed: readonly (readonly [ActGroup, RegExp])[] = [
  ['watching', /^video\.(watch_|playback_|footage_watched|snapshot_)/],
  ['refused', /(^identity\.(denied|sign_in_failed)$)|_(refused|denied|blocked)$/],
  ['sign_in', /^identity\.(signed_|session_|step_up|second_)/],
  ['handed_out', /[._](exported|printed|handed_out|anchor_made)$/],
  ['readings', /^(audit\.(acts_read|watermark_traced|viewers_listed)|room\.ledger_read)$/],
  ['system', /^(room\.|ledger\.(opened|clock_stepped)|video\.(segments_|segment_|gap_|recorder_|storage_|deletion_|footage_checked|addresses_))/],
];

export const groupOf = (kind: string): ActGroup => listed.find(([, pattern]) => pattern.test(kind))?.[0] ?? 'changes';

export const groupWords: Readonly<Record<ActGroup, Sentence>> = {
  watching: { zh: '观看画面', en: 'pictures were watched' },
  changes: { zh: '办理事项', en: 'something was done' },
  sign_in: { zh: '登录或退出', en: 'somebody came or went' },
  refused: { zh: '被拒绝的操作', en: 'an act was refused' },
  handed_out: { zh: '导出或打印', en: 'something was handed out' },
  readings: { zh: '查阅记录', en: 'records were read' },
  system: { zh: '系统事件', en: 'an event of the system' },
};
