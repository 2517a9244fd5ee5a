/** Refusals of the command line itself. */
import { declareRefusals } from '../../base/refusal.ts';

export const commandRefusals = declareRefusals('command', {
  usage: { kind: 'invalid', zh: '用法：npm run vigil -- {usage}', en: 'Usage: npm run vigil -- {usage}' },
  file_exists: { kind: 'conflict', zh: '{file} 已存在，不会覆盖。', en: '{file} exists and is not overwritten.' },
  file_missing: { kind: 'not_found', zh: '没有文件 {file}。', en: 'There is no file {file}.' },
  passphrase_wrong: { kind: 'invalid', zh: '口令不能打开 {file}。', en: 'The passphrase does not open {file}.' },
  package_sealed_altered: { kind: 'invalid', zh: '{file} 的加密内容被改动，或口令有误。', en: 'The encrypted content of {file} was altered, or the passphrase is wrong.' },
  external_database: {
    kind: 'conflict',
    zh: '数据库由 VIGIL_DATABASE_URL 指定，备份需要其所有者：请同时设置 VIGIL_DATABASE_OWNER_URL，或用该 PostgreSQL 自己的备份。',
    en: 'The database is named by VIGIL_DATABASE_URL; a backup needs its owner: set VIGIL_DATABASE_OWNER_URL too, or use the backups of that PostgreSQL.',
  },
  external_restore: {
    kind: 'conflict',
    zh: '数据库由 VIGIL_DATABASE_URL 指定，请停止值守、准备空数据库后依次运行以下命令，最后一条由两人具名，恢复将在下次启动时记入账本：{how}',
    en: 'The database is named by VIGIL_DATABASE_URL. Stop Vigil, prepare an empty database, and run these commands; two persons give their names with the last one, and the restore enters the ledger at the next start: {how}',
  },
  no_room: { kind: 'not_found', zh: '{folder} 里还没有值守的数据。', en: 'There is no room in {folder} yet.' },
  root_needed: { kind: 'forbidden', zh: '这个命令需要 root 权限。', en: 'This command needs root.' },
  no_systemd: { kind: 'unavailable', zh: '这台机器没有运行 systemd。用 --print 查看服务文件。', en: 'systemd is not running on this machine. See the unit with --print.' },
  cannot_reach: {
    kind: 'conflict',
    zh: '账户 vigil 无法读取 {path}。请把程序放到例如 /opt/vigil，再安装服务。',
    en: 'The account vigil cannot read {path}. Put the program in a place like /opt/vigil, then install the service.',
  },
  tool_failed: { kind: 'unavailable', zh: '{tool} 失败：{reason}', en: '{tool} failed: {reason}' },
});
