/**
 * `vigil recover-admin [account]`: the way back in for who stands at the machine, with the room running or stopped. Prints a new password
 * once; the act is a fact that no administrator can remove.
 */
import { systemClock } from '../../base/clock.ts';
import { createHasher, recoverAdministrator, type Recovered } from '../../mechanisms/identity/index.ts';
import { createLedger, ledgerKeyFile, openLedgerKey } from '../../mechanisms/ledger/index.ts';
import type { Command, CommandContext } from './command.ts';
import { withDatabase, type ReachOptions } from './reach-database.ts';
import { commandRefusals } from './usage.ts';

const usage = 'recover-admin [账号 account]';

export const recoverAdmin = (account: string | null, options: ReachOptions): Promise<Recovered> =>
  withDatabase(options, (database) => {
    const ledger = createLedger({ clock: systemClock, key: openLedgerKey(ledgerKeyFile(options.config.dataFolder)) });
    return recoverAdministrator({ database, clock: systemClock, ledger, hasher: createHasher() }, account);
  });

const run = async ({ args, config, tell, line }: CommandContext): Promise<number> => {
  const [wanted = null] = args;
  if (args.length > 1 || wanted?.startsWith('-') === true) throw commandRefusals('usage', { usage });
  const { account, name, password, madeNew } = await recoverAdmin(wanted, { config });
  tell(
    madeNew
      ? { zh: `已建立系统管理员 ${account}。`, en: `Made the system administrator ${account}.` }
      : { zh: `已重置系统管理员 ${name}(${account})的密码，原有登录全部结束。`, en: `Reset the password of the system administrator ${name} (${account}); earlier sessions are ended.` },
  );
  line(`账号 / Account:  ${account}`);
  line(`密码 / Password: ${password}`);
  tell({ zh: '密码只显示这一次，登录后请立即修改。此操作已记入账本。', en: 'The password is shown this once; change it after signing in. The act is in the ledger.' });
  return 0;
};

export const command: Command = {
  summary: {
    zh: '为系统管理员设置新密码（账号不存在时新建一位），记入账本',
    en: 'A new password for a system administrator, or a new one; recorded in the ledger',
  },
  usage,
  run,
};
