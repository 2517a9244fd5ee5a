/** Says before anything is started whether the room's address can be had. */
import { createServer } from 'node:net';
import { declareRefusals } from '../../base/refusal.ts';

export const portRefusals = declareRefusals('process', {
  port_taken: {
    kind: 'conflict',
    zh: '端口 {port} 已被别的程序占用。请关闭那个程序，或换一个端口：PORT=8481 npm start',
    en: 'Port {port} is taken by another program. Close it, or use another port: PORT=8481 npm start',
  },
  address_unknown: {
    kind: 'invalid',
    zh: '这台机器没有地址 {host}(HOST)，无法监听。',
    en: 'This machine has no address {host} (HOST) to listen on.',
  },
  port_forbidden: {
    kind: 'forbidden',
    zh: '没有权限使用端口 {port}；请用 1024 以上的端口。',
    en: 'No right to use port {port}; use one above 1024.',
  },
});

/** Throws a Refusal when nothing could listen there now. */
export const assertPortFree = async (host: string, port: number): Promise<void> => {
  if (port === 0) return;
  const fault = await new Promise<string | null>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
  if (fault === null) return;
  if (fault === 'EADDRINUSE') throw portRefusals('port_taken', { port });
  if (fault === 'EACCES') throw portRefusals('port_forbidden', { port });
  throw portRefusals('address_unknown', { host });
};
