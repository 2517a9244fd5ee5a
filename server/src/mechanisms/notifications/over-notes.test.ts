/** The ledger's sentence about an alarm that is over is whole in each language. */
import { expect, test } from 'vitest';
import { overNotes } from '../../../../contract/alarm-notes.ts';
import { eventsByKind, tellFact } from '../ledger/index.ts';
import { events } from './events.ts';

const alarm = { alarmId: 'alm_1', kind: 'room.camera_lost', class: 'device', title: { zh: '录像中断', en: 'Camera lost' }, sentence: { zh: '01 东门岗 录像中断', en: '01 East gate lost' } };
const told = (kind: string, body: object) =>
  tellFact(eventsByKind([events.alarmCleared, events.alarmClosed]), { kind, version: 1, subject: 'alm_1', body } as Parameters<typeof tellFact>[1], '', new Map()).sentence;

test.each(Object.keys(overNotes))('%s: no Chinese in the English sentence, no English in the Chinese one', (note) => {
  for (const sentence of [told('notifications.alarm_cleared', { ...alarm, note }), told('notifications.alarm_closed', { ...alarm, verdict: 'over', text: note, findings: null })]) {
    expect(sentence.zh).toContain(note);
    expect(sentence.zh).not.toMatch(/[a-z]/i);
    expect(sentence.en).not.toMatch(/\p{Script=Han}/u);
    expect(sentence.en).not.toMatch(/[: ]$/);
  }
});
