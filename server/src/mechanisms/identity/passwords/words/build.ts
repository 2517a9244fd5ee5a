/** `node server/src/mechanisms/identity/passwords/words/build.ts` writes chinese-words.ts; run it after a change of source.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';
import { givenNames, places, plain, surnames, words } from './source.ts';

const split = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
/** ü is typed v. */
const romanOf = (text: string, asSurname = false): string =>
  pinyin(text, { toneType: 'none', type: 'array', v: true, ...(asSurname ? { surname: 'all' as const } : {}) })
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const hanzi = [...split(words), ...split(surnames), ...split(places), ...split(givenNames)];
const roman = [
  ...split(words).map((word) => romanOf(word)),
  ...split(surnames).map((word) => romanOf(word, true)),
  ...split(places).map((word) => romanOf(word)),
  ...split(givenNames).map((word) => romanOf(word)),
];
const initials = split(words)
  .filter((word) => word.length >= 4)
  .map((word) => pinyin(word, { pattern: 'first', toneType: 'none', type: 'array' }).join(''));

const unique = (list: readonly string[]): string[] => [...new Set(list)].filter((word) => word.length >= 2);
const familySounds = unique(split(surnames).map((word) => romanOf(word, true)));
const givenSounds = unique(split(givenNames).map((word) => romanOf(word)));
const all = unique([...split(plain), ...roman, ...hanzi.filter((word) => word.length >= 2), ...initials]);

/** The 6763 characters of GB 2312 under their most common reading. */
const syllables = new Map<string, string>();
const decoder = new TextDecoder('gb2312');
for (let row = 0xb0; row <= 0xf7; row += 1) {
  for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
    const sign = decoder.decode(Uint8Array.of(row, cell));
    if (!/^\p{Script=Han}$/u.test(sign)) continue;
    const sound = romanOf(sign);
    if (sound !== '') syllables.set(sound, (syllables.get(sound) ?? '') + sign);
  }
}

/** One long string wrapped at about 150 signs, so that the file stays readable in a review. */
const wrapped = (parts: readonly string[]): string => {
  const lines: string[] = [''];
  for (const part of parts) {
    if ((lines.at(-1) ?? '').length + part.length > 150) lines.push('');
    lines[lines.length - 1] = `${lines.at(-1) ?? ''}${lines.at(-1) === '' ? '' : ' '}${part}`;
  }
  return lines.join('\n');
};

const here = import.meta.dirname;
writeFileSync(
  join(here, 'chinese-words.ts'),
  `/** Made by build.ts from source.ts; not edited by hand. ${all.length} words in order of guessing. */
export const chineseWords: readonly string[] = \`
${wrapped(all)}
\`.trim().split(/\\s+/);

/** Pinyin of family names and given names, common ones first. */
export const familySounds: readonly string[] = \`
${wrapped(familySounds)}
\`.trim().split(/\\s+/);
export const givenSounds: readonly string[] = \`
${wrapped(givenSounds)}
\`.trim().split(/\\s+/);
`,
);
writeFileSync(
  join(here, 'pinyin-of-characters.ts'),
  `/** Made by build.ts; not edited by hand. Each syllable, a colon and the characters of GB 2312 commonly read so. */
const table = \`
${wrapped([...syllables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([sound, signs]) => `${sound}:${signs}`))}
\`;

const sounds = new Map<string, string>();
const all: string[] = [];
for (const entry of table.trim().split(/\\s+/)) {
  const [sound = '', signs = ''] = entry.split(':');
  all.push(sound);
  for (const sign of signs) sounds.set(sign, sound);
}

/** Syllables of Mandarin without tone. */
export const syllables: readonly string[] = all;
/** Syllable of each character that has one; others are left out. */
export const pinyinOf = (text: string): string[] => Array.from(text).flatMap((sign) => sounds.get(sign) ?? []);
`,
);
