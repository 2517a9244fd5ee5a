/** Forms that tests fill in. */
import type { SetUpForm } from '../../../../../contract/identity.ts';

export const administratorPassword = 'renshu-qalomo-tieban-4406';
export const operatorPassword = 'lumbo-shangei-wuzang-9127';

export const setUpForm = (code: string, more: Partial<SetUpForm> = {}): SetUpForm => ({
  code,
  site: { name: '西门客运站', timeZone: 'Asia/Shanghai' },
  room: { name: '二号监控室' },
  language: 'zh-CN',
  administrator: { account: 'LinHaitao', name: '林海涛', staffNumber: 'A001', password: administratorPassword },
  dutyOperator: { account: 'wangjianguo', name: '王建国', staffNumber: 'B001', password: operatorPassword },
  camera: null,
  ...more,
});
