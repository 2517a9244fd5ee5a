/** Names of the verbs that the pages ask for. */
export const evidenceVerbs = { ask: 'evidence.request.ask', register: 'evidence.register.read' } as const;
