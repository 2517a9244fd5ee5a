/** Sentences of server and terminal use half-width marks; on a screen they stand beside full-width ones. Only marks that follow a Chinese character are widened: addresses, times and code stay as they are. Pure. */
const wide: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };
const before = String.raw`(?<=[\p{Script=Han}》」”）])`;
const marks = new RegExp(`${before}[,;:?!](?!//)`, 'gu');
/** A pair of brackets with Chinese before or inside. */
const brackets = /(?<=\p{Script=Han})\(([^()]*)\)|\(([^()]*\p{Script=Han}[^()]*)\)/gu;

export const chinesePunctuation = (sentence: string): string =>
  sentence.replace(brackets, (_, after: string | undefined, inside: string | undefined) => `（${after ?? inside ?? ''}）`).replace(marks, (mark) => wide[mark] ?? mark);
