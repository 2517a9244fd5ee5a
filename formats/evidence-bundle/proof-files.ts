/** The small files of proof/ that follow from the statement: which key, which log, which holes. */
import { canonicalize } from '../canonical-json/index.ts';
import { toBase64, toHex, type Sha256 } from '../tlog/index.ts';
import { paths } from './bag.ts';
import type { ClipStatement, Predicate } from './statement.ts';

/** SHA-256 of the 32 bytes of the key, in groups that two people can read to each other. */
export const fingerprintOf = (sha256: Sha256, publicKey: Uint8Array): string => (toHex(sha256(publicKey)).match(/.{4}/g) ?? []).join(' ');

/** C2SP tlog-policy: whose signature makes a checkpoint. */
export const policyText = (verifierKey: string): string => `log ${verifierKey}\nquorum none\n`;

/** RFC 8410, as openssl reads it. */
export const keyPem = (publicKey: Uint8Array): string => {
  const der = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, ...publicKey);
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(der)}\n-----END PUBLIC KEY-----\n`;
};

export const factPath = (seq: number): string => `${paths.facts}${seq}.json`;
export const proofPath = (seq: number): string => `${paths.facts}${seq}.tlog-proof`;

/** Every hole of every clip, for whoever reads no statement. */
export const gapsText = (clips: readonly ClipStatement[]): string =>
  `${canonicalize(clips.flatMap(({ file, cameraId, label, gaps }) => gaps.map(({ from, until, reason }) => ({ cameraId, camera: label, file, from, until, reason, fromIso: new Date(from).toISOString(), untilIso: new Date(until).toISOString() }))))}\n`;

export const readmeText = (p: Pick<Predicate, 'number' | 'copy' | 'origin' | 'verifierSha256'>, fingerprint: string): string => `证据包 ${p.number}(第 ${p.copy} 份) · Evidence package ${p.number}, copy ${p.copy}
账本 ledger: ${p.origin}

一、里面有什么
data/video/     录像片段,原样复制,未重新编码,任何播放器都能播放
data/records/   申请、审批、查看记录、录像缺口等
data/report/    说明书.html(双击打开,可打印)
proof/          签名与账本证明
custody/        交接记录
verify.html     核验页:双击打开,把收到的 ZIP 文件拖进去,不需要网络

二、怎样核验
1. 用 verify.html 打开 ZIP 文件,看结论。
2. 把页面上显示的密钥指纹与打印的证据移交单(或备案)上的指纹逐组核对:
   ${fingerprint}
   包内的文字和密钥都可能被伪造者一并替换,只有与包外的指纹一致才说明它出自该监控室。
3. verify.html 本身的 SHA-256 应为(与移交单核对):
   ${p.verifierSha256}
4. 不用本页面也能核验:在本文件夹运行
   sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt

1. Open verify.html and drop the ZIP file on it. 2. Compare the key's fingerprint with the printed or filed one, not with this file: a forger would
have replaced both. 3. So with the SHA-256 of verify.html. 4. Without this page: run the two sha256sum commands above in this folder.
`;
