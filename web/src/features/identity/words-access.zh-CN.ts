/** Words of second factors, sessions and what must be done first. */
export const accessZh = {
  proof: {
    title: '请再次验证身份', why: '这是敏感操作，需要确认是您本人。5 分钟内不再询问。', passkey: '用通行密钥验证', act: '验证', code: '动态验证码', codeHint: '手机上显示的 6 位数字；手机不在身边时可用恢复码。', needCode: '请填写验证码。',
  },
  restricted: {
    second_console: { title: '第二个控制台', text: '您的账号正在岗位上使用，又在这里登录，已提醒班长。原来的控制台不受影响。要在这里操作，请先验证身份。' },
    change_password: { title: '请先修改密码', text: '密码是初始密码、由他人设置、已到期或被报告泄露。修改后即可继续。' },
    enrol_second_factor: { title: '请添加第二种验证', text: '本监控室要求密码之外的第二种验证。添加通行密钥或动态验证码后即可继续。' },
  },
  passkeys: {
    title: '通行密钥', about: '用指纹、面容或 PIN 登录和签字，密钥只在您的设备里。', add: '添加通行密钥', name: '名称', nameHint: '例如：值班台指纹、我的手机。', remove: '移除', removeTitle: '移除“{{name}}”', removeText: '移除后不能再用它登录和签字。',
    added: '{{day}} 添加', used: '{{day}} 用过', backedUp: '设备厂商有备份', givenUp: '没有添加：设备上取消了，或等待超时。',
    localhost: '在此地址添加的通行密钥只在这台电脑上有效。要在正式地址使用，请找系统管理员。',
    needsName: '此地址不能使用通行密钥。请用下面的动态验证码；需要通行密钥时请找系统管理员。', needsTls: '此地址没有加密，不能使用通行密钥。请用 https 地址打开，或用下面的动态验证码；不知道地址时请找系统管理员。', noBrowser: '这个浏览器不能使用通行密钥。请用下面的动态验证码。',
  },
  codes: {
    title: '动态验证码', about: '手机验证器每 30 秒显示一个 6 位数字，登录时与密码一起填写。', start: '启用动态验证码', renew: '换一部手机', stop: '停用', stopTitle: '停用动态验证码', stopText: '停用后登录不再需要验证码，也不能再用密码加验证码签字。',
    since: '{{day}} 起使用。恢复码还剩 {{left}} 个。', step1: '第 1 步：扫描', step1Text: '用手机上的验证器扫描二维码。', qr: '验证器二维码', byHand: '不能扫描时手动输入：', step2: '第 2 步：确认', shown: '手机上显示的验证码', confirm: '确认启用',
    recoveryTitle: '恢复码，只显示这一次', recoveryText: '手机丢失时，每个恢复码可代替验证码登录一次。请打印或抄下，放在安全的地方。', print: '打印', kept: '已收好',
  },
  sessions: {
    title: '登录的地方', about: '不认识的请立即结束，并修改密码。', own: '这个窗口', other: '另一处', end: '结束', limited: '未验证，不能操作',
    proof: { password: '密码', passkey: '通行密钥', password_totp: '密码和验证码', password_recovery: '密码和恢复码' },
  },
  disclosure: { title: '报告密码泄露', ownText: '他人可能知道了您的密码时请报告。报告后须先修改密码；在岗的人交班前不会断开。', act: '报告泄露', otherText: '报告后 {{name}} 须先修改密码才能继续；在岗时交班前不会断开，并提醒班长。' },
};
