/** `vigil service install|uninstall|status`: the room starts with the machine, as the account vigil. */
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isLoopback, type Config } from '../../base/config.ts';
import { programRoot } from '../../platform/process/program-root.ts';
import { runTool } from '../../platform/process/tool.ts';
import type { Command, CommandContext } from './command.ts';
import { serviceUnit, serviceUser } from './service-unit.ts';
import { commandRefusals } from './usage.ts';

const usage = 'service install [--print] | uninstall | status';
const unitFile = '/etc/systemd/system/vigil.service';
const settingsFile = '/etc/vigil/vigil.env';
const programFolder = programRoot();

const must = (tool: string, args: readonly string[]): void => {
  const { code, text } = runTool(tool, args);
  if (code !== 0) throw commandRefusals('tool_failed', { tool: `${tool} ${args.join(' ')}`, reason: text });
};

const account = (): { uid: number; gid: number } => {
  if (runTool('id', ['-u', serviceUser]).code !== 0) must('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', serviceUser]);
  return { uid: Number(runTool('id', ['-u', serviceUser]).text), gid: Number(runTool('id', ['-g', serviceUser]).text) };
};

/** Entering every folder above a file needs the x bit for others, unless the account owns it. */
const assertReachable = (file: string, uid: number): void => {
  for (let path = file; ; path = dirname(path)) {
    const { mode, uid: owner } = statSync(path);
    const bit = path === file ? 0o4 : 0o1;
    if ((mode & (owner === uid ? bit << 6 : bit)) === 0) throw commandRefusals('cannot_reach', { path });
    if (path === dirname(path)) return;
  }
};

/** Settings that hold now hold for the service too. The file may carry database passwords: root writes it, vigil reads it. */
const writeSettings = (config: Config, gid: number): void => {
  if (existsSync(settingsFile)) return; // what an administrator wrote stays
  const lines = [`PORT=${config.port}`];
  if (!isLoopback(config.host)) lines.push(`HOST=${config.host}`, `VIGIL_ORIGIN=${config.origin}`);
  if (config.databaseUrl !== null) lines.push(`VIGIL_DATABASE_URL=${config.databaseUrl}`);
  if (config.databaseOwnerUrl !== null) lines.push(`VIGIL_DATABASE_OWNER_URL=${config.databaseOwnerUrl}`);
  if (config.allowLocalCameras) lines.push('VIGIL_ALLOW_LOCAL_CAMERAS=1');
  mkdirSync(dirname(settingsFile), { recursive: true, mode: 0o755 });
  writeFileSync(settingsFile, `${lines.join('\n')}\n`, { mode: 0o640 });
  chownSync(settingsFile, 0, gid);
};

const unitFor = (config: Config): string => serviceUnit({ node: process.execPath, program: programFolder, dataFolder: config.dataFolder, settingsFile, port: config.port });

const install = ({ config, tell }: CommandContext): void => {
  const { uid, gid } = account();
  for (const file of [process.execPath, join(programFolder, 'dist', 'server', 'src', 'app', 'supervisor', 'main.js')]) assertReachable(file, uid);
  if (!existsSync(config.dataFolder)) {
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
    chownSync(config.dataFolder, uid, gid);
  }
  chmodSync(config.dataFolder, 0o700);
  // Handing a room over between accounts would touch its database and its footage: that is what backup and restore are for.
  if (statSync(config.dataFolder).uid !== uid) throw commandRefusals('cannot_reach', { path: config.dataFolder });
  assertReachable(dirname(config.dataFolder), uid);
  writeSettings(config, gid);
  writeFileSync(unitFile, unitFor(config), { mode: 0o644 });
  must('systemctl', ['daemon-reload']);
  must('systemctl', ['enable', '--now', 'vigil.service']);
  tell({ zh: `已安装为系统服务并启动。设置在 ${settingsFile}，日志：journalctl -u vigil`, en: `Installed as a system service and started. Settings: ${settingsFile}; log: journalctl -u vigil` });
};

const uninstall = ({ tell }: CommandContext): void => {
  if (existsSync(unitFile)) must('systemctl', ['disable', '--now', 'vigil.service']);
  rmSync(unitFile, { force: true });
  must('systemctl', ['daemon-reload']);
  tell({ zh: '服务已移除；数据和设置保留。', en: 'The service is removed; data and settings stay.' });
};

const run = async (context: CommandContext): Promise<number> => {
  const [what, option, ...more] = context.args;
  if (more.length > 0 || (option !== undefined && !(what === 'install' && option === '--print'))) throw commandRefusals('usage', { usage });
  if (what === 'install' && option === '--print') {
    context.line(unitFor(context.config).trimEnd());
    return 0;
  }
  if (what !== 'install' && what !== 'uninstall' && what !== 'status') throw commandRefusals('usage', { usage });
  if (!existsSync('/run/systemd/system')) throw commandRefusals('no_systemd');
  if (what === 'status') {
    const { code, text } = runTool('systemctl', ['status', '--no-pager', 'vigil.service']);
    context.line(text);
    return code;
  }
  if (process.getuid?.() !== 0) throw commandRefusals('root_needed');
  if (what === 'install') install(context);
  else uninstall(context);
  return 0;
};

export const command: Command = { summary: { zh: '随机器启动（systemd）', en: 'Start with the machine (systemd)' }, usage, run };
