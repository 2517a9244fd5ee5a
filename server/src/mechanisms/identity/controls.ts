/** The rules of regulations that identity holds, each with the clauses that it serves. */
import { declareControl, type Control } from '../../base/control.ts';

export const signOnNeeded = declareControl({
  name: 'identity.sign_on_needed',
  holds: { zh: '未登录不提供任何页面数据和视频流', en: 'no data and no stream without sign-on' },
  pairs: ['SEC-4.1 ACCOUNT', 'SEC-4.2 ACCOUNT'],
});
export const rightOfRole = declareControl({
  name: 'identity.right_of_role',
  holds: { zh: '每次调用由服务器按岗位权限决定', en: 'each call is decided on the server by the rights of the role' },
  pairs: ['COR-5.1.2 ACCOUNT', 'SEC-4.3 ACCOUNT', 'SEC-4.4 ACCOUNT', 'RES-2 ACCOUNT', 'RES-7.4.1 ACCOUNT', 'TEN-7.2 ACCOUNT', 'BRN-A4.4 ACCOUNT'],
});
export const rightHasEnd = declareControl({
  name: 'identity.right_has_end',
  holds: { zh: '权限按人授予，有批准人和期限，到期或撤销即失效', en: 'a right is granted to a person with an approver and an end, and ends with it' },
  pairs: ['TEN-7.1 ACCOUNT'],
});
export const operateOnPost = declareControl({
  name: 'identity.operate_on_post',
  holds: { zh: '值班员、监控员在岗时才能操作', en: 'duty operators and monitors operate only while on post' },
  pairs: ['RES-7.1.1 ACCOUNT', 'RES-7.1.2 ACCOUNT', 'BRN-A4.4 ACCOUNT', 'SEC-4.4 ACCOUNT', 'RES-7.1.1 WALL', 'RES-7.1.2 SNAP'],
});
export const secondConsole = declareControl({
  name: 'identity.second_console',
  holds: { zh: '同一账号不能同时在两个控制台使用', en: 'one account is not used at two consoles' },
  pairs: ['BUS-1.2.4 ACCOUNT', 'BRN-A4.2 ACCOUNT'],
});
export const trainingRecord = declareControl({
  name: 'identity.training_record',
  holds: { zh: '没有有效培训记录不能登录监控台', en: 'no console without a valid record of training' },
  pairs: ['ART-7.1 ACCOUNT'],
});
export const passwordMandatory = declareControl({
  name: 'identity.password_mandatory',
  holds: { zh: '没有密码的账号不存在', en: 'there is no account without a password' },
  pairs: ['BRN-A4.1 ACCOUNT'],
});
export const serviceRights = declareControl({
  name: 'identity.service_rights',
  holds: { zh: '存储只对值守自己的数据库角色开放，且权限列出', en: 'storage is open to Vigil’s own database role alone, and its rights are listed' },
  pairs: ['SAF-4.4.2 ACCOUNT'],
});
export const passwordStrong = declareControl({
  name: 'identity.password_strong',
  holds: { zh: '弱密码不予接受', en: 'weak passwords are refused' },
  pairs: ['SAF-4.2.1 PASSWORD', 'SEC-4.1 PASSWORD'],
});
export const passwordAge = declareControl({
  name: 'identity.password_age',
  holds: { zh: '密码到期只能进入修改页', en: 'with a password past its age only the change form is reached' },
  pairs: ['SAF-4.2.3 PASSWORD'],
});
export const passwordDisclosed = declareControl({
  name: 'identity.password_disclosed',
  holds: { zh: '报告泄露的密码必须修改', en: 'a password reported as known to others must be changed' },
  pairs: ['BUS-1.2.4 PASSWORD', 'BRN-A4.2 PASSWORD'],
});
export const devicePasswords = declareControl({
  name: 'identity.device_passwords',
  holds: { zh: '无密码、弱密码、出厂密码、到期未换的设备列出', en: 'devices without, with a weak, a factory or an overdue password are listed' },
  pairs: ['SAF-4.2.2 PASSWORD', 'BRN-A4.1 PASSWORD'],
});

export const identityControls: readonly Control[] = [
  signOnNeeded, rightOfRole, rightHasEnd, operateOnPost, secondConsole, trainingRecord, passwordMandatory, serviceRights, passwordStrong, passwordAge, passwordDisclosed, devicePasswords,
];
