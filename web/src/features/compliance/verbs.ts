/** Verbs of the board that the screens ask about. */
export const complianceVerbs = { board: 'compliance.board.see', facts: 'compliance.facts.see', print: 'compliance.evidence.print' } as const;
