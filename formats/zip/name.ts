/** Which names an archive may hold: such as every system can unpack, below one folder, and nowhere else. */

const longestBytes = 400;
const forbidden = /[\u0000-\u001f\u007f<>:"|?*\\]/u; // oxlint-disable-line no-control-regex -- these are what it looks for
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Null when the name is good, else what is wrong with it. */
export const nameFault = (name: string): 'empty' | 'too_long' | 'characters' | 'path' | 'device' | null => {
  if (name === '') return 'empty';
  if (new TextEncoder().encode(name).length > longestBytes) return 'too_long';
  if (!name.isWellFormed() || forbidden.test(name) || name !== name.normalize('NFC')) return 'characters';
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.endsWith('.') || part.endsWith(' '))) return 'path';
  return parts.some((part) => device.test(part)) ? 'device' : null;
};
