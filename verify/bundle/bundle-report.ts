/** The verdict on a package and what it rests on, in words: three verdicts, and a list of what was not checked. */
import { localTime, type ClipStatement } from '../../formats/evidence-bundle/index.ts';
import type { Sentence } from '../finding.ts';
import type { Verdict } from '../report.ts';
import type { BundleFinding } from './finding.ts';
import type { Signed } from './statement-check.ts';

export interface BundleReport {
  verdict: Verdict;
  sentence: Sentence;
  /** Null when no signed statement could be read. */
  number: string | null;
  copy: number | null;
  origin: string | null;
  /** Of the key inside the package, in groups of four: to be compared with one that came by another way. */
  fingerprint: string | null;
  exportedAt: number | null;
  utcOffsetMinutes: number;
  verifierSha256: string | null;
  clips: readonly ClipStatement[];
  fileCount: number;
  sizeBytes: number;
  segments: number;
  /** Segments whose hash from the time of recording was found again from the footage. */
  segmentsRecomputed: number;
  checkpointSize: number;
  checkpointSignedAt: number | null;
  anchorsUsed: number;
  anchoredSize: number;
  /** The first ones; `faultCount` counts all. */
  findings: readonly BundleFinding[];
  faultCount: number;
  unchecked: readonly Sentence[];
}

export const bundleVerdicts: Readonly<Record<Verdict, Sentence>> = {
  intact_and_anchored: { zh: '完整，且有独立锚点', en: 'intact and anchored' },
  intact_not_anchored: { zh: '完整，但没有独立锚点', en: 'intact, not independently anchored' },
  altered_or_incomplete: { zh: '被改动或不完整', en: 'altered or incomplete' },
};

interface Conclusion {
  signed: Signed | null;
  findings: readonly BundleFinding[];
  fileCount: number;
  sizeBytes: number;
  fromFolder: boolean;
  keyTrusted: boolean;
  timestamps: number;
  recomputed: number;
  anchoredSize: number;
  anchorsUsed: number;
  head: { size: number; signedAt: number } | null;
}

const mostFindings = 200;

const unchecked = (c: Conclusion, clips: readonly ClipStatement[]): Sentence[] => {
  const list: Sentence[] = [
    { zh: '画面所示是否属实；摄像机自身的时钟与设置', en: 'whether the pictures show what they seem to show; clock and settings of the camera itself' },
    { zh: '申请、审批、交接等文字内容是否属实（只核对了它们未被改动）', en: 'whether requests, approvals and custody records are true (only that they were not altered)' },
  ];
  if (!c.keyTrusted) list.push({ zh: '密钥是否属于该监控室：请将指纹与打印或备案的指纹逐组核对', en: 'whether the key is the room’s: compare its fingerprint, group by group, with the printed or filed one' });
  const cut = clips.reduce((sum, clip) => sum + clip.segments.filter(({ whole }) => !whole).length, 0);
  if (cut > 0) {
    list.push({
      zh: `${cut} 个录像分段只截取了一部分，无法从片段重新算出其录制时的哈希；截取的部分由导出时的签名担保`,
      en: `${cut} segments are in the clips in part only: their hash from the time of recording cannot be found from a part; the signature of the export vouches for it`,
    });
  }
  if (c.anchoredSize === 0) list.push({ zh: '没有可用的独立锚点：同时持有密钥和数据库的人可以重新制作账本', en: 'no outside anchor was used: whoever holds key and database could make the ledger anew' });
  if (c.timestamps > 0) list.push({ zh: `${c.timestamps} 个时间戳（RFC 3161）：请用 openssl ts 核验`, en: `${c.timestamps} RFC 3161 timestamps: verify them with openssl ts` });
  else if (c.signed !== null) list.push({ zh: '包内没有可信时间戳（RFC 3161）：导出时间只由监控室自己说明', en: 'the package has no RFC 3161 timestamp: the room alone says when it was made' });
  if (c.fromFolder) list.push({ zh: 'ZIP 文件本身（核验的是解压后的文件夹）', en: 'the ZIP itself (a folder was verified)' });
  list.push({ zh: '导出之后的交接与保管', en: 'custody after the export' }, { zh: '本核验程序是否真实：请从独立来源取得，或核对其 SHA-256', en: 'whether this verifier is genuine: get it independently, or compare its SHA-256' });
  return list;
};

