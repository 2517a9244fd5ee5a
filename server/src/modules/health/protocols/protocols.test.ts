/** What time servers, supplies and disks answer, read bounded and without trust. */
import { expect, test } from 'vitest';
import { readVariables, upsState } from './nut.ts';
import { readDisk } from './smart.ts';
import { readSntp, sntpAnswer, sntpQuestion } from './sntp.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');

test('the offset is that of this machine against the server, whatever the way took; also in the next era of the counter', () => {
  for (const now of [noon, Date.parse('2040-01-01T00:00:00Z')]) {
    const question = sntpQuestion(now);
    const read = readSntp(sntpAnswer(question, now + 3_000 + 20), question, now, now + 40);
    expect(read).toMatchObject({ offsetMs: expect.closeTo(-3_000, 0), delayMs: expect.closeTo(40, 0) });
  }
});

test('an answer to another question, a cut one and a server without time are told apart', () => {
  const question = sntpQuestion(noon);
  const answer = sntpAnswer(question, noon);
  expect(readSntp(sntpAnswer(sntpQuestion(noon + 1), noon), question, noon, noon)).toBe('not_ours');
  expect(readSntp(answer.subarray(0, 40), question, noon, noon)).toBe('not_ours');
  answer[1] = 16;
  expect(readSntp(answer, question, noon, noon)).toBe('not_synchronised');
});

test('a supply on battery with a low charge is bad; its list is awaited to its end and never without bound', () => {
  const list = (status: string) => `BEGIN LIST VAR a\nVAR a ups.status "${status}"\nVAR a battery.charge "12"\nEND LIST VAR a\n`;
  expect(readVariables('BEGIN LIST VAR a\nVAR a ups.status "OL"\n')).toBeNull();
  expect(readVariables('ERR UNKNOWN-UPS\n')).toBe('unknown_unit');
  expect(readVariables('ERR ACCESS-DENIED\n')).toBe('denied');
  expect(readVariables('x'.repeat(200_000))).toBe('unreadable');
  const bad = readVariables(list('OB LB'));
  expect(bad instanceof Map ? upsState(bad) : null).toMatchObject({ seen: 'bad', charge: 12, words: { zh: '市电中断，正由电池供电，电池电量低，电量 12%' } });
  const good = readVariables(list('OL'));
  expect(good instanceof Map ? upsState(good).seen : null).toBe('good');
});

test('a disk that fails its check or has unreadable sectors is bad; one that tells nothing is unknown; what is no report is none', () => {
  const disk = (more: object) => readDisk('/dev/sda', JSON.stringify({ model_name: 'X', serial_number: '1', ...more }));
  expect(disk({ smart_status: { passed: true }, temperature: { current: 35 } })).toMatchObject({ seen: 'good', temperature: 35 });
  expect(disk({ smart_status: { passed: false } })?.seen).toBe('bad');
  expect(disk({ smart_status: { passed: true }, ata_smart_attributes: { table: [{ id: 197, raw: { value: 8 } }] } })).toMatchObject({ seen: 'bad', words: { zh: '8 个扇区读不出' } });
  expect(disk({})?.seen).toBe('unknown');
  expect(readDisk('/dev/sda', 'not json')).toBeNull();
});
