/**
 * 证据移交单: the printed note that goes by another way than the package. It carries what the package cannot prove about itself: fingerprint of the
 * key, digest of the verifier, digest of the ZIP, and the checkpoint that its receiver keeps as an anchor.
 */
import { toBase64, utf8 } from '../tlog/index.ts';
import { localTime } from './local-time.ts';
import { escapeHtml, factsTable, sheet } from './report-style.ts';

export interface ExportNoteDetails {
  number: string;
  copy: number;
  exportedAt: number;
  utcOffsetMinutes: number;
  issuedBy: string;
  operator: string;
  receivedBy: string;
  /** Of the file that is handed over (the outer one, when it is encrypted). */
  fileName: string;
  sha256: string;
  sizeBytes: number;
  fingerprint: string;
  verifierSha256: string;
  /** The signed note, verbatim. */
  checkpoint: string;
  /** QR code of the checkpoint; null when none is printed. */
  qrSvg: string | null;
  encrypted: boolean;
  /** Where an independent verifier can be had; empty when the site names none. */
  verifierSource: string;
}

export const exportNoteHtml = (note: ExportNoteDetails): string => {
  const code = (value: string): string => `<code>${escapeHtml(value)}</code>`;
  const encryption = note.encrypted
    ? 'AES-256（WinZip AE-2）：用 7-Zip 或 WinRAR 打开，Windows 资源管理器不能打开；口令另行告知 · 7-Zip or WinRAR opens it, Windows Explorer does not; the passphrase comes by another way'
    : '未加密 none';
  const qr = note.qrSvg === null ? '' : `<p><img alt="检查点二维码 QR code of the checkpoint" width="150" height="150" src="data:image/svg+xml;base64,${toBase64(utf8(note.qrSvg))}"></p>`;
  const body = `<div class="head"><h1>证据移交单<small>Handover note of an evidence package</small></h1><div class="number">${escapeHtml(note.number)}<br>第 ${note.copy} 份 · copy ${note.copy}</div></div>
<h2>移交 <span>handover</span></h2>${factsTable([
    ['出具单位', 'issued by', escapeHtml(note.issuedBy)],
    ['操作人', 'operator', escapeHtml(note.operator)],
    ['接收人', 'received by', escapeHtml(note.receivedBy)],
    ['导出时间', 'exported at', localTime(note.exportedAt, note.utcOffsetMinutes)],
    ['文件', 'file', `${code(note.fileName)} · ${note.sizeBytes.toLocaleString('en-US')} B`],
    ['SHA-256', 'of the file', code(note.sha256)],
    ['加密', 'encryption', encryption],
  ])}
<h2>核验 <span>verification</span></h2>${factsTable([
    ['密钥指纹', 'key fingerprint', code(note.fingerprint)],
    ['核验页 SHA-256', 'verify.html', code(note.verifierSha256)],
    ['独立取得', 'get it from', escapeHtml(note.verifierSource)],
  ])}
<p>核验时请将页面显示的指纹与本单逐组核对。包内的密钥和核验页本身不能证明来源。<br><span class="en">Compare the fingerprint that the verifier shows with this one, group by group. The key and the page inside the package prove nothing by themselves.</span></p>
<h2>账本检查点 <span>checkpoint of the ledger: keep it, it is your anchor</span></h2>${qr}<pre style="white-space:pre-wrap;overflow-wrap:anywhere;font-size:8.5pt">${escapeHtml(note.checkpoint)}</pre>
<div class="sign"><div>移交人签字 handed over by<br>日期 date</div><div>接收人签字 received by<br>日期 date</div></div>`;
  return sheet(`证据移交单 ${note.number}`, body);
};
