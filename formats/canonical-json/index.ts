/** RFC 8785 canonical JSON: one spelling for one value. */
export { canonicalize, CanonicalJsonError, isCanonicalText, maxDepth, type Json } from './canonicalize.ts';
export { parseCanonical, parseStrict } from './parse-strict.ts';
