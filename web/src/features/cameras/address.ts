/** The address as people paste it, often with user and password inside: taken apart, so that no password ever stands in a visible field. Pure. */
export interface SplitAddress {
  url: string;
  username: string | null;
  password: string | null;
}

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % in a password that was never encoded
  }
};

/** `rtsp://admin:pa:ss@10.0.0.8/ch1` → without credentials, admin, pa:ss. Null: nothing to take out. */
export const splitAddress = (typed: string): SplitAddress | null => {
  const match = /^(\s*rtsps?:\/\/)([^/?#]*)@([^@/?#]*)(.*)$/is.exec(typed);
  if (match === null) return null;
  const [, scheme = '', credentials = '', host = '', rest = ''] = match;
  const colon = credentials.indexOf(':');
  const username = plain(colon < 0 ? credentials : credentials.slice(0, colon));
  const password = colon < 0 ? null : plain(credentials.slice(colon + 1));
  return { url: `${scheme.trim()}${host}${rest}`.trim(), username: username === '' ? null : username, password: password === '' ? null : password };
};

export const isRtspAddress = (typed: string): boolean => /^rtsps?:\/\/[^/\s]+/i.test(typed.trim());
export const isEncrypted = (typed: string | undefined): boolean => /^\s*rtsps:/i.test(typed ?? '');

/** SHA-256 of a certificate as people copy it: 64 digits, in pairs with colons or blanks or not. */
export const isFingerprint = (typed: string): boolean => /^(?:[0-9a-f]{2}[: ]?){31}[0-9a-f]{2}$/i.test(typed.trim());

/** The fingerprint within the technical words of a test; null: none there. In pairs, as cameras show it. */
export const shownFingerprint = (detail: string): string | null => /\b[0-9a-f]{64}\b/.exec(detail)?.[0].toUpperCase().match(/../g)?.join(':') ?? null;

/** An empty field means "none". */
export const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
