/** The world outside the house: a real SMTP server and a real HTTP receiver on loopback, and a server that takes a connection and says nothing. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Received {
  to: string[];
  raw: string;
  user: string | null;
}

const portOf = (address: AddressInfo | string | null): number => (typeof address === 'object' && address !== null ? address.port : 0);

export const openMailServer = async (account?: { user: string; password: string }) => {
  const received: Received[] = [];
  let refusing = false;
  const server = new SMTPServer({
    disabledCommands: account === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'], authOptional: account === undefined, allowInsecureAuth: true, logger: false,
    onAuth: (auth, _session, answer) => (auth.username === account?.user && auth.password === account?.password ? answer(null, { user: auth.username }) : answer(new Error('wrong user or password'))),
    onMailFrom: (_address, _session, answer) => (refusing ? answer(Object.assign(new Error('not today'), { responseCode: 451 })) : answer()),
    onData: (stream, session, answer) => {
      void text(stream).then((raw) => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, user: typeof session.user === 'string' ? session.user : null });
        answer();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.server.address()), received,
    refuse: (on: boolean) => {
      refusing = on;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

/** Takes every connection and never says a word. */
export const openSilentServer = async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.address()), connections: () => sockets.size,
    close: () =>
      new Promise<void>((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
};

export interface Posted {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export const openReceiver = async (status = 204) => {
  const posted: Posted[] = [];
  const server = createHttpServer((request, response) => {
    void text(request).then((body) => {
      posted.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server.address())}/vigil`, posted, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};
