/** Register F2 as CSV for spreadsheets: one line of the log a row, with the paper's columns. Pure. */
import type { Entry } from '../../../../contract/duty.ts';
import type { Register } from './views.ts';

const typeWords: Readonly<Record<Entry['type'], string>> = { event: '事件', alarm: '报警', fault: '故障', visitor: '来访', equipment: '设备', message: '信息', fire_panel: '消防主机' };

/** A cell that a spreadsheet would take for a formula gets an apostrophe: what people typed is never run. */
export const cell = (value: string): string => {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

export const registerCsvText = (register: Register, timeZone: string): string => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const time = (at: number | null): string => (at === null ? '' : format.format(at));
  const head = ['单位', '监控室', '班次', '班次起', '班次止', '值班员', '序号', '类别', '发生时间', '记录时间', '迟记(分)', '内容', '摄像机', '记录人', '更正', '签字人', '审阅人'];
  const rows = register.shifts.flatMap(({ shift, onPost, sections, entries }) => {
    const front = [register.site, register.room, String(shift.number), time(shift.openedAt), time(shift.closedAt), [...new Set(onPost.map(({ name }) => name))].join('、')];
    const back = [shift.closedBy ?? '', shift.reviewedBy ?? ''];
    const ofSections = sections.map(({ title, text, measured, by }) => [...front, '', '栏目', '', '', '', `${title.zh}：${[...measured.map(({ zh }) => zh), text].join('；')}`, '', by, '', ...back]);
    const ofEntries = entries.map((entry) => [
      ...front, String(entry.number), typeWords[entry.type], time(entry.eventAt), time(entry.enteredAt), entry.lateMs === 0 ? '' : String(Math.round(entry.lateMs / 60_000)), entry.text.zh, entry.camera ?? '', entry.by ?? '系统',
      entry.struck ? '已划去' : entry.corrects === null ? '' : '更正', ...back,
    ]);
    return [...ofSections, ...ofEntries];
  });
  // The mark at the front tells spreadsheets that this is UTF-8.
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
};
