/** An endpoint is declared once and used three times: the server checks by it, the web client is typed by it, OpenAPI 3.1 is written from it. */
import { z } from 'zod';

/** UTC milliseconds since 1970, integer. */
export const Instant = z.int().min(0).max(8_640_000_000_000_000).meta({ description: 'UTC milliseconds since 1970-01-01' });
/** The same in a query string, where everything arrives as text. */
export const InstantInQuery = z.coerce.number().pipe(Instant);
/** Prefixed id as made by the server, e.g. cam_… */
export const IdOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`));
export const Sentence = z.object({ zh: z.string(), en: z.string() });

export const RefusalBody = z.object({
  code: z.string(),
  kind: z.enum(['invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict', 'too_many', 'unavailable']),
  zh: z.string(),
  en: z.string(),
  fields: z.array(z.object({ path: z.string(), zh: z.string(), en: z.string() })),
});
export type RefusalBody = z.infer<typeof RefusalBody>;

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify form: /api/video/cameras/:cameraId */
  path: string;
  summary: { zh: string; en: string };
  params: Params;
  query: Query;
  body: Body;
  response: Response;
  /** The answer is bytes, not JSON (media, pictures, pages). */
  bytes: boolean;
}

const nothing = z.object({}).strict();
export const noContent = z.object({});
type Nothing = typeof nothing;

/** Declares an endpoint; what is left out is "no such input". */
export const endpoint = <
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = z.ZodOptional<z.ZodUnknown>,
  R extends z.ZodType = typeof noContent,
>(declaration: {
  method: Endpoint['method'];
  path: string;
  summary: { zh: string; en: string };
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  bytes?: boolean;
}): Endpoint<P, Q, B, R> => ({
  method: declaration.method,
  path: declaration.path,
  summary: declaration.summary,
  params: declaration.params ?? (nothing as unknown as P),
  query: declaration.query ?? (nothing as unknown as Q),
  body: declaration.body ?? (z.unknown().optional() as unknown as B),
  response: declaration.response ?? (noContent as unknown as R),
  bytes: declaration.bytes ?? false,
});
