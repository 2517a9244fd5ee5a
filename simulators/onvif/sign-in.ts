/** Who may ask: WS-UsernameToken in the SOAP, or HTTP digest, checked as a device does it. */
import { createHash, randomBytes } from 'node:crypto';

export interface Login {
  username: string;
  password: string;
}

const text = (xml: string, tag: string): string => new RegExp(`<(?:\\w+:)?${tag}\\b[^>]*>([^<]*)<`).exec(xml)?.[1] ?? '';
const md5 = (value: string): string => createHash('md5').update(value).digest('hex');

/** created: what the token claims; null: no token, or it is wrong. */
export const tokenSignsIn = (xml: string, { username, password }: Login): { created: number } | null => {
  const [user, nonce, created, digest] = [text(xml, 'Username'), text(xml, 'Nonce'), text(xml, 'Created'), text(xml, 'Password')];
  const wanted = createHash('sha1').update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created), Buffer.from(password)])).digest('base64');
  return user === username && digest !== '' && digest === wanted ? { created: Date.parse(created) } : null;
};

const realm = 'ONVIF';
export const newNonce = (): string => randomBytes(12).toString('hex');
export const challenge = (nonce: string): string => `Digest realm="${realm}", qop="auth", nonce="${nonce}", algorithm=MD5`;

export const digestSignsIn = (header: string, method: string, { username, password }: Login, nonce: string): boolean => {
  const given = new Map([...header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, key = '', quoted, bare]) => [key, quoted ?? bare ?? '']));
  const of = (key: string): string => given.get(key) ?? '';
  const wanted = md5(`${md5(`${username}:${realm}:${password}`)}:${nonce}:${of('nc')}:${of('cnonce')}:auth:${md5(`${method}:${of('uri')}`)}`);
  return of('username') === username && of('nonce') === nonce && of('response') === wanted;
};
