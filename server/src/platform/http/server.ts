/** HTTP: routes with their gate, the web client's files, OpenAPI, metrics. Denies by default: what is not declared is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { minuteMs } from '../../base/units.ts';
import { consoleCookie, consoleOf, isOurHost, isOurOrigin, sessionCookie, tokenOf, type Gate, type OriginRule } from './gate.ts';
import type { Metrics } from './metrics.ts';
import { openApiOf } from './openapi.ts';
import { asRefusal, checked, httpRefusals, refusalBody, statusOf } from './refusals.ts';
import { isBytes, type Bytes, type Call, type Route } from './route.ts';
import type { Endpoint } from '../../../../contract/endpoint.ts';

export interface HttpOptions<Caller> {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  routes: readonly Route<Caller>[];
  gate: Gate<Caller>;
  origin: OriginRule;
  tls: { cert: Buffer; key: Buffer } | null;
  /** Folder of the built web client; null in tests without one. */
  webFolder: string | null;
}

/** Time for a whole request to arrive; a snapshot of 8 MB over a poor line takes a while. */
const requestMs = 2 * minuteMs;

const security = (origin: OriginRule) => ({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // Ant Design writes inline styles; a nonce would cancel unsafe-inline without covering them all.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'", origin.origin.replace(/^http/, 'ws')],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
  // Plain HTTP on loopback is the default; HSTS would lock people out of it after a TLS trial.
  hsts: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' as const },
});

const sendBytes = (reply: FastifyReply, bytes: Bytes): FastifyReply =>
  reply
    .code(bytes.status ?? 200)
    .headers({ 'cache-control': 'no-store', ...bytes.headers })
    .type(bytes.contentType)
    .send(bytes.body);

/** As long as browsers keep one at all; what it is worth is decided by the room. */
const consoleCookieSeconds = 400 * 86_400;

const callOf = (request: FastifyRequest, reply: FastifyReply, route: Route<never>, secure: boolean): Call<Endpoint> => {
  const { endpoint } = route;
  return {
    params: checked(endpoint.params, request.params, 'params'),
    query: checked(endpoint.query, request.query, 'query'),
    body: checked(endpoint.body, request.body, 'body'),
    source: request.ip,
    range: request.headers.range,
    cookies: {
      session: tokenOf(request.headers),
      setSession: (token) => {
        const attributes = { path: '/', httpOnly: true, sameSite: 'strict' as const, secure };
        if (token === null) reply.clearCookie(sessionCookie, attributes);
        else reply.setCookie(sessionCookie, token, attributes);
      },
      console: consoleOf(request.headers),
      setConsole: (token) => void reply.setCookie(consoleCookie, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: consoleCookieSeconds }),
    },
  };
};

const addRoute = <Caller>(app: FastifyInstance, route: Route<Caller>, options: HttpOptions<Caller>): void => {
  const { endpoint, access } = route;
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: route.bodyLimitBytes,
    // Before the body is read: who may not call learns nothing about the schema and costs no parsing.
    onRequest: async (request) => {
      const what = `${endpoint.method} ${endpoint.path}`;
      const caller = await options.gate.admit({ token: tokenOf(request.headers), source: request.ip, what }, access);
      if (caller !== null) callers.set(request, caller);
    },
    handler: async (request, reply) => {
      const call = callOf(request, reply, route, options.tls !== null);
      const answer = await route.handle(call, callers.get(request) ?? null);
      if (isBytes(answer)) return sendBytes(reply, answer);
      return reply.header('cache-control', 'no-store').send(endpoint.response.parse(answer ?? {}));
    },
  });
};

const addErrors = (app: FastifyInstance, log: Log, metrics: Metrics): void => {
  app.setErrorHandler((error, request, reply) => {
    const { refusal, unexpected } = asRefusal(error);
    if (unexpected) log.error('a request broke', { method: request.method, path: request.routeOptions.url, error });
    metrics.refusals.inc({ code: refusal.code });
    if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds));
    return reply.code(statusOf[refusal.kind]).header('cache-control', 'no-store').send(refusalBody(refusal));
  });
};

const addOriginCheck = (app: FastifyInstance, origin: OriginRule): void => {
  app.addHook('onRequest', async (request) => {
    if (!isOurHost(request.headers.host, origin)) throw httpRefusals('unknown_host', { origin: origin.origin });
    if (request.method !== 'GET' && !isOurOrigin(request.headers.origin, request.headers.host, origin)) throw httpRefusals('foreign_origin');
  });
};

const addMeasures = (app: FastifyInstance, metrics: Metrics): void => {
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'none';
    metrics.requests.inc({ method: request.method, path, status: String(reply.statusCode) });
    metrics.requestSeconds.observe({ method: request.method, path }, reply.elapsedTime / 1000);
  });
};

/** `gzip;q=0` is a no. */
const takesGzip = (accepted: string | string[] | undefined): boolean => {
  const gzip = String(accepted ?? '').split(',').map((one) => one.trim().split(/\s*;\s*/)).find(([name]) => name?.toLowerCase() === 'gzip');
  return gzip !== undefined && !gzip.some((part) => /^q=0(\.0*)?$/i.test(part));
};

const addWeb = async (app: FastifyInstance, folder: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const indexPath = join(folder, 'index.html');
  const index = existsSync(indexPath) ? readFileSync(indexPath) : null;
  const compressed = index === null ? null : gzipSync(index, { level: constants.Z_BEST_COMPRESSION });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
    if (!isPage || index === null) throw httpRefusals('not_here');
    void reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('vary', 'accept-encoding');
    return takesGzip(request.headers['accept-encoding']) ? reply.header('content-encoding', 'gzip').send(compressed) : reply.send(index);
  });
};

/** Builds the server; the caller listens and closes. */
export const createHttp = async <Caller>(options: HttpOptions<Caller>): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: false,
    trustProxy: false,
    forceCloseConnections: true,
    // A request that never ends to arrive must not hold its connection for ever.
    requestTimeout: requestMs,
    ...(options.tls === null ? {} : { https: { cert: options.tls.cert, key: options.tls.key, minVersion: 'TLSv1.2' } }),
  }) as FastifyInstance;
  addErrors(app, options.log, options.metrics);
  addOriginCheck(app, options.origin);
  addMeasures(app, options.metrics);
  await app.register(fastifyHelmet, security(options.origin));
  await app.register(fastifyCookie);
  for (const route of options.routes) addRoute(app, route, options);
  const document = openApiOf(options.routes, options.origin.origin);
  app.get('/api/openapi.json', async (_request, reply) => reply.send(document));
  if (options.webFolder === null) {
    app.setNotFoundHandler(async () => {
      throw httpRefusals('not_here');
    });
  } else await addWeb(app, options.webFolder);
  return app;
};
