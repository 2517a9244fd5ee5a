import { expect, test } from 'vitest';
import * as notes from './recorder-notes.ts';
import { recorderWords } from './words.ts';

test.each([
  [notes.noteOfStart({ previousEnd: 'first', recoveredSegments: 0 }), '录像服务启动（首次）', 'Recorder started (for the first time)'],
  [notes.noteOfStart({ previousEnd: 'crashed', recoveredSegments: 4 }), '录像服务启动（上次异常退出，找回录像 4 段）', 'Recorder started (ended unexpectedly before; segments recovered: 4)'],
  [notes.noteOfStop(), '录像服务有序停止', 'Recorder stopped in order'],
  [notes.noteOfClock({ deltaMs: -3_200 }), '本机时钟被拨慢 3.2 秒', 'The clock of the machine was set back by 3.2 s'],
  [notes.noteOfRefusedStorage({ path: '/mnt/a', reason: 'identity_differs' }), '录像存储 /mnt/a 被拒绝使用：标识不符，属于别的存储或单位', 'Storage /mnt/a was refused: its identity is that of another storage or site'],
  [notes.noteOfLowStorage({ freeBytes: 5_153_960_755 }), '录像存储空间不足，剩余 4.8 GiB', 'Storage is low: 4.8 GiB free'],
  [notes.noteOfLoss(6, 8), '录像流水缺失第 6 至 8 条', "Entries 6 to 8 of the recorder's journal are missing"],
])('%o is told in words of the field', (note, zh, en) => {
  expect(note.detail).toEqual({ zh, en });
  expect(recorderWords[note.what]).toBeDefined();
});
