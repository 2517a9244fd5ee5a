/** 说明书: the sheet that goes with the footage, in both languages, for a reader who has nothing but paper and eyes. */
import { localTime } from './local-time.ts';
import type { ReportDetails } from './model.ts';
import { escapeHtml, factsTable, sheet } from './report-style.ts';
import type { ClipStatement, FileDigest, Predicate } from './statement.ts';

export interface ReportFacts {
  predicate: Predicate;
  details: ReportDetails;
  fingerprint: string;
  /** Of the clips. */
  files: readonly (FileDigest & { sizeBytes: number })[];
  checkpoint: { origin: string; size: number; rootHex: string };
}

const lines = (values: readonly string[]): string => values.map(escapeHtml).join('<br>');
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

const clipSection = (clip: ClipStatement, { predicate, files }: ReportFacts): string => {
  const time = (at: number): string => localTime(at, predicate.utcOffsetMinutes);
  const file = files.find(({ path }) => path === clip.file);
  const contained = clip.contained === null ? '<span class="none">该时段没有录像 nothing was recorded in this span</span>' : `${time(clip.contained.from)}<br>${time(clip.contained.until)}`;
  const around =
    clip.contained === null
      ? ''
      : `前 before ${seconds(clip.leadInMs)} s，后 after ${seconds(clip.tailMs)} s<br><span class="en">片段须从关键帧开始、按录像分片整段截取 · a film begins with a key frame, and fragments are taken whole</span>`;
  const gaps =
    clip.gaps.length === 0
      ? '无 none'
      : clip.gaps.map((gap) => `${time(gap.from)} – ${time(gap.until)}（${seconds(gap.until - gap.from)} s）${escapeHtml(gap.reason)}`).join('<br>');
  return `<h2>${escapeHtml(clip.label)} <span>${clip.file === null ? '' : escapeHtml(clip.file)}</span></h2>${factsTable([
    ['申请时段', 'asked for', `${time(clip.asked.from)}<br>${time(clip.asked.until)}`],
    ['所含录像', 'contained', contained],
    ['多出的部分', 'besides', around],
    ['时段内缺失', 'missing within', gaps],
    ['录像分段', 'recorded segments', `${clip.segments.length}（其中 ${clip.segments.filter(({ whole }) => whole).length} 段完整 whole）`],
    ['大小', 'size', file === undefined ? '' : `${file.sizeBytes.toLocaleString('en-US')} B`],
    ['SHA-256', 'of the file', file === undefined ? '' : `<code>${file.sha256}</code>`],
  ])}`;
};

const deviceRows = (details: ReportDetails): string =>
  details.devices.length === 0
    ? '<p class="none">—</p>'
    : `<table><thead><tr><th scope="col">摄像机 <span>camera</span></th><th scope="col">型号 <span>model</span></th><th scope="col">时钟偏差 <span>clock against the room's</span></th></tr></thead><tbody>${details.devices
        .map(({ label, model, clockOffsetMs }) => `<tr><td>${escapeHtml(label)}</td><td>${escapeHtml(model) || '—'}</td><td>${clockOffsetMs === null ? '未测得 not measured' : `${clockOffsetMs > 0 ? '+' : ''}${(clockOffsetMs / 1_000).toFixed(2)} s`}</td></tr>`)
        .join('')}</tbody></table>`;

const method = `<p>录像由值守按摄像机送来的码流原样写盘，每段在关闭时计算 SHA-256 并记入账本；本包中的片段由这些分段按字节截取拼接，只改写了分片的序号与时间轴，画面数据未重新编码。<br>
<span class="en">Vigil wrote the stream of each camera to disk as it came, and hashed each segment when it was closed; the hash stands in the ledger. The clips here are bytes of those segments, one after another. Number and time of each fragment were changed, pictures were not.</span></p>`;

export const reportHtml = (facts: ReportFacts): string => {
  const { predicate: p, details, fingerprint, checkpoint } = facts;
  const body = `<div class="head"><h1>录像证据说明书<small>Statement on recorded footage</small></h1><div class="number">${escapeHtml(p.number)}<br>第 ${p.copy} 份 · copy ${p.copy}</div></div>
<h2>来源与经办 <span>origin and people</span></h2>${factsTable([
    ['出具单位', 'issued by', escapeHtml(p.unit.name)],
    ['导出时间', 'exported at', localTime(p.exportedAt, p.utcOffsetMinutes)],
    ['操作人', 'operator', escapeHtml(p.operator)],
    ['申请编号', 'request', escapeHtml(details.requestNumber)],
    ['申请人', 'requested by', escapeHtml(details.requestedBy)],
    ['事由', 'reason', escapeHtml(details.reason)],
    ['审批', 'approved by', lines(details.approvals)],
    ['接收人', 'received by', escapeHtml(details.receivedBy)],
    ['时间基准', 'clock', escapeHtml(details.clockSource)],
    ['备注', 'remarks', escapeHtml(details.remarks)],
  ])}
<h2>设备 <span>devices</span></h2>${deviceRows(details)}
${p.clips.map((clip) => clipSection(clip, facts)).join('\n')}
<h2>方法 <span>method</span></h2>${method}
<h2>核验 <span>verification</span></h2>${factsTable([
    ['密钥指纹', 'key fingerprint', `<code>${fingerprint}</code>`],
    ['账本', 'ledger', `<code>${escapeHtml(checkpoint.origin)}</code> · ${checkpoint.size}`],
    ['根哈希', 'root', `<code>${checkpoint.rootHex}</code>`],
    ['核验页 SHA-256', 'verify.html', `<code>${p.verifierSha256}</code>`],
  ])}
<p>把 ZIP 文件拖入 verify.html，并将指纹与包外打印或备案的指纹核对。<span class="en">Drop the ZIP file on verify.html, and compare the fingerprint with one that came by another way.</span></p>
<div class="sign"><div>出具人签字 issued by<br>日期 date</div><div>接收人签字 received by<br>日期 date</div></div>`;
  return sheet(`录像证据说明书 ${p.number}`, body);
};
