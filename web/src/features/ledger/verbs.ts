/** Verbs of the ledger and of the audit that the screens ask about. */
export const ledgerVerbs = { facts: 'ledger.facts.see', head: 'ledger.head.see', anchor: 'ledger.anchor.make' } as const;
export const auditVerbs = { acts: 'audit.acts.see', names: 'audit.names.see', exported: 'audit.acts.export', trace: 'audit.leak.trace', reviews: 'audit.review.see', sign: 'audit.review.sign' } as const;
