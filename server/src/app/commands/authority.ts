/** `vigil authority create|renew`: a certificate for rooms without a public name. */
import { hostname } from 'node:os';
import { createAuthority, renewServerCertificate } from '../../platform/tls/authority.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'authority create <名称或地址 name or address>… | renew';

const run = async ({ args, config, tell, line }: CommandContext): Promise<number> => {
  const [what, ...names] = args;
  if (what === 'renew' && names.length === 0) {
    const renewed = await renewServerCertificate(config.dataFolder);
    tell({ zh: `已换新服务器证书(${renewed.names.join('、')})，重新启动后生效。`, en: `The server certificate is renewed (${renewed.names.join(', ')}); it takes effect after a restart.` });
    return 0;
  }
  if (what !== 'create') throw commandRefusals('usage', { usage });
  const made = await createAuthority({ dataFolder: config.dataFolder, names, title: `Vigil 值守 ${names[0] ?? hostname()}` });
  tell({
    zh: `已建立只对 ${made.names.join('、')} 有效的证书。请在每台看守电脑上信任 ${made.authorityCert}，并核对指纹：`,
    en: `Made a certificate authority that is good for ${made.names.join(', ')} only. Trust ${made.authorityCert} on every console and compare the fingerprint:`,
  });
  line(made.fingerprint);
  tell({ zh: '然后启动：HOST=0.0.0.0 npm start', en: 'Then start: HOST=0.0.0.0 npm start' });
  return 0;
};

export const command: Command = { summary: { zh: '建立或换新本监控室自己的 TLS 证书', en: "Make or renew the room's own TLS certificate" }, usage, run };
