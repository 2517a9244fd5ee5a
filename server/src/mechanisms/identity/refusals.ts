/** Every "no" of identity. */
import { declareRefusals } from '../../base/refusal.ts';

export const identityRefusals = declareRefusals('identity', {
  not_signed_in: { kind: 'unauthenticated', zh: '请先登录。', en: 'Sign in first.' },
  session_ended: { kind: 'unauthenticated', zh: '登录已结束（{why}），请重新登录。', en: 'The session has ended ({whyEn}). Sign in again.' },
  wrong_sign_in: { kind: 'unauthenticated', zh: '账号或密码不正确。', en: 'Account or password is not right.' },
  slow_down: { kind: 'too_many', zh: '尝试次数过多，请等待 {seconds} 秒后再试。', en: 'Too many attempts from here. Wait {seconds} s and try again.' },
  busy: { kind: 'too_many', zh: '正在登录的人太多，请稍后再试。', en: 'Too many people are signing in at this moment. Try again shortly.' },
  forbidden: { kind: 'forbidden', zh: '{zh}', en: '{en}' },
  own_roles: { kind: 'forbidden', zh: '任何人都不能修改自己的角色或停用自己，请由另一位系统管理员操作。', en: 'Nobody changes their own roles or deactivates themselves: another system administrator must do it.' },
  own_password_elsewhere: { kind: 'forbidden', zh: '自己的密码请在“修改密码”中修改（需要输入当前密码）。', en: 'Change your own password under "Change password", where the present one is asked.' },
  last_administrator: { kind: 'conflict', zh: '这是最后一位在用的系统管理员，不能停用或改为其他角色；请先添加另一位系统管理员。', en: 'This is the last active system administrator. Add another one first.' },
  roles_conflict: { kind: 'invalid', zh: '系统管理员、安全管理员不能兼任其他角色。', en: 'A system or security administrator holds no other role.' },
  account_taken: { kind: 'conflict', zh: '账号“{account}”已被使用，账号不能重复使用。', en: 'The account "{account}" is taken; accounts are never reused.' },
  person_unknown: { kind: 'not_found', zh: '没有这个人员。', en: 'There is no such person.' },
  password_weak: { kind: 'invalid', zh: '{zh}', en: '{en}' },
  password_wrong: { kind: 'invalid', zh: '当前密码不正确。', en: 'The present password is not right.' },
  password_same: { kind: 'invalid', zh: '新密码不能与当前密码相同。', en: 'The new password must differ from the present one.' },
  set_up_done: { kind: 'conflict', zh: '本机已完成设置，请登录。', en: 'This machine has been set up already. Sign in.' },
  code_wrong: { kind: 'invalid', zh: '一次性设置码不正确；请查看启动值守的终端窗口，每次启动都会换新码。', en: 'The one-time code is not right. It stands in the terminal that started Vigil; each start makes a new one.' },
  code_tries: { kind: 'too_many', zh: '设置码每分钟最多试 5 次，请等待 {seconds} 秒。', en: 'At most 5 tries of the code a minute. Wait {seconds} s.' },
  time_zone_unknown: { kind: 'invalid', zh: '没有时区“{timeZone}”，例如 Asia/Shanghai。', en: 'There is no time zone "{timeZone}"; an example is Asia/Shanghai.' },
  accounts_equal: { kind: 'invalid', zh: '管理员和值班员必须是两个不同的账号。', en: 'The administrator and the duty operator must have different accounts.' },
  no_demonstration: { kind: 'conflict', zh: '这里不能建立演示监控室。', en: 'No demonstration room can be made here.' },
});

export type EndReason = 'signed_out' | 'idle' | 'password_changed' | 'deactivated' | 'recovered';

export const endReasons: Readonly<Record<EndReason, { zh: string; en: string }>> = {
  signed_out: { zh: '已退出', en: 'signed out' },
  idle: { zh: '长时间没有操作', en: 'no activity for a long time' },
  password_changed: { zh: '密码已修改', en: 'the password was changed' },
  deactivated: { zh: '账号已停用', en: 'the account was deactivated' },
  recovered: { zh: '管理员密码已在本机重置', en: 'the administrator password was reset on the machine' },
};
export const sessionEnded = (reason: EndReason) => identityRefusals('session_ended', { why: endReasons[reason].zh, whyEn: endReasons[reason].en });
