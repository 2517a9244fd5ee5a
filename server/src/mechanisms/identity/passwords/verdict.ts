/**
 * May this be a password: long enough, not on the list, and hard to guess by somebody who knows Chinese, the person and the site. The
 * answer says what to do. Needs no database; the word lists (about 20 MB in memory) are loaded when first asked.
 */
import type { MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { Sentence } from '../../../base/refusal.ts';

export interface About {
  account: string;
  name: string;
  /** Site and room, once they have names. */
  places: readonly string[];
  /** In characters, where the room asks for more than Vigil does. */
  minLength?: number;
}

export interface Verdict extends Sentence {
  /** 0 guessed at once … 4 strong. */
  score: number;
  accepted: boolean;
}

export const shortestPassword = 10;
const lowestScore = 3;
/** Longer ones are judged by their beginning, so that no input costs more than a few milliseconds. */
const judgedLength = 40;

type Cause = 'short' | 'blocked' | 'personal' | 'word' | 'keyboard' | 'pattern' | 'date' | 'guessable';

const advice: Readonly<Record<Exclude<Cause, 'short'>, Sentence>> = {
  blocked: { zh: '这是最常被猜到的密码之一，请换一个。', en: 'This is one of the first passwords to be guessed. Take another one.' },
  personal: { zh: '密码中含有账号、姓名或单位名称（或其拼音），请换成与本人、本单位无关的内容。', en: 'It holds the account, the name or the place (or their pinyin). Use words that have nothing to do with them.' },
  word: { zh: '密码主要由常见的词、拼音或数字组成，容易被猜到；请再加几个互不相关的词。', en: 'It is made of common words, pinyin or numbers. Add some words that have nothing to do with each other.' },
  keyboard: { zh: '密码是键盘上相邻的按键，容易被猜到；请用几个互不相关的词。', en: 'It follows the rows of the keyboard. Use some words that have nothing to do with each other.' },
  pattern: { zh: '密码是重复或连续的字符，容易被猜到；请用几个互不相关的词。', en: 'It repeats or counts up. Use some words that have nothing to do with each other.' },
  date: { zh: '密码中的日期或年份容易被猜到；请用几个互不相关的词。', en: 'Dates and years are guessed early. Use some words that have nothing to do with each other.' },
  guessable: { zh: '密码不够强，请再长一些。', en: 'It is not strong enough. Make it longer.' },
};
const tooShort = (least: number): Sentence => ({ zh: `密码至少要 ${least} 个字符。`, en: `A password has at least ${least} characters.` });
const fine: Sentence = { zh: '可以使用。', en: 'Good to use.' };
const strong: Sentence = { zh: '很好，强度高。', en: 'Very good: strong.' };

interface Judge {
  factory: ZxcvbnFactory;
  blocked: ReadonlySet<string>;
  pinyinOf: (text: string) => string[];
}

/** Two thirds of all people have one of these family names. */
const commonFamilies = 40;

let judge: Promise<Judge> | null = null;
const loadJudge = async (): Promise<Judge> => {
  const [{ ZxcvbnFactory: Factory }, common, { chineseWords, familySounds, givenSounds }, { syllables, pinyinOf }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('./words/chinese-words.ts'),
    import('./words/pinyin-of-characters.ts'),
  ]);
  const names = givenSounds.flatMap((given) => familySounds.slice(0, commonFamilies).map((family) => family + given));
  const factory = new Factory({
    dictionary: { ...common.dictionary, chinese: [...chineseWords], names, syllables: [...syllables] },
    graphs: { qwerty: common.adjacencyGraphs.qwerty, keypad: common.adjacencyGraphs.keypad },
    maxLength: judgedLength,
    l33tMaxSubstitutions: 20,
  });
  return { factory, blocked: new Set(chineseWords), pinyinOf };
};

const shortestPiece = 2;

/** What somebody who knows the person tries first: the words themselves, their pieces, their pinyin and its initials. */
export const personalWords = (about: About, pinyinOf: (text: string) => string[]): string[] => {
  const words = new Set<string>();
  for (const text of [about.account, about.name, ...about.places]) {
    const whole = text.normalize('NFKC').toLowerCase();
    const pieces = [whole, ...whole.split(/[^\p{L}\p{N}]+/u), ...whole.split(/(?<=\D)(?=\d)|(?<=\d)(?=\D)/u)];
    const signs = Array.from(whole);
    for (let length = 2; length <= 4; length += 1) {
      for (let start = 0; start + length <= signs.length; start += 1) {
        const piece = signs.slice(start, start + length).join('');
        if (/^\p{Script=Han}+$/u.test(piece)) pieces.push(piece);
      }
    }
    for (const piece of pieces) {
      const sounds = pinyinOf(piece);
      for (const word of [piece, sounds.join(''), sounds.map((sound) => sound[0] ?? '').join(''), [...sounds.slice(1), sounds[0] ?? ''].join('')]) {
        if (word.length >= shortestPiece) words.add(word);
      }
    }
  }
  return [...words];
};

const causeOf = (sequence: readonly MatchExtended[], length: number): Cause => {
  const share = new Map<Cause, number>();
  for (const match of sequence) {
    const dictionary = 'dictionaryName' in match ? String(match.dictionaryName) : '';
    const cause: Cause =
      match.pattern === 'dictionary' ? (dictionary === 'userInputs' ? 'personal' : 'word')
      : match.pattern === 'spatial' ? 'keyboard'
      : match.pattern === 'repeat' || match.pattern === 'sequence' ? 'pattern'
      : match.pattern === 'date' || match.pattern === 'regex' ? 'date'
      : 'guessable';
    share.set(cause, (share.get(cause) ?? 0) + match.token.length);
  }
  const [cause, signs] = [...share].filter(([of]) => of !== 'guessable').sort((a, b) => b[1] - a[1])[0] ?? ['guessable', 0];
  return signs * 3 >= length ? cause : 'guessable';
};

export const judgePassword = async (password: string, about: About): Promise<Verdict> => {
  judge ??= loadJudge();
  const { factory, blocked, pinyinOf } = await judge;
  const plain = password.normalize('NFKC');
  const judged = plain.slice(0, judgedLength);
  const result = factory.check(judged, personalWords(about, pinyinOf));
  const least = Math.max(shortestPassword, about.minLength ?? 0);
  const refused = (cause: Cause): Verdict => ({ score: Math.min(result.score, lowestScore - 1), accepted: false, ...(cause === 'short' ? tooShort(least) : advice[cause]) });
  if (blocked.has(plain.toLowerCase())) return { ...refused('blocked'), score: 0 };
  if (Array.from(plain).length < least) return refused('short');
  if (result.score < lowestScore) return refused(causeOf(result.sequence, judged.length));
  return { score: result.score, accepted: true, ...(result.score === 4 ? strong : fine) };
};
