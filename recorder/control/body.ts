/** Bodies of requests: bounded, JSON, checked by the contract. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { mebibyte } from '../../server/src/base/units.ts';
import { refuse } from '../refusals.ts';

const bodyLimitBytes = 8 * mebibyte;

export const readBody = async <S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.infer<S>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimitBytes) throw refuse('body_too_large');
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw refuse('body_invalid', { detail: 'JSON' });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // Paths only: a value may be a password.
  throw refuse('body_invalid', { detail: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).slice(0, 5).join('; ') });
};
