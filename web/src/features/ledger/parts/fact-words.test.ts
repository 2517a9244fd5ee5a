import { describe, expect, it } from 'vitest';
import { en } from '../locale.en.ts';
import { zh } from '../locale.zh-CN.ts';
import { zh as appZh } from '../../../app/locale.zh-CN.ts';
import { factRows, subjectName } from './fact-words.ts';
import type { FactWords } from './fact-words.ts';
import { isMeantDay } from './filter.ts';

const lookUp = (tree: object, path: string): string | null => {
  let value: unknown = tree;
  for (const part of path.split('.')) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return typeof value === 'string' ? value : null;
};
const words = (english: boolean): FactWords => ({
  timeZone: 'Asia/Shanghai',
  english,
  word: (key) => (key.startsWith('app:') ? lookUp(appZh, key.slice(4)) : lookUp(english ? en : zh, key)),
  phrase: (key, holes) => (english ? en : zh)[key].replace(/\{\{(\w+)\}\}/g, (_, hole: string) => String(holes[hole])),
});
const at = Date.UTC(2026, 10, 22, 18, 47, 16);

describe('the body of a fact', () => {
  it('is told in field words, with times in the zone of the site and no ids', () => {
    const body = { gapId: 'gap_1', cameraId: 'cam_1', camera: '07 行包房', from: at, until: at + 484_000, reason: 'network' };
    expect(factRows(body, words(false))).toEqual([
      ['摄像机', '07 行包房'],
      ['从', '2026-11-23 02:47:16'],
      ['到', '2026-11-23 02:55:20'],
      ['原因', '网络中断'],
    ]);
  });

  it('tells codes, lists, spans, sizes and sentences in the language of the screen', () => {
    const body = { changed: ['name', 'retention'], retentionDays: 90, sizeBytes: 3_400_000, intervals: [{ from: at, until: at + 60_000 }], titles: { zh: '值班员', en: 'duty operator' }, why: { zh: '停用', en: 'deactivated' }, own: true, behindMs: 350 };
    expect(factRows(body, words(true))).toEqual([
      ['Changed', 'name, days kept'],
      ['Days kept', '90 days'],
      ['Size', '3 MB'],
      ['Times watched', '2026-11-23 02:47:16 – 2026-11-23 02:48:16'],
      ['Why', 'deactivated'],
      ['Changed by the person', 'yes'],
      ['Set back by', '0.3 s'],
    ]);
  });

  it('says that a personal value was erased, and cuts a long list with its count', () => {
    const segments = Array.from({ length: 40 }, (_, index) => ({ segmentId: `seg_${index}`, from: at, until: at + 60_000, sizeBytes: 1 }));
    const rows = new Map(factRows({ name: { '$h': 'a'.repeat(64) }, segments }, words(false)));
    expect(rows.get('录像段')?.split('\n')).toHaveLength(13);
    expect(rows.get('录像段')).toMatch(/等 40 项$/);
  });
});

describe('what a fact is about', () => {
  const places = { site: { siteId: 'site_1', name: '东门客运站' }, room: { roomId: 'room_1', name: '一号监控室' } };
  const about = (subject: string, body: Record<string, unknown>) => subjectName({ subject, body, actor: { id: 'per_1', name: '李建国' } }, places);
  it('goes by the name of place, person or camera, and never guesses', () => {
    expect(about('site_1', {})).toBe('东门客运站');
    expect(about('per_1', { name: '别人' })).toBe('李建国');
    expect(about('cam_1', { number: 7, name: '行包房' })).toBe('07 行包房');
    expect(about('cam_1', { camera: '07 行包房' })).toBe('07 行包房');
    expect(about('snp_1', {})).toBeNull();
  });
});

describe('a day in the filter', () => {
  it('counts when its year is typed out: every reading is a recorded act', () => {
    expect(['0002-11-23', '0202-11-23', '2026-11-23', ''].filter(isMeantDay)).toEqual(['2026-11-23', '']);
  });
});
