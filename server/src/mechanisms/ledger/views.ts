/** The ledger's screens (contract/ledger.ts): plain functions that the routes call after their own check of rights. */
import { toString as drawQr } from 'qrcode';
import type { z } from 'zod';
import type { anchorPage, head as headEndpoint, listFacts as listFactsEndpoint } from '../../../../contract/ledger.ts';
import { parseVerifierKey, toBase64, toHex } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Clock } from '../../base/clock.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import type { Actor } from './append.ts';
import type { Checkpointer } from './checkpointer.ts';
import { anchorMade } from './events.ts';
import { keyFingerprint } from './key.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerQuestions } from './questions.ts';

/** Names of people by their ids; filled by identity in wire.ts. Ids without a name are shown as they are. */
export type NamesOf = (db: Db, personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface LedgerViews {
  listFacts(db: Db, siteId: string, query: z.output<typeof listFactsEndpoint.query>): Promise<z.input<typeof listFactsEndpoint.response>>;
  head(db: Db, siteId: string): Promise<z.input<typeof headEndpoint.response>>;
  /** Signs now, draws the QR code and records that somebody made an anchor. */
  makeAnchor(siteId: string, roomId: string | null, actor: Actor): Promise<z.input<typeof anchorPage.response>>;
}

const pageSize = 100;

const fingerprintOf = (key: string): string => keyFingerprint(parseVerifierKey(nodeCrypto.sha256, key).publicKey);

export const createViews = (o: { questions: LedgerQuestions; ledger: Ledger; checkpointer: Checkpointer; database: Database; clock: Clock; namesOf: NamesOf }): LedgerViews => ({
  listFacts: async (db, siteId, query) => {
    const facts = await o.questions.facts(db, { siteId, ...query, limit: pageSize + 1 });
    const shown = facts.slice(0, pageSize);
    const people = new Set(shown.filter((fact) => fact.actor.kind === 'person').map((fact) => fact.actor.id));
    const names = people.size === 0 ? new Map<string, string>() : await o.namesOf(db, [...people]);
    return {
      facts: shown.map(({ seq, at, kind, version, subject, actor, sentence, body, leafHash }) => ({
        seq, at, kind, version, subject, body, leafHash, zh: sentence.zh, en: sentence.en,
        actor: { kind: actor.kind, id: actor.id, post: actor.post, name: names.get(actor.id) ?? actor.id },
      })),
      more: facts.length > pageSize,
    };
  },

  head: async (db, siteId) => {
    const standing = await o.questions.standing(db, siteId);
    const newest = await o.questions.head(db, siteId);
    const keyText = standing === null ? '' : fingerprintOf(standing.key);
    if (newest === null) return { size: 0, signedAt: null, rootHash: '', checkpoint: '', keyFingerprint: keyText };
    return { size: newest.size, signedAt: newest.signedAt, rootHash: toHex(newest.root), checkpoint: newest.note, keyFingerprint: keyText };
  },

  makeAnchor: async (siteId, roomId, actor) => {
    const signed = await o.checkpointer.sign(siteId, 'anchor');
    const body = { size: signed.size, root: toBase64(signed.root) };
    await o.database.transaction((tx) => o.ledger.append(tx, { event: anchorMade, siteId, roomId, actor, subject: siteId, body, at: o.clock.now() }));
    const standing = await o.questions.standing(o.database.db, siteId);
    return {
      size: signed.size, signedAt: signed.signedAt, rootHash: toHex(signed.root), checkpoint: signed.note, keyFingerprint: standing === null ? '' : fingerprintOf(standing.key),
      // Level M: a quarter-folded sheet still reads; the quiet zone is part of the code.
      qrSvg: await drawQr(signed.note, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
    };
  },
});
