/** Names of the verbs that the pages ask for. */
export const evidenceVerbs = { ask: 'evidence.request.ask', register: 'evidence.register.read', holds: 'evidence.holds.see', decideHolds: 'evidence.holds.decide', granted: 'video.footage.granted', archive: 'evidence.archive.see', archiveRegister: 'evidence.archive.register' } as const;
