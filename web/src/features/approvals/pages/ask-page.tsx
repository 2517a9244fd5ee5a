/** Asks for something: the form of a kind, or the same request once more after it was returned. */
import { useState } from 'react';
import { Button, Form, Input, Select } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { drafts as draftsEndpoint, kinds as kindsEndpoint, one as oneEndpoint, orders as ordersEndpoint, resubmit, submit, type ApprovalView, type Attachment, type FormField, type Order } from '../../../../../contract/approvals.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../approvals.css';
import { AttachmentsField } from '../parts/attachments.tsx';
import { DraftsList } from '../parts/drafts-list.tsx';
import { useDraft, type Typed } from '../parts/use-draft.ts';
import { zoneInstant, zoneText } from '../zone-time.ts';

type Known = z.output<(typeof kindsEndpoint)['response']>;
type Clauses = Known['clauses'];
/** Fields lie flat beside kind and reason; faults of the server name them `body.<key>`. */
type Values = Record<string, string>;

const AskPage = () => {
  const { t } = useTranslation('approvals');
  const again = useSearchText('again');
  const draftId = useSearchText('draft');
  const orderId = useSearchText('order');
  const kept = useEndpoint(draftsEndpoint, {}, { enabled: draftId !== '' });
  const ordered = useEndpoint(ordersEndpoint, {}, { enabled: orderId !== '' });
  const kinds = useEndpoint(kindsEndpoint, {});
  const before = useEndpoint(oneEndpoint, { params: { approvalId: again } }, { enabled: again !== '' });
  const error = kinds.error ?? before.error ?? kept.error ?? ordered.error;
  const ready = kinds.data !== undefined && (again === '' || before.data !== undefined) && (draftId === '' || kept.data !== undefined) && (orderId === '' || ordered.data !== undefined);
  const draft = kept.data?.drafts.find((one) => one.draftId === draftId) ?? null;
  const order = ordered.data?.orders.find((one) => one.orderId === orderId) ?? null;
  return (
    <Page title={t('ask')} narrow>
      {again === '' && draftId === '' && orderId === '' && <DraftsList />}
      <Panel>
        {order !== null && <Notice priority="medium">{t('order.papersFor', { number: order.number, name: order.leader.name, what: order.what })}</Notice>}
        {draftId !== '' && ready && draft === null && <Notice priority="medium">{t('draft.gone')}</Notice>}
        {error !== null && <RefusalBanner error={error} />}
        {!ready && error === null && <Loading />}
        {ready && <AskForm key={draftId} known={kinds.data} before={before.data ?? null} draft={draft} order={order} />}
      </Panel>
    </Page>
  );
};

const textsOf = (fields: readonly FormField[], before: ApprovalView | null, timeZone: string): Values => {
  if (before === null) return {};
  const body = before.body as Record<string, unknown>;
  const texts = fields.map(({ key, type }): [string, string] => {
    const value = body[key];
    return [key, type === 'instant' && typeof value === 'number' ? zoneText(value, timeZone) : typeof value === 'string' ? value : ''];
  });
  return { ...Object.fromEntries(texts), reason: before.reason };
};

type KeptDraft = z.output<(typeof draftsEndpoint)['response']>['drafts'][number];

/** Fields of a draft as they stood in the form. */
const draftTexts = (draft: KeptDraft | null): Values =>
  draft === null ? {} : { ...Object.fromEntries(Object.entries(draft.content).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))), reason: draft.reason };

