/** The facts that the ledger states about itself; a verifier must understand them, so their shapes stand here (points 4 and 8). */
export const ledgerKinds = {
  /** body: OpenedBody. Always seq 1. */
  opened: 'ledger.opened',
  /** body: RestoredBody. */
  restored: 'ledger.restored',
  /** body: KeyChangedBody. */
  keyChanged: 'ledger.key_changed',
  /** body: ErasedBody. */
  erased: 'ledger.erased',
  clockStepped: 'ledger.clock_stepped',
  anchorMade: 'ledger.anchor_made',
  exported: 'ledger.exported',
} as const;

/** `vigil/site_…`, and `vigil/site_…/2` after the first restore: a restored log is another log to every witness. */
export const originOf = (siteId: string, epoch: number): string => (epoch === 1 ? `vigil/${siteId}` : `vigil/${siteId}/${epoch}`);

export interface OpenedBody {
  origin: string;
  /** Verifier key, C2SP form. */
  key: string;
}

export interface RestoredBody {
  epoch: number;
  origin: string;
  key: string;
  /** Facts that the backup held: the old epoch ends here. */
  keptSize: number;
  /** Size of the last anchored checkpoint known: facts keptSize+1 … lostUntil are lost. Equal to keptSize when none is known to be lost. */
  lostUntil: number;
  /** That checkpoint, verbatim; null when none was known. */
  lastAnchor: string | null;
  /** Two different people. */
  persons: readonly string[];
}

export interface KeyChangedBody {
  oldKey: string;
  newKey: string;
  /** Old key's Ed25519 signature over keyChangeMessage, base64; null when the old key is lost. */
  signature: string | null;
  /** Without the old key: two different people … */
  persons: readonly string[];
  /** … and a fresh anchor: a checkpoint of the old key, verbatim. */
  anchor: string | null;
}

export interface ErasedBody {
  seq: number;
  path: string;
  retentionClass: string;
}

/** What the old key signs when it hands over. */
export const keyChangeMessage = (origin: string, oldKey: string, newKey: string): string => `vigil key change/v1\n${origin}\n${oldKey}\n${newKey}\n`;

type Members = Readonly<Record<string, unknown>>;
const texts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
const size = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const textOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

export const readOpened = ({ origin, key }: Members): OpenedBody | null => (typeof origin === 'string' && typeof key === 'string' ? { origin, key } : null);

export const readRestored = ({ epoch, origin, key, keptSize, lostUntil, lastAnchor, persons }: Members): RestoredBody | null =>
  size(epoch) && epoch > 1 && typeof origin === 'string' && typeof key === 'string' && size(keptSize) && size(lostUntil) && lostUntil >= keptSize && textOrNull(lastAnchor) && texts(persons)
    ? { epoch, origin, key, keptSize, lostUntil, lastAnchor, persons }
    : null;

export const readKeyChanged = ({ oldKey, newKey, signature, persons, anchor }: Members): KeyChangedBody | null =>
  typeof oldKey === 'string' && typeof newKey === 'string' && textOrNull(signature) && texts(persons) && textOrNull(anchor) ? { oldKey, newKey, signature, persons, anchor } : null;

export const readErased = ({ seq, path, retentionClass }: Members): ErasedBody | null =>
  size(seq) && typeof path === 'string' && typeof retentionClass === 'string' ? { seq, path, retentionClass } : null;
