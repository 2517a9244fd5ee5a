/**
 * An authenticator in software for tests: real ES256 keys, real CBOR, attestation "none", as a security key that checks a PIN would answer.
 * `verified: false` answers like a device that checked nothing.
 */
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { PasskeyAssertion, PasskeyAttestation } from '../../../../../contract/identity.ts';

type Cbor = number | string | Buffer | Map<Cbor, Cbor>;

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  const bytes = Buffer.alloc(3);
  bytes[0] = (major << 5) | 25;
  bytes.writeUInt16BE(value, 1);
  return bytes;
};
/** Enough of RFC 8949 for attestation objects and COSE keys. */
const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value, 'utf8')]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
};

interface Key {
  id: Buffer;
  rpId: string;
  userHandle: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

interface AnswerOptions {
  /** Whether the device checked fingerprint or PIN; default true. */
  verified?: boolean;
  /** Page that asks; default that of the authenticator. */
  origin?: string;
}

const userPresent = 0x01;
const userVerified = 0x04;
const hasCredential = 0x40;
const text = (value: Buffer): string => value.toString('base64url');
const sha256 = (value: Buffer | string): Buffer => createHash('sha256').update(value).digest();

const coseKey = (publicKey: KeyObject): Buffer => {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return cbor(new Map<Cbor, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
};

export interface SoftAuthenticator {
  /** Answers options of `navigator.credentials.create`. */
  register(options: { challenge: string; [more: string]: unknown }, answer?: AnswerOptions): PasskeyAttestation;
  /** Answers options of `navigator.credentials.get` with the first key that fits. */
  sign(options: { challenge: string; [more: string]: unknown }, answer?: AnswerOptions): PasskeyAssertion;
  /** Turns the counter back, as a copy of the device would. */
  turnBack(): void;
}

const idIn = (value: unknown, ...path: readonly string[]): string => {
  const found = path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), value);
  return typeof found === 'string' ? found : '';
};

/** @param origin page on which it is used, e.g. http://localhost:8480 */
export const softAuthenticator = (origin: string): SoftAuthenticator => {
  const keys: Key[] = [];
  let counter = 0;
  const clientData = (type: string, challenge: string, from: string): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }), 'utf8');
  const authenticatorData = (rpId: string, verified: boolean, credential: Buffer = Buffer.alloc(0)): Buffer => {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = userPresent | (verified ? userVerified : 0) | (credential.length > 0 ? hasCredential : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, credential]);
  };
  return {
    register: (options, { verified = true, origin: from = origin } = {}) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = { id: randomBytes(32), rpId: idIn(options, 'rp', 'id'), userHandle: idIn(options, 'user', 'id'), privateKey, publicKey };
      keys.push(key);
      const idLength = Buffer.alloc(2);
      idLength.writeUInt16BE(key.id.length);
      const authData = authenticatorData(key.rpId, verified, Buffer.concat([Buffer.alloc(16), idLength, key.id, coseKey(publicKey)]));
      const attestationObject = cbor(new Map<Cbor, Cbor>([['fmt', 'none'], ['attStmt', new Map<Cbor, Cbor>()], ['authData', authData]]));
      const response = { clientDataJSON: text(clientData('webauthn.create', options.challenge, from)), attestationObject: text(attestationObject), transports: ['usb'] };
      return { id: text(key.id), rawId: text(key.id), type: 'public-key', response, clientExtensionResults: {} };
    },
    sign: (options, { verified = true, origin: from = origin } = {}) => {
      const { allowCredentials } = options;
      const allowed = Array.isArray(allowCredentials) ? allowCredentials.map((one: unknown) => idIn(one, 'id')) : null;
      const key = keys.find((one) => one.rpId === options['rpId'] && (allowed === null || allowed.includes(text(one.id))));
      if (key === undefined) throw new Error('this authenticator has no key that fits');
      const data = clientData('webauthn.get', options.challenge, from);
      const authData = authenticatorData(key.rpId, verified);
      const signature = createSign('SHA256').update(Buffer.concat([authData, sha256(data)])).sign(key.privateKey);
      const response = { clientDataJSON: text(data), authenticatorData: text(authData), signature: text(signature), userHandle: key.userHandle };
      return { id: text(key.id), rawId: text(key.id), type: 'public-key', response, clientExtensionResults: {} };
    },
    turnBack: () => {
      counter = 0;
    },
  };
};