const AskForm = ({ known: { kinds, clauses }, before, draft, order }: { known: Known; before: ApprovalView | null; draft: KeptDraft | null; order: Order | null }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const navigate = useNavigate();
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const submitting = useAct(submit, ['/api/approvals']);
  const resubmitting = useAct(resubmit, ['/api/approvals']);
  const chosen: unknown = Form.useWatch('kind', form);
  const [files, setFiles] = useState<readonly Attachment[]>(before?.attachments ?? draft?.attachments ?? []);
  const keeping = useDraft(draft?.draftId ?? null, before === null);
  const first = before?.kind ?? order?.kind ?? draft?.kind ?? kinds.find(({ can }) => can === true)?.kind ?? kinds[0]?.kind;
  const kind = kinds.find((one) => one.kind === (typeof chosen === 'string' ? chosen : first));
  if (kind === undefined) return <Empty what={t('form.nothing')} />;
  const bodyOf = (values: Values): Record<string, unknown> => Object.fromEntries(kind.fields.map(({ key, type }) => [key, type === 'instant' ? zoneInstant(values[key] ?? '', site.timeZone) : values[key]]));
  const goTo = (approvalId: string): void => void navigate({ to: '/approvals', search: { list: 'mine', id: approvalId } });
  const typedOf = (values: Values, attachments: readonly Attachment[]): Typed => ({ kind: kind.kind, content: Object.fromEntries(kind.fields.map(({ key }) => [key, values[key] ?? ''])), reason: values['reason'] ?? '', attachments });
  const takeFiles = (change: (before: readonly Attachment[]) => Attachment[]): void => {
    setFiles((now) => {
      const next = change(now);
      keeping.typed(typedOf(form.getFieldsValue(), next));
      return next;
    });
  };
  const send = async (values: Values): Promise<void> => {
    await keeping.settle();
    const content = { body: bodyOf(values), reason: values['reason'] ?? '', attachments: [...files] };
    if (before === null) submitting.mutate({ body: { kind: kind.kind, ...content, draftId: keeping.draftId(), orderId: order?.orderId ?? null } }, { onSuccess: ({ approvalId }) => goTo(approvalId) });
    else resubmitting.mutate({ params: { approvalId: before.approvalId }, body: content }, { onSuccess: () => goTo(before.approvalId) });
  };
  return (
    <FormShell form={form} initial={{ ...(first === undefined ? {} : { kind: first }), ...textsOf(kind.fields, before, site.timeZone), ...draftTexts(draft) }} error={submitting.error ?? resubmitting.error} busy={submitting.isPending || resubmitting.isPending} submit={(values) => void send(values)} submitText={t('form.submit')} onTyped={(values) => keeping.typed(typedOf(values, files))}
      extra={<>{before === null && <Button onClick={() => void keeping.keep(typedOf(form.getFieldsValue(), files))}>{t('draft.keep')}</Button>}<Link to={'/approvals'}>{t('form.back')}</Link>{keeping.keptAt !== null && <span className="dim" role="status">{t('draft.keptNow')}</span>}</>}>
      {keeping.error !== null && <RefusalBanner error={keeping.error} />}
      {kind.can !== true && <Notice priority="medium">{say(kind.can)}</Notice>}
      <Form.Item name="kind" label={t('form.kind')}>
        <Select disabled={before !== null || order !== null} options={kinds.map((one) => ({ value: one.kind, label: say(one.title) }))} />
      </Form.Item>
      {kind.fields.map((field) => <Field key={field.key} field={field} zone={site.timeZone} clauses={clauses} />)}
      <Form.Item name="reason" label={t('form.why')} extra={t('form.whyHint')} rules={[{ required: true, whitespace: true, message: t('form.need') }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      <AttachmentsField files={files} set={takeFiles} />
    </FormShell>
  );
};

const Field = ({ field: { key, title, type, required }, zone, clauses }: { field: FormField; zone: string; clauses: Clauses }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  return (
    <Form.Item name={key} label={say(title)} rules={required ? [{ required: true, whitespace: true, message: t('form.need') }] : []} {...(type === 'instant' ? { extra: t('form.zone', { zone }) } : {})}>
      {type === 'clause' ? <ClauseChoice clauses={clauses} /> : type === 'long_text' ? <Input.TextArea rows={3} maxLength={2000} /> : type === 'instant' ? <Input type="datetime-local" /> : <Input maxLength={200} autoComplete="off" />}
    </Form.Item>
  );
};

/** Found by number or by its words in either language. */
const ClauseChoice = ({ clauses, ...given }: { clauses: Clauses }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const options = clauses.map((clause) => ({ value: clause.id, label: `${clause.id} ${say(clause)}`, words: `${clause.id} ${clause.zh} ${clause.en}`.toLowerCase() }));
  return <Select {...given} showSearch={{ filterOption: (text, option) => option?.words.includes(text.trim().toLowerCase()) ?? false }} placeholder={t('form.clause')} notFoundContent={t('form.noClause')} options={options} />;
};

export default AskPage;
