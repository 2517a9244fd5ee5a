/** Words of sign-in, set-up, people and one's own account. */
export const zh = {
  signIn: {
    title: '登录', account: '账号', password: '密码', enter: '登录', trust: '浏览器提示“不安全”？看这里', over: '上次的登录已结束，请重新登录。',
    demonstration: '这是演示监控室。账号和密码显示在启动它的终端里。', wait: '请等 {{seconds}} 秒再试。',
  },
};
