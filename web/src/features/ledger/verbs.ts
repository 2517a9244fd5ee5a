/** Verbs of the ledger that the screens ask about. */
export const ledgerVerbs = { facts: 'ledger.facts.see', head: 'ledger.head.see', anchor: 'ledger.anchor.make' } as const;
