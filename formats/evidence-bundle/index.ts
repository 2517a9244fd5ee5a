/** Evidence packages (BagIt, in-toto, C2SP proofs in a stored ZIP): written from segments as one stream. Free of Node; see node.ts. README.md says how to call it. */
export { bagInfoText, bagitText, isSubject, paths, payloadManifest, subjectsOf, tagManifest } from './bag.ts';
export { explained, uncovered } from './coverage.ts';
export { formatEnvelope, parseEnvelope, preAuthenticated, type Envelope } from './dsse.ts';
export { compactTime, localTime } from './local-time.ts';
export { BundleError, segmentsFactKind, type AnchorInput, type BundleCrypto, type BundleFault, type BundleInput, type BundleSigner, type ClipInput, type FactInput, type GapInput, type ReportDetails, type SegmentInput, type Span } from './model.ts';
export { planBundle, unknownReason, type BundlePlan, type PlannedClip, type PlannedPart } from './plan.ts';
export { factPath, fingerprintOf, gapsText, keyPem, policyText, proofPath, readmeText } from './proof-files.ts';
export { formatStatement, parseStatement, predicateType, statementType, type ClipStatement, type CutSegment, type FileDigest, type Predicate, type Statement } from './statement.ts';
export { besideBytes, writeBundle, type BundleSummary, type BundleWriting, type WrittenFile } from './writer.ts';
