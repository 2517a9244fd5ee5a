import { describe, expect, test } from 'vitest';
import { generatePassword } from './generate.ts';
import { judgePassword, type About } from './verdict.ts';

const about: About = { account: 'zhangwei88', name: '张伟', places: ['东门客运站', '一号监控室'] };

describe('passwords', () => {
  const weak = [
    'woaini1314', 'zhangjiankong', 'Woaini1314', 'woaini5201314', 'jiankongshi123', 'zhongguo2008', 'admin123456', '1qaz2wsx3edc', 'qwertyuiop',
    '8888888888', '1234567890', 'abcdefghij', 'wangjianguo123', 'beijing2008', 'anquandiyi888', 'shengrikuaile', '我爱你我爱你我爱你我', '监控室监控室监控室一', 'haikang12345',
    'W0aini1314', 'p@ssw0rd1234', 'ｗｏａｉｎｉ１３１４', '19880612wang',
  ];
  test.each(weak)('%s is refused', async (password) => {
    const verdict = await judgePassword(password, about);
    expect(verdict.accepted).toBe(false);
    expect(verdict.score).toBeLessThan(3);
    expect(verdict.zh).not.toBe('');
    expect(verdict.en).not.toBe('');
  });

  test.each(['zhangwei88zhangwei88', 'zhangwei2026', 'dongmenkeyunzhan', 'weizhang1234', '张伟张伟张伟张伟张伟', 'dmkyz2026'])('%s is refused to somebody whose name, account or site it is', async (password) => {
    expect((await judgePassword(password, about)).accepted).toBe(false);
  });

  test('what is refused as personal says so', async () => {
    expect((await judgePassword('zhangwei88zw', about)).zh).toContain('姓名');
  });

  test('what is too short says how long it must be', async () => {
    const verdict = await judgePassword('xK9#vQ2!m', about);
    expect(verdict).toMatchObject({ accepted: false, zh: '密码至少要 10 个字符。' });
  });

  test.each(['correct-horse-violin-77', '骆驼石榴风筝台灯雨伞算盘', 'Tr7#kpLw29xQ'])('%s is accepted', async (password) => {
    expect(await judgePassword(password, about)).toMatchObject({ accepted: true });
  });

  test('passwords that Vigil makes are accepted and never the same', async () => {
    const made = Array.from({ length: 50 }, generatePassword);
    expect(new Set(made).size).toBe(made.length);
    for (const password of made) expect(await judgePassword(password, about), password).toMatchObject({ accepted: true, score: 4 });
  });

  test('the longest input is judged as quickly as a short one', async () => {
    const verdict = await judgePassword('a'.repeat(256), about);
    expect(verdict.accepted).toBe(false);
  });
});
