import { expect, test } from 'vitest';
import { Refusal } from '../../base/refusal.ts';
import { migrationFile, planMigrations, type AppliedMigration } from './migrate-plan.ts';

const one = migrationFile('0001-one', 'SELECT 1;');
const two = migrationFile('0002-two', 'SELECT 2;');
const three = migrationFile('0003-three', 'SELECT 3;');
const applied = (...files: AppliedMigration[]): AppliedMigration[] => files.map(({ number, name, sha256 }) => ({ number, name, sha256 }));
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
  return 'no refusal';
};

test('an empty database gets every migration in order', () => {
  expect(planMigrations([three, one, two], []).map((file) => file.name)).toEqual(['0001-one', '0002-two', '0003-three']);
});

test('what was applied is not applied again', () => {
  expect(planMigrations([one, two, three], applied(one, two))).toEqual([three]);
});

test('a database of a newer version is refused', () => {
  expect(codeOf(() => planMigrations([one], applied(one, two)))).toBe('database.newer');
});

test('a migration changed after it was applied is refused, be it by one space', () => {
  expect(codeOf(() => planMigrations([migrationFile('0001-one', 'SELECT  1;'), two], applied(one)))).toBe('database.changed');
});

test('a renamed migration is refused', () => {
  expect(codeOf(() => planMigrations([migrationFile('0001-uno', 'SELECT 1;')], applied(one)))).toBe('database.changed');
});

test('two files of one number are refused', () => {
  expect(codeOf(() => planMigrations([one, migrationFile('0001-other', 'SELECT 9;')], []))).toBe('database.numbering');
});

test('a migration that slipped in below an applied one is refused', () => {
  expect(codeOf(() => planMigrations([one, two, three], applied(one, three)))).toBe('database.numbering');
});

test('line ends of a Windows checkout do not change the hash', () => {
  expect(migrationFile('0001-one', 'SELECT 1;\r\nSELECT 2;\r\n').sha256).toBe(migrationFile('0001-one', 'SELECT 1;\nSELECT 2;\n').sha256);
});

test('a file name that is no number and words is refused', () => {
  expect(codeOf(() => migrationFile('1-one', ''))).toBe('database.numbering');
});