export const concludeBundle = (c: Conclusion): BundleReport => {
  const faultCount = c.findings.filter(({ severity }) => severity === 'fault').length;
  const verdict: Verdict = faultCount > 0 || c.signed === null ? 'altered_or_incomplete' : c.anchoredSize > 0 ? 'intact_and_anchored' : 'intact_not_anchored';
  const predicate = c.signed?.statement.predicate ?? null;
  const segments = predicate?.clips.reduce((sum, clip) => sum + clip.segments.length, 0) ?? 0;
  return {
    verdict, sentence: bundleVerdicts[verdict], number: predicate?.number ?? null, copy: predicate?.copy ?? null, origin: predicate?.origin ?? null, fingerprint: c.signed?.fingerprint ?? null,
    exportedAt: predicate?.exportedAt ?? null, utcOffsetMinutes: predicate?.utcOffsetMinutes ?? 0, verifierSha256: predicate?.verifierSha256 ?? null, clips: predicate?.clips ?? [],
    fileCount: c.fileCount, sizeBytes: c.sizeBytes, segments, segmentsRecomputed: c.recomputed, checkpointSize: c.head?.size ?? 0, checkpointSignedAt: c.head?.signedAt ?? null,
    anchorsUsed: c.anchorsUsed, anchoredSize: c.anchoredSize, findings: c.findings.slice(0, mostFindings), faultCount, unchecked: unchecked(c, predicate?.clips ?? []),
  };
};

/** One clip in a line or two: what is in it, what is missing. */
export const tellClip = (clip: ClipStatement, utcOffsetMinutes: number, language: keyof Sentence): string => {
  const time = (at: number): string => localTime(at, utcOffsetMinutes);
  const zh = language === 'zh';
  if (clip.contained === null) return zh ? `${clip.label}：所申请的时段没有录像` : `${clip.label}: nothing was recorded in the span asked for`;
  const lead = `${(clip.leadInMs / 1_000).toFixed(1)} s`;
  const gaps = clip.gaps.length === 0 ? (zh ? '无缺口' : 'no hole') : clip.gaps.map(({ from, until, reason }) => `${time(from)} – ${time(until)} ${reason}`).join('; ');
  return zh
    ? `${clip.label}：${time(clip.contained.from)} 至 ${time(clip.contained.until)}，含前导 ${lead}；缺口：${gaps}`
    : `${clip.label}: ${time(clip.contained.from)} to ${time(clip.contained.until)}, lead-in ${lead}; holes: ${gaps}`;
};

/** The report as text for a terminal, one language. */
export const tellBundle = (report: BundleReport, language: keyof Sentence): string => {
  const zh = language === 'zh';
  const copy = report.copy === null ? '' : zh ? `（第 ${report.copy} 份）` : ` (copy ${report.copy})`;
  const lines = [`${report.number ?? (zh ? '证据包' : 'package')}${copy}: ${report.sentence[language]}`];
  if (report.fingerprint !== null) {
    lines.push(`  ${zh ? '密钥指纹' : 'key fingerprint'} ${report.fingerprint}`, `  ${zh ? '账本' : 'ledger'} ${report.origin ?? ''}, ${report.checkpointSize}; ${zh ? '锚点' : 'anchors'} ${report.anchorsUsed}, → ${report.anchoredSize}`);
    lines.push(zh ? `  ${report.fileCount} 个文件，${report.sizeBytes} 字节；${report.segments} 个录像分段，其中 ${report.segmentsRecomputed} 个重新算出了录制时的哈希` : `  ${report.fileCount} files, ${report.sizeBytes} bytes; ${report.segments} segments, the hash from recording found again for ${report.segmentsRecomputed}`);
    for (const clip of report.clips) lines.push(`  ${tellClip(clip, report.utcOffsetMinutes, language)}`);
  }
  for (const one of report.findings) lines.push(`  ${one.severity === 'fault' ? (zh ? '✗ 异常' : '✗ fault') : zh ? '· 提示' : '· note'}: ${one[language]}`);
  if (report.faultCount > report.findings.filter((one) => one.severity === 'fault').length) lines.push(zh ? `  … 共 ${report.faultCount} 处异常` : `  … ${report.faultCount} faults in all`);
  lines.push(zh ? '  未核对：' : '  not checked:', ...report.unchecked.map((one) => `    - ${one[language]}`));
  return `${lines.join('\n')}\n`;
};
