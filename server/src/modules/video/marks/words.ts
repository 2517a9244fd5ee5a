/** What kinds of marks are called. */
import type { Sentence } from '../../../base/refusal.ts';

export const markWords: Readonly<Record<'bookmark' | 'suspicious', Sentence>> = { bookmark: { zh: '书签', en: 'bookmark' }, suspicious: { zh: '可疑情况', en: 'suspicious' } };
