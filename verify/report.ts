/** The verdict and what it rests on, in words (point 9): three verdicts, and a list of what was not checked. */
import { toHex } from '../formats/tlog/index.ts';
import type { AnchorSummary, CheckpointSummary } from './checkpoints.ts';
import type { Finding, Sentence } from './finding.ts';
import type { Restore } from './timeline.ts';

export type Verdict = 'intact_and_anchored' | 'intact_not_anchored' | 'altered_or_incomplete';

export interface Report {
  verdict: Verdict;
  sentence: Sentence;
  siteId: string;
  /** Number of facts read. */
  facts: number;
  /** Root over all of them, hex. */
  root: string;
  checkpoints: number;
  signedSize: number;
  lastSignedAt: number | null;
  anchorsUsed: number;
  anchoredSize: number;
  restores: readonly Restore[];
  /** The first ones; `faultCount` counts all. */
  findings: readonly Finding[];
  faultCount: number;
  notChecked: readonly Sentence[];
}

const verdicts: Readonly<Record<Verdict, Sentence>> = {
  intact_and_anchored: { zh: '完整，且有独立锚点', en: 'intact and anchored' },
  intact_not_anchored: { zh: '完整，但没有独立锚点', en: 'intact, not independently anchored' },
  altered_or_incomplete: { zh: '被改动或不完整', en: 'altered or incomplete' },
};

interface Conclusion {
  siteId: string;
  count: number;
  root: Uint8Array;
  faultCount: number;
  findings: readonly Finding[];
  restores: readonly Restore[];
  checkpoints: number;
  signed: CheckpointSummary;
  anchored: AnchorSummary;
  privates: { count: number; erased: number } | null;
}

const notChecked = (c: Conclusion): Sentence[] => {
  const list: Sentence[] = [
    { zh: '记录写入时是否属实，以及从未上报的事件', en: 'whether a fact was true when it was written, and events that were never reported' },
    { zh: '密钥是否属于该监控室：请将指纹与打印或备案的指纹核对', en: 'whether the key is the room’s: compare its fingerprint with the printed or filed one' },
  ];
  if (c.anchored.anchoredSize < c.count) {
    list.push({
      zh: `第 ${c.anchored.anchoredSize + 1} 至 ${c.count} 条没有外部锚点：持有密钥的人可以改写它们`,
      en: `facts ${c.anchored.anchoredSize + 1} to ${c.count} have no outside anchor: whoever holds the key could rewrite them`,
    });
  }
  if (c.signed.signedSize < c.count) list.push({ zh: `第 ${c.signed.signedSize + 1} 至 ${c.count} 条尚未签名`, en: `facts ${c.signed.signedSize + 1} to ${c.count} are not signed yet` });
  if (c.privates === null) list.push({ zh: '私密值（未随记录提供）', en: 'private values (not handed in with the facts)' });
  else if (c.privates.erased > 0) list.push({ zh: `${c.privates.erased} 个依法抹除的私密值的内容`, en: `the content of ${c.privates.erased} private values erased by law` });
  if (c.checkpoints === 0) list.push({ zh: '检查点（没有提供）', en: 'checkpoints (none were handed in)' });
  return list;
};

export const conclude = (c: Conclusion): Report => {
  const anchored = c.anchored.anchoredSize > 0;
  const verdict: Verdict = c.faultCount > 0 || c.count === 0 ? 'altered_or_incomplete' : anchored ? 'intact_and_anchored' : 'intact_not_anchored';
  const lost = c.restores.filter((restore) => restore.lostUntil > restore.keptSize);
  const zh = lost.map((restore) => `；经恢复，第 ${restore.keptSize + 1}–${restore.lostUntil} 条丢失`).join('');
  const en = lost.map((restore) => `; restored, facts ${restore.keptSize + 1}–${restore.lostUntil} lost`).join('');
  return {
    verdict, siteId: c.siteId, facts: c.count, root: toHex(c.root), checkpoints: c.checkpoints, signedSize: c.signed.signedSize, lastSignedAt: c.signed.lastSignedAt,
    anchorsUsed: c.anchored.used, anchoredSize: c.anchored.anchoredSize, restores: c.restores, findings: c.findings, faultCount: c.faultCount, notChecked: notChecked(c),
    sentence: { zh: verdicts[verdict].zh + zh, en: verdicts[verdict].en + en },
  };
};

/** The report as text for a terminal or a page, one language. */
export const tellReport = (report: Report, language: keyof Sentence): string => {
  const zh = language === 'zh';
  const lines = [
    `${zh ? '场所' : 'Site'} ${report.siteId}: ${report.sentence[language]}`,
    zh
      ? `  ${report.facts} 条记录；${report.checkpoints} 个检查点，签名至第 ${report.signedSize} 条；采用 ${report.anchorsUsed} 个锚点，至第 ${report.anchoredSize} 条`
      : `  ${report.facts} facts; ${report.checkpoints} checkpoints, signed up to fact ${report.signedSize}; ${report.anchorsUsed} anchors used, up to fact ${report.anchoredSize}`,
    `  ${zh ? '根哈希' : 'root'} ${report.root}`,
  ];
  for (const one of report.findings) lines.push(`  ${one.severity === 'fault' ? (zh ? '✗ 异常' : '✗ fault') : zh ? '· 提示' : '· note'}: ${one[language]}`);
  if (report.faultCount > report.findings.filter((one) => one.severity === 'fault').length) lines.push(zh ? `  … 共 ${report.faultCount} 处异常` : `  … ${report.faultCount} faults in all`);
  lines.push(zh ? '  未核对：' : '  not checked:', ...report.notChecked.map((one) => `    - ${one[language]}`));
  return `${lines.join('\n')}\n`;
};
