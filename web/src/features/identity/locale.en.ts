import type { zh } from './locale.zh-CN.ts';
import type { Words } from '../../ui/words.ts';

export const en: Words<typeof zh> = {
  signIn: {
    title: 'Sign in', account: 'Account', password: 'Password', enter: 'Sign in', trust: 'The browser says “not secure”? Read this', over: 'The last session is over; sign in again.',
    demonstration: 'This is the demonstration room. Accounts and passwords are shown in the terminal that started it.', wait: 'Try again in {{seconds}} s.',
  },
};
