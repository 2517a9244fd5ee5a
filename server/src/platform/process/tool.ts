/** Runs a program of the machine (systemctl, useradd) and waits for it. */
import { spawnSync } from 'node:child_process';

export interface ToolResult {
  code: number;
  text: string;
}

export const runTool = (program: string, args: readonly string[]): ToolResult => {
  const done = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { code: done.status ?? 127, text: `${done.stdout}${done.stderr}`.trim() || (done.error?.message ?? '') };
};
