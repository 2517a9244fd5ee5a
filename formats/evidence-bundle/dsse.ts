/** DSSE v1.0.2 (secure-systems-lab/dsse): the envelope around the statement, with one Ed25519 signature. One spelling, as everywhere. */
import { concat, fromBase64, toBase64, utf8 } from '../tlog/index.ts';

export const payloadType = 'application/vnd.in-toto+json';

/** What is signed: the type and the payload, each with its length ahead, so that neither can pass for a part of the other. */
export const preAuthenticated = (payload: Uint8Array): Uint8Array => concat(utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `), payload);

export interface Envelope {
  payload: Uint8Array;
  /** Hex SHA-256 of the 32 bytes of the key. */
  keyId: string;
  signature: Uint8Array;
}

export const formatEnvelope = ({ payload, keyId, signature }: Envelope): string =>
  `{"payload":"${toBase64(payload)}","payloadType":"${payloadType}","signatures":[{"keyid":"${keyId}","sig":"${toBase64(signature)}"}]}\n`;

const shape = /^\{"payload":"([A-Za-z0-9+/]*={0,2})","payloadType":"application\/vnd\.in-toto\+json","signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]*={0,2})"\}\]\}\n$/;

/** Null for anything else. */
export const parseEnvelope = (source: string): Envelope | null => {
  const [, encoded, keyId, sig] = shape.exec(source) ?? [];
  const payload = fromBase64(encoded ?? '');
  const signature = fromBase64(sig ?? '');
  return payload === null || signature?.length !== 64 || keyId === undefined ? null : { payload, keyId, signature };
};
