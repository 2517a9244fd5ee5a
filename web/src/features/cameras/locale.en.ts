import type { zh } from './locale.zh-CN.ts';
import type { Words } from '../../ui/words.ts';

export const en: Words<typeof zh> = {
  title: 'X',
};
