/** What people call the coded values of a request, and a span of time in words. */
import type { Sentence } from '../../base/refusal.ts';
import { events } from './events.ts';

const none: Sentence = { zh: '', en: '' };
export const modeWords = (mode: string): Sentence => events.viewingBegun.words['mode']?.[mode] ?? none;
export const reasonWords = (reasonClass: string): Sentence => events.requestSubmitted.words['reasonClass']?.[reasonClass] ?? none;
export const outcomeWords = (outcome: string): Sentence => events.resultWritten.words['outcome']?.[outcome] ?? none;
export const typeWords = (type: string): Sentence => events.requestSubmitted.words['type']?.[type] ?? none;
const groups: Readonly<Record<string, Sentence>> = {
  colleague: { zh: '本单位人员', en: 'colleague' }, tour: { zh: '参观人员', en: 'visitor on a tour' }, outsider: { zh: '外来人员', en: 'somebody from outside' }, authority: { zh: '机关人员', en: 'authority' },
};
export const viewerGroupWords = (group: string): Sentence => groups[group] ?? none;

/** "2026-11-22 14:00:00 至 14:10:00" in the site's time. */
export const spanText = (from: number, until: number, timeZone: string): Sentence => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const [begin, end] = [format.format(from), format.format(until)];
  const short = end.slice(0, 10) === begin.slice(0, 10) ? end.slice(11) : end;
  return { zh: `${begin} 至 ${short}`, en: `${begin} to ${short}` };
};
export const timeText = (at: number | null, timeZone: string): string => (at === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at));
