import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNote, formatVerifierKey, fromBase64, NoteError, openCheckpoint, parseCheckpointText, parseNote, parseVerifierKey, signatureBy, signatureType, signCheckpoint, splitNotes, toBase64, utf8, verifierKey } from './index.ts';
import { nodeCrypto, signerFromSeed } from './node-crypto.ts';

const { sha256 } = nodeCrypto;

// golang.org/x/mod/sumdb/note: the reference implementation's own key and note.
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSeed = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz')!.slice(1);
const peterText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterNote = `${peterText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
// c2sp.org/signed-note
const c2spKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const c2spNote = 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
// c2sp.org/tlog-cosignature
const sofaNote =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
  '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
  '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';

const verifies = (source: string, vkey: string): boolean => {
  const note = parseNote(source);
  const key = parseVerifierKey(sha256, vkey);
  const found = signatureBy(note, key);
  return found !== undefined && nodeCrypto.verifyEd25519(key.publicKey, utf8(note.text), found.signature);
};

describe('signed notes', () => {
  test('notes of other implementations verify, and a changed letter does not', () => {
    expect(verifies(peterNote, peter)).toBe(true);
    expect(verifies(c2spNote, c2spKey)).toBe(true);
    expect(verifies(peterNote.replace('cryptography', 'cryptographY'), peter)).toBe(false);
    expect(verifies(c2spNote, peter)).toBe(false);
  });

  test('signing with the reference key gives the reference bytes', () => {
    const signer = signerFromSeed(peterSeed);
    const key = verifierKey(sha256, 'PeterNeumann', signer.publicKey);
    expect(formatVerifierKey(key)).toBe(peter);
    expect(formatNote({ text: peterText, signatures: [{ name: key.name, keyId: key.keyId, signature: signer.sign(utf8(peterText)) }] })).toBe(peterNote);
  });

  test('every mangled verifier key is refused', () => {
    for (let from = 0; from <= peter.length; from += 1) for (let until = from; until <= peter.length; until += 1) if (until - from < peter.length) expect(() => parseVerifierKey(sha256, peter.slice(from, until))).toThrow(NoteError);
    expect(() => parseVerifierKey(sha256, 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toThrow(NoteError);
    expect(() => parseVerifierKey(sha256, 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(NoteError);
  });

  test('the checkpoint of the cosignature page reads as printed there', () => {
    const note = parseNote(sofaNote);
    expect(parseCheckpointText(note.text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163, extensions: [] });
    expect(note.signatures.map((s) => s.name)).toEqual(['example.com/behind-the-sofa', 'witness.example.com/w1']);
    const timed = note.signatures[1]!.signature;
    expect(new DataView(timed.buffer, timed.byteOffset).getBigUint64(0)).toBe(1_679_315_147n);
    expect(formatNote(note)).toBe(sofaNote);
  });

  test('malformed notes are refused', () => {
    for (const bad of [
      '', '\n', 'text\n', 'text\n\n', `${peterText}\n— PeterNeumann\n`, `${peterText}\n— PeterNeumann x08=\n`, peterNote.slice(0, -1), peterNote.replace('— ', '- '), peterNote.replace('PeterNeumann ', 'Peter+Neumann '),
      peterNote.replace('PeterNeumann ', ' '), `${peterNote}trailing\n`, peterNote.replace('If', 'I\u0001f'), peterNote.replace('If', 'I\rf'), peterNote.replace('x08go', 'x08g!'), peterText + '\n' + '— a AAAAAAA=\n'.repeat(101),
    ]) expect(() => parseNote(bad), JSON.stringify(bad)).toThrow(NoteError);
    expect(() => formatNote({ text: 'no newline', signatures: [] })).toThrow(NoteError);
  });

  test('malformed checkpoints are refused', () => {
    const root = toBase64(new Uint8Array(32));
    for (const bad of ['o\n1\n', `\n1\n${root}\n`, `o\n01\n${root}\n`, `o\n-1\n${root}\n`, `o\n1\n${root.slice(4)}\n`, `o\n1\n${root}`, `o\n1\n${root}\n\n`, `o\n9007199254740993\n${root}\n`, `o\n1e3\n${root}\n`]) expect(() => parseCheckpointText(bad), bad).toThrow(NoteError);
    expect(parseCheckpointText(`o\n0\n${root}\nmore\n`).extensions).toEqual(['more']);
  });

  test('fuzz: reading a damaged note fails in one way only', () => {
    fc.assert(
      fc.property(fc.constantFrom(peterNote, sofaNote), fc.nat(), fc.nat(), fc.string({ maxLength: 4, unit: 'binary' }), (source, a, b, insert) => {
        const from = a % source.length;
        const mangled = source.slice(0, from) + insert + source.slice(from + (b % 8));
        try {
          const note = parseNote(mangled);
          expect(formatNote(note)).toBe(mangled);
          parseCheckpointText(note.text);
        } catch (error) {
          expect(error).toBeInstanceOf(NoteError);
        }
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

describe('checkpoints with a signed time', () => {
  const signer = signerFromSeed(new Uint8Array(32).fill(1));
  const other = signerFromSeed(new Uint8Array(32).fill(2));
  const root = Uint8Array.from(sha256(utf8('root')));
  const source = signCheckpoint(nodeCrypto, signer, { origin: 'vigil/site_a', size: 12, root, extensions: [] }, 1_790_000_000_999);
  const key = { name: 'vigil/site_a', publicKey: signer.publicKey };

  test('opens with its key, tells size, root and the second', () => {
    expect(openCheckpoint(nodeCrypto, source, key)).toEqual({ origin: 'vigil/site_a', size: 12, root, extensions: [], signedAt: 1_790_000_000_000 });
  });

  test('another key, another name, a forged time and a forged size are told apart', () => {
    expect(openCheckpoint(nodeCrypto, source, { ...key, publicKey: other.publicKey })).toBe('unknown_key');
    expect(openCheckpoint(nodeCrypto, source, { ...key, name: 'vigil/site_b' })).toBe('unknown_key');
    expect(openCheckpoint(nodeCrypto, source.replace('\n12\n', '\n13\n'), key)).toBe('wrong_signature');
    expect(openCheckpoint(nodeCrypto, 'rubbish', key)).toBe('malformed');
    const note = parseNote(source);
    const timed = note.signatures[1]!;
    const forged = formatNote({ ...note, signatures: [note.signatures[0]!, { ...timed, signature: timed.signature.with(7, (timed.signature[7]! + 1) % 256) }] });
    expect(openCheckpoint(nodeCrypto, forged, key)).toBe('wrong_signature');
    expect(openCheckpoint(nodeCrypto, formatNote({ ...note, signatures: [note.signatures[0]!] }), key)).toBe('malformed');
    expect(verifierKey(sha256, key.name, key.publicKey, signatureType.cosignature).keyId).not.toEqual(verifierKey(sha256, key.name, key.publicKey).keyId);
  });

  test('a further signature by a key that the reader does not know breaks nothing', () => {
    const note = parseNote(source);
    const more = formatNote({ ...note, signatures: [...note.signatures, { name: 'sm2.example', keyId: Uint8Array.of(1, 2, 3, 4), signature: new Uint8Array(70) }] });
    expect(openCheckpoint(nodeCrypto, more, key)).toMatchObject({ size: 12 });
  });

  test('a file of anchors gives each note, whatever stands between them, and what is no note', () => {
    const second = signCheckpoint(nodeCrypto, signer, { origin: 'vigil/site_a', size: 13, root, extensions: [] }, 1_790_000_060_000);
    expect(splitNotes(`${source}\n${second}`)).toEqual({ notes: [source, second], rest: [] });
    expect(splitNotes(source + second)).toEqual({ notes: [source, second], rest: [] });
    expect(splitNotes(`\r\n${source.replaceAll('\n', '\r\n')}\r\n\r\n${second}`).notes).toEqual([source, second]);
    expect(splitNotes(source.slice(0, -1)).notes).toEqual([source]);
    const torn = splitNotes(`${source}\n${second.slice(0, 40)}`);
    expect(torn.notes).toEqual([source]);
    expect(torn.rest).toHaveLength(1);
  });
});
