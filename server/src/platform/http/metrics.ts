/** Prometheus figures of the server; modules add theirs to the same registry. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  requests: Counter<'method' | 'path' | 'status'>;
  requestSeconds: Histogram<'method' | 'path'>;
  refusals: Counter<'code'>;
  liveSockets: Gauge;
}

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'vigil_server_' });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({ name: 'vigil_http_requests_total', help: 'HTTP requests answered', labelNames: ['method', 'path', 'status'], registers }),
    requestSeconds: new Histogram({ name: 'vigil_http_request_seconds', help: 'Time to answer', labelNames: ['method', 'path'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers }),
    refusals: new Counter({ name: 'vigil_refusals_total', help: 'Refusals by code', labelNames: ['code'], registers }),
    liveSockets: new Gauge({ name: 'vigil_live_sockets', help: 'Open live sockets', registers }),
  };
};
