/** Takes a pack in: checked with the place of every fault, its signature judged; an unsigned one needs two persons. */
import type { Refusal } from '../../../base/refusal.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ParametersContext } from '../context.ts';
import { events } from '../events.ts';
import type { Pack } from '../pack.ts';
import { readPackText } from '../pack-check.ts';
import { parametersRefusals } from '../refusals.ts';
import { digestOf, judgeSignature } from '../signature.ts';
import { insertPack, storedPacks } from '../store.ts';
import { ask } from './ask.ts';

const mostFaultsTold = 50;

const faulty = (faults: readonly { line: number; path: string; zh: string; en: string }[]): Refusal => {
  const [first] = faults;
  if (first === undefined) throw new Error('a faulty pack has a fault');
  const fields = faults.slice(0, mostFaultsTold).map(({ line, path, zh, en }) => ({ path: `text:${line}${path === '' ? '' : `:${path}`}`, zh: `第 ${line} 行 ${path}：${zh}`, en: `line ${line}, ${path}: ${en}` }));
  return parametersRefusals('pack_faulty', { line: first.line, path: first.path, why: first.zh, whyEn: first.en }, { fields });
};

const requireFree = async (context: ParametersContext, pack: Pack, digest: string): Promise<void> => {
  const stored = await storedPacks(context.database.db);
  const known = [...context.shipped.packs.map((one) => ({ digest: digestOf(one), packId: one.id, version: one.version })), ...stored];
  if (known.some((one) => one.digest === digest)) throw parametersRefusals('pack_known');
  if (known.some((one) => one.packId === pack.id && one.version === pack.version)) throw parametersRefusals('version_taken', { pack: pack.id, version: pack.version });
  const owner = context.shipped.packs.find((one) => one.prefix === pack.prefix && one.id !== pack.id);
  if (owner !== undefined) throw parametersRefusals('prefix_taken', { prefix: pack.prefix, pack: owner.id });
};

export interface Imported {
  digest: string;
  packId: string;
  version: number;
  signedBy: string | null;
  approvalId: string | null;
}

export const importPack = async (context: ParametersContext, caller: Caller, form: { text: string; own: boolean; reason: string }): Promise<Imported> => {
  const { database, clock, ledger, shipped } = context;
  const read = readPackText(shipped.catalogue, form.text);
  if ('faults' in read) throw faulty(read.faults);
  const { pack } = read;
  const digest = digestOf(pack);
  await requireFree(context, pack, digest);
  const verdict = judgeSignature(pack, shipped.keys);
  const about = { digest, packId: pack.id, version: pack.version };
  if (verdict.kind === 'signed') {
    await database.transaction(async (tx) => {
      const now = clock.now();
      await insertPack(tx, { digest, pack, signedBy: verdict.key, ownApprovalId: null }, caller.personId, now);
      const body = { pack: pack.id, version: pack.version, digest, signedBy: verdict.key, approvalId: null };
      await ledger.append(tx, { event: events.packImported, siteId: caller.siteId, roomId: null, actor: actorOf(caller), subject: `${pack.id}@${pack.version}`, body, at: now });
    });
    return { ...about, signedBy: verdict.key, approvalId: null };
  }
  if (verdict.kind === 'wrong' || verdict.kind === 'unknown_key') throw parametersRefusals('pack_signature_wrong', { key: verdict.key });
  if (!form.own) throw parametersRefusals('pack_unsigned');
  if (form.reason === '') throw parametersRefusals('reason_needed', {}, { fields: [{ path: 'reason', ...parametersRefusals('reason_needed').sentence }] });
  const { approvalId } = await ask(context, caller, 'parameters.own_pack', { pack, reason: form.reason }, `${pack.id}@${pack.version}`);
  return { ...about, signedBy: null, approvalId };
};
