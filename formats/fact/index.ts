/** The shape of a fact, its hashed personal values, and what the ledger says about itself. */
export { canonicalFact, factPieces, parseFact, type Fact, type FactActor, type FactContent, type FactPieces } from './fact.ts';
export { hashedPlaces, hashValue, hidePersonal, isHashed, revealPersonal, saltSize, valueMatches, type HashedValue, type PrivateValue } from './private-value.ts';
export { keyChangeMessage, ledgerKinds, originOf, readErased, readKeyChanged, readOpened, readRestored, type ErasedBody, type KeyChangedBody, type OpenedBody, type RestoredBody } from './ledger-facts.ts';
