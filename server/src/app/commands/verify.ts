/**
 * `vigil verify PACKAGE.zip`: verifies an evidence package, or the folder that it was unpacked to, with no network, database or room. A package
 * under a passphrase is opened with --passphrase-file: what stands in a command line is read by others on the machine.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crc32 } from 'node:zlib';
import { openFile } from '../../../../formats/evidence-bundle/node.ts';
import { decryptZip } from '../../../../formats/zip/node-aes.ts';
import { ZipError, type ByteSource } from '../../../../formats/zip/index.ts';
import { folderPackage, nodeVerifierCrypto } from '../../../../verify/bundle/folder-node.ts';
import { tellBundle, verifyBundle, zipPackage, type BundleReport, type VerifyBundleOptions } from '../../../../verify/bundle/index.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'verify <证据包 PACKAGE.zip | 文件夹 folder> [--key <指纹 fingerprint>]… [--anchor <锚点文件 anchor file>]… [--passphrase-file <口令文件 file>] [--json]';

interface Asked {
  path: string;
  options: VerifyBundleOptions;
  passphrase: string | null;
  json: boolean;
}

const fileText = (file: string): string => {
  if (!existsSync(file)) throw commandRefusals('file_missing', { file });
  return readFileSync(file, 'utf8');
};

const read = (args: readonly string[]): Asked => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true,
      options: { anchor: { type: 'string', multiple: true }, key: { type: 'string', multiple: true }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' } },
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw commandRefusals('usage', { usage });
    if (!existsSync(path)) throw commandRefusals('file_missing', { file: path });
    const passphraseFile = values['passphrase-file'];
    return {
      path, json: values.json ?? false, passphrase: passphraseFile === undefined ? null : fileText(passphraseFile).trim(),
      options: { anchors: (values.anchor ?? []).map(fileText).join('\n\n'), ...(values.key === undefined ? {} : { trustedKeys: values.key }) },
    };
  } catch (error) {
    if (error instanceof TypeError) throw commandRefusals('usage', { usage });
    throw error;
  }
};

const inside = async (file: ByteSource, path: string, passphrase: string | null): Promise<ByteSource> => {
  if (passphrase === null) return file;
  try {
    const opened = await decryptZip(file, passphrase);
    if (opened === 'wrong_passphrase') throw commandRefusals('passphrase_wrong', { file: path });
    if (opened === 'altered') throw commandRefusals('package_sealed_altered', { file: path });
    return opened === 'not_encrypted' ? file : opened.inside;
  } catch (error) {
    if (error instanceof ZipError) return file; // no archive at all: the verifier says what is wrong with it
    throw error;
  }
};

const verifyPath = async ({ path, options, passphrase }: Asked): Promise<BundleReport> => {
  if (statSync(path).isDirectory()) return verifyBundle(nodeVerifierCrypto, await folderPackage(path), options);
  const file = await openFile(path);
  try {
    return await verifyBundle(nodeVerifierCrypto, await zipPackage(await inside(file, path, passphrase), crc32), options);
  } finally {
    await file.close();
  }
};

const run = async ({ args, line }: CommandContext): Promise<number> => {
  const asked = read(args);
  const report = await verifyPath(asked);
  line(asked.json ? JSON.stringify(report) : `${tellBundle(report, 'zh')}\n${tellBundle(report, 'en')}`);
  return report.verdict === 'altered_or_incomplete' ? 1 : 0;
};

export const command: Command = {
  usage,
  summary: { zh: '核验证据包：有没有被改动、是否完整、有没有独立锚点；不需要网络和数据库', en: 'verify an evidence package: altered, complete, independently anchored; needs neither network nor database' },
  run,
};
