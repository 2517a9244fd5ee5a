/** The one place where a refusal becomes an HTTP answer. */
import { z } from 'zod';
import type { RefusalBody } from '../../../../contract/endpoint.ts';
import { declareRefusals, Refusal, type FieldFault, type RefusalKind } from '../../base/refusal.ts';
import { databaseRefusals, isDatabaseAway } from '../postgres/db.ts';

export const statusOf: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

export const httpRefusals = declareRefusals('http', {
  input_wrong: { kind: 'invalid', zh: '有内容填写不正确，请按提示修改；已填写的内容都在。', en: 'Something in the input is wrong: see the marked places. What you typed is kept.' },
  body_unreadable: { kind: 'invalid', zh: '提交的内容无法读取（不是有效的 JSON）。', en: 'What was sent could not be read (no valid JSON).' },
  body_too_large: { kind: 'invalid', zh: '提交的内容过大。', en: 'What was sent is too large.' },
  not_here: { kind: 'not_found', zh: '没有这个地址。', en: 'There is nothing at this address.' },
  foreign_origin: { kind: 'forbidden', zh: '请求来自其他网站，已拒绝。', en: 'The request came from another site and was refused.' },
  unknown_host: { kind: 'forbidden', zh: '请用 {origin} 打开值守；这个主机名不在允许之列。', en: 'Open Vigil at {origin}: this host name is not one of its own.' },
  broken: { kind: 'unavailable', zh: '系统内部出错，已记入运行日志；请稍后重试，若反复出现请联系技术人员。', en: 'Something broke inside Vigil and was logged. Try again; if it keeps happening call the technician.' },
});

const zhWords = z.locales.zhCN().localeError;
const enWords = z.locales.en().localeError;
const sentenceOf = (words: typeof zhWords, issue: z.core.$ZodRawIssue): string => {
  const said = words(issue);
  return typeof said === 'string' ? said : (said?.message ?? '');
};

/** What is wrong where, in both languages; thrown instead of the schema library's own error. */
export const faultsOf = (error: z.ZodError, input: unknown): FieldFault[] =>
  error.issues.map((issue) => {
    const value = issue.path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), input);
    const raw = { ...issue, input: value } as z.core.$ZodRawIssue;
    return { path: issue.path.map(String).join('.'), zh: sentenceOf(zhWords, raw), en: sentenceOf(enWords, raw) };
  });

/** Checks input against a schema; a fault is a refusal with its fields. */
export const checked = <S extends z.ZodType>(schema: S, input: unknown, place: string): z.output<S> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = faultsOf(result.error, input).map((fault) => ({ ...fault, path: fault.path === '' ? place : fault.path }));
  throw httpRefusals('input_wrong', {}, { fields });
};

/** Any thrown thing as a refusal; what we did not expect is `broken`, and the caller logs it. */
export const asRefusal = (error: unknown): { refusal: Refusal; unexpected: boolean } => {
  if (error instanceof Refusal) return { refusal: error, unexpected: false };
  if (isDatabaseAway(error)) return { refusal: databaseRefusals('away', {}, { retryAfterSeconds: 2 }), unexpected: false };
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { refusal: httpRefusals('body_too_large'), unexpected: false };
  if (/^FST_ERR_CTP_|^FST_ERR_BAD_URL/.test(code) || error instanceof SyntaxError) return { refusal: httpRefusals('body_unreadable'), unexpected: false };
  return { refusal: httpRefusals('broken'), unexpected: true };
};

export const refusalBody = (refusal: Refusal): RefusalBody => ({
  code: refusal.code,
  kind: refusal.kind,
  zh: refusal.sentence.zh,
  en: refusal.sentence.en,
  fields: refusal.fields.map((fault) => ({ ...fault })),
});
