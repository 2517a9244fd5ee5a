/** Why an alarm is over, as the machine notes it: the Chinese words stand in the records, the others are told from them. */
export const overNotes = {
  手续已补办: { zh: '手续已补办', en: 'the papers were granted' },
  画面已恢复: { zh: '画面已恢复', en: 'the picture is in time again' },
  '录像中断，另行报警': { zh: '录像中断，另行报警', en: 'nothing is recorded now: another alarm says so' },
  录像已恢复: { zh: '录像已恢复', en: 'recording is back' },
  备份已正常: { zh: '备份已正常', en: 'backup is in order again' },
  存储预计足够: { zh: '存储预计足够', en: 'the storages will be enough' },
  摄像机已撤除: { zh: '摄像机已撤除', en: 'the camera was taken down' },
} as const;
export type OverNote = keyof typeof overNotes;

const isOverNote = (text: string): text is OverNote => Object.hasOwn(overNotes, text);
/** A note of the machine in both languages; a person's words stay as they were written. */
export const noteWords = (text: string): { zh: string; en: string } => (isOverNote(text) ? overNotes[text] : { zh: text, en: text });
