import type { zh } from './locale.zh-CN.ts';
import type { Words } from './words.ts';

export const en: Words<typeof zh> = {
  loading: 'Loading…',
  again: 'Try again',
  noRight: 'You cannot use this page',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  search: 'Search',
  searchNothing: 'Nothing found for "{{text}}".',
  reason: 'Reason',
  reasonNeeded: 'Say why; it goes into the ledger.',
  more: 'Earlier entries',
  optional: 'optional',
  required: 'Please fill this in.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  copied: 'Copied',
  copy: 'Copy',
  priority: { critical: 'critical', high: 'high', medium: 'medium', information: 'information' },
};
