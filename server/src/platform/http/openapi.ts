/** OpenAPI 3.1 written from the same schemas that check the input (JSON Schema 2020-12 is its schema language). */
import { z } from 'zod';
import { RefusalBody } from '../../../../contract/endpoint.ts';
import type { Route } from './route.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  // OpenAPI 3.1 names the dialect once for the document, not in each schema.
  return Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io, unrepresentable: 'any' })).filter(([key]) => key !== '$schema'));
};

const parametersOf = (schema: z.ZodType, place: 'path' | 'query'): object[] => {
  const object = schemaOf(schema, 'input') as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (object.required ?? []).includes(name),
    schema: property,
  }));
};

const refusalAnswer = { description: '拒绝 · Refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } };

const operationOf = (route: Route<never>): object => {
  const { endpoint, access } = route;
  const bodySchema = schemaOf(endpoint.body, 'input');
  const hasBody = endpoint.method !== 'GET' && Object.keys(bodySchema).length > 0;
  return {
    summary: `${endpoint.summary.zh} · ${endpoint.summary.en}`,
    tags: [endpoint.path.split('/')[2] ?? 'api'],
    'x-vigil-access': access.kind === 'verb' ? access.verb : access.kind,
    ...(access.kind === 'open' ? {} : { security: [{ session: [] }] }),
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
    ...(hasBody ? { requestBody: { required: true, content: { 'application/json': { schema: bodySchema } } } } : {}),
    responses: {
      200: {
        description: 'OK',
        content: endpoint.bytes ? { 'application/octet-stream': {} } : { 'application/json': { schema: schemaOf(endpoint.response, 'output') } },
      },
      default: refusalAnswer,
    },
  };
};

export const openApiOf = (routes: readonly Route<never>[], origin: string): object => {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.endpoint.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vigil · 值守', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: { Refusal: schemaOf(RefusalBody, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'vigil_session' } },
    },
  };
};
