/** Which log a site's ledger is now: its origin (one an epoch) and the key that signs it. Folded from the ledger's own facts. */
import { ledgerKinds, readKeyChanged, readOpened, readRestored, type Fact } from '../../../../formats/fact/index.ts';

export interface Standing {
  epoch: number;
  origin: string;
  /** C2SP verifier key. */
  key: string;
}

export const foldStanding = (facts: readonly Pick<Fact, 'kind' | 'body'>[]): Standing | null => {
  let standing = null as Standing | null;
  for (const { kind, body } of facts) {
    const opened = kind === ledgerKinds.opened ? readOpened(body) : null;
    const restored = kind === ledgerKinds.restored ? readRestored(body) : null;
    const changed = kind === ledgerKinds.keyChanged ? readKeyChanged(body) : null;
    if (opened !== null) standing ??= { epoch: 1, ...opened };
    else if (restored !== null) standing = { epoch: restored.epoch, origin: restored.origin, key: restored.key };
    else if (changed !== null && standing !== null) standing = { ...standing, key: changed.newKey };
  }
  return standing;
};
