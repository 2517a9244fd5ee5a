/** Verbs of the ledger that the screens ask about. */
export const ledgerVerbs = { read: 'ledger.facts.read', anchor: 'ledger.anchor.make' } as const;
