/** Verifier of evidence packages: library. Free of Node; folder-node.ts reads a folder that somebody unpacked. README.md says what a verdict means. */
export { bundleVerdicts, tellBundle, tellClip, type BundleReport } from './bundle-report.ts';
export { type BundleFinding, type BundleFindingCode } from './finding.ts';
export { zipPackage, type PackageFile, type PackageSource } from './package-source.ts';
export { verifyBundle, type BundleVerifierCrypto, type VerifyBundleOptions } from './verify-bundle.ts';
