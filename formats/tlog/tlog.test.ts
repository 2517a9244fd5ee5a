import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompactRange, consistencyProof, emptyRoot, formatProofText, fromHex, inclusionProof, leafHash, NoteError, parseProofText, proofHolds, signCheckpoint, subtreeRoots, toHex, treeRoot, utf8, verifyConsistency, verifyInclusion } from './index.ts';
import { nodeCrypto, signerFromSeed } from './node-crypto.ts';

const { sha256 } = nodeCrypto;
const bytes = (hex: string): Uint8Array => fromHex(hex)!;

// The eight leaves and roots that Certificate Transparency implementations share as test vectors.
const ctLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(bytes);
const ctRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const ctHashes = ctLeaves.map((leaf) => leafHash(sha256, leaf));

describe('RFC 6962 vectors', () => {
  test('empty tree, leaf and node', () => {
    expect(toHex(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(leafHash(sha256, utf8('L123456')))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
  });

  test('the eight roots', () => {
    const range = new CompactRange(sha256);
    ctHashes.forEach((leaf, i) => {
      range.append(leaf);
      expect(toHex(range.root())).toBe(ctRoots[i]);
      expect(toHex(treeRoot(sha256, ctHashes.slice(0, i + 1)))).toBe(ctRoots[i]);
    });
  });

  test('inclusion and consistency proofs', () => {
    const roots = subtreeRoots(sha256, ctHashes);
    expect(inclusionProof(roots, 5, 8).map(toHex)).toEqual(['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']);
    expect(inclusionProof(roots, 2, 3).map(toHex)).toEqual([ctRoots[1]]);
    expect(consistencyProof(roots, 6, 8).map(toHex)).toEqual(['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']);
    expect(consistencyProof(roots, 2, 5).map(toHex)).toEqual(['5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']);
  });
});

describe('proofs for trees of 0 to 1025 leaves', { timeout: 60_000 }, () => {
  const most = 1025;
  const leaves = Array.from({ length: most }, (_, i) => leafHash(sha256, utf8(`leaf ${i}`)));
  const roots = subtreeRoots(sha256, leaves);
  const range = new CompactRange(sha256);
  const heads = [range.root(), ...leaves.map((leaf) => (range.append(leaf), range.root()))];
  const interesting = new Set([0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025]);

  test('the compact range and the recursive definition agree at every size', () => {
    for (const size of interesting) expect(toHex(heads[size]!)).toBe(toHex(treeRoot(sha256, leaves.slice(0, size))));
  });

  test('every leaf of every size up to 80, and a sample of the rest, proves itself and nothing else', () => {
    const check = (index: number, size: number): void => {
      const proof = inclusionProof(roots, index, size);
      const at = { index, size, leaf: leaves[index]!, root: heads[size]! };
      expect(verifyInclusion(sha256, at, proof)).toBe(true);
      expect(verifyInclusion(sha256, { ...at, root: heads[size - 1]! }, proof)).toBe(false);
      expect(verifyInclusion(sha256, { ...at, leaf: leaves[(index + 1) % most]! }, proof)).toBe(false);
      expect(verifyInclusion(sha256, at, [...proof, leaves[0]!])).toBe(false);
      if (proof.length > 0) expect(verifyInclusion(sha256, at, proof.slice(1))).toBe(false);
      if (size > 1) expect(verifyInclusion(sha256, { ...at, index: (index + 1) % size }, proof)).toBe(false);
    };
    for (let size = 1; size <= 80; size += 1) for (let index = 0; index < size; index += 1) check(index, size);
    fc.assert(fc.property(fc.integer({ min: 81, max: most }), fc.nat(), (size, n) => check(n % size, size)), { numRuns: 400 });
  });

  test('every prefix is proved consistent, and no other tree is', () => {
    const check = (first: number, second: number): void => {
      const proof = consistencyProof(roots, first, second);
      const pair = { first: { size: first, root: heads[first]! }, second: { size: second, root: heads[second]! } };
      expect(verifyConsistency(sha256, pair, proof)).toBe(true);
      const wrong = sha256(utf8('another history'));
      expect(verifyConsistency(sha256, { ...pair, first: { size: first, root: wrong } }, proof)).toBe(false);
      if (first > 0) expect(verifyConsistency(sha256, { ...pair, second: { size: second, root: wrong } }, proof)).toBe(false);
      expect(verifyConsistency(sha256, pair, [...proof, wrong])).toBe(false);
      for (let i = 0; i < proof.length; i += 1) expect(verifyConsistency(sha256, pair, proof.with(i, wrong))).toBe(false);
    };
    for (let second = 0; second <= 70; second += 1) for (let first = 0; first <= second; first += 1) check(first, second);
    for (const second of interesting) for (const first of interesting) if (first <= second) check(first, second);
    fc.assert(fc.property(fc.integer({ min: 71, max: most }), fc.nat(), (second, n) => check(n % (second + 1), second)), { numRuns: 300 });
  });

  test('nonsense is refused without an exception', () => {
    const one = { size: 1, root: heads[1]! };
    for (const index of [-1, 1.5, Number.NaN, 8]) expect(verifyInclusion(sha256, { index, size: 8, leaf: leaves[0]!, root: heads[8]! }, [])).toBe(false);
    expect(verifyConsistency(sha256, { first: { size: 2, root: heads[2]! }, second: one }, [])).toBe(false);
    expect(verifyConsistency(sha256, { first: one, second: { size: 2, root: heads[2]! } }, [new Uint8Array(31)])).toBe(false);
    expect(() => inclusionProof(roots, 3, 3)).toThrow(RangeError);
    expect(() => consistencyProof(roots, 4, 3)).toThrow(RangeError);
  });
});

describe('tlog-proof files', () => {
  const signer = signerFromSeed(new Uint8Array(32).fill(7));
  const roots = subtreeRoots(sha256, ctHashes);
  const checkpoint = signCheckpoint(nodeCrypto, signer, { origin: 'vigil/test', size: 8, root: bytes(ctRoots[7]!), extensions: [] }, 1_790_000_000_000);

  test('a proof file reads back and holds for its leaf only', () => {
    const source = formatProofText({ extra: utf8('x'), index: 5, path: inclusionProof(roots, 5, 8), checkpoint });
    const proof = parseProofText(source);
    expect(formatProofText(proof)).toBe(source);
    expect(source.split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra eA==', 'index 5']);
    expect(proofHolds(sha256, proof, ctHashes[5]!)).toBe(true);
    expect(proofHolds(sha256, proof, ctHashes[4]!)).toBe(false);
  });

  test('a mangled proof file is refused', () => {
    const source = formatProofText({ extra: null, index: 0, path: inclusionProof(roots, 0, 8), checkpoint });
    const reject = (bad: string): void => {
      let holds: boolean;
      try {
        holds = proofHolds(sha256, parseProofText(bad), ctHashes[0]!);
      } catch (error) {
        expect(error).toBeInstanceOf(NoteError);
        return;
      }
      expect(holds, bad).toBe(false);
    };
    reject(source.replace('@v1', '@v2'));
    reject(source.replace('index 0', 'index 00'));
    reject(source.replace('index 0', 'index -1'));
    const upToOrigin = source.indexOf('vigil/test');
    for (let i = 0; i < upToOrigin - 1; i += 1) reject(source.slice(0, i) + source.slice(i + 1));
  });
});
