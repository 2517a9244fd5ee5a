import { describe, expect, it } from 'vitest';
import { Language, Role } from '../../../contract/identity.ts';
import { CameraState, GapReason, ProbeOutcome } from '../../../contract/recorder.ts';
import { resources } from './resources.ts';
import { navEntries, routes } from './navigation.ts';

const flat = (words: object, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? [...flat(value, `${prefix}${key}.`)] : [[`${prefix}${key}`, value as string] as const],
    ),
  );
const zh = flat(resources['zh-CN']);
const en = flat(resources.en);
const holes = (text: string): string[] => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? '').sort();
const han = /\p{Script=Han}/u;
/** A language is named in its own writing, in every language. */
const inTheirOwnWriting = new Set(['app.language.zh-CN']);

describe('words', () => {
  it('stand in both languages under the same keys', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    expect(zh.size).toBeGreaterThan(100);
  });
  it('are never empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  it('have no Chinese in English, and no half-width punctuation between Chinese characters', () => {
    expect([...en].filter(([key, text]) => han.test(text) && !inTheirOwnWriting.has(key))).toEqual([]);
    expect([...zh].filter(([, text]) => /\p{Script=Han}[,;:?!]\s?\p{Script=Han}/u.test(text))).toEqual([]);
  });
  it('fill the same holes', () => {
    for (const [key, text] of zh) expect({ key, holes: holes(en.get(key) ?? '') }).toEqual({ key, holes: holes(text) });
  });
  it.each([
    ['role', Role.options],
    ['gapReason', GapReason.options],
    ['cameraState', CameraState.options],
    ['probe', ProbeOutcome.options],
    ['language', Language.options],
  ])('exist for every %s of the contract', (group, options) => {
    expect(options.filter((option) => !zh.has(`app.${group}.${option}`))).toEqual([]);
    expect([...zh.keys()].filter((key) => key.startsWith(`app.${group}.`)).length).toBe(options.length);
  });
});

describe('navigation', () => {
  it('leads only to pages that exist, with a title in both languages', () => {
    const paths = new Set(routes.map(({ path }) => path));
    expect(paths.size).toBe(routes.length);
    expect(navEntries.filter(({ path }) => !paths.has(path))).toEqual([]);
    for (const { title } of [...routes, ...navEntries]) {
      expect(title.zh).toMatch(han);
      expect(title.en).not.toMatch(han);
      expect(title.en.length).toBeGreaterThan(1);
    }
  });
});
