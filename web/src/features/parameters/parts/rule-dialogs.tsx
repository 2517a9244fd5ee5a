/** Asks for a change of one parameter; shows how it came to be what it is. */
import { Form, Input, Modal } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeParameter, parameterHistory, type ParameterValue, type RuleRow } from '../../../../../contract/parameters.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { siteInstant } from '../site-instant.ts';
import { useShow, type ShownWords } from './use-show.ts';
import { ValueField } from './value-field.tsx';

interface Values {
  value: ParameterValue;
  from?: string;
  reason: string;
}

export const ChangeDialog = ({ row, known, close }: { row: RuleRow; known: ShownWords; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const show = useShow(known);
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const change = useAct(changeParameter, ['/api/parameters', '/api/approvals']);
  const submit = ({ value, from, reason }: Values): void => {
    change.mutate({ body: { name: row.name, value, roomId: null, from: from === undefined || from === '' ? null : siteInstant(from, site.timeZone), reason } });
  };
  return (
    <Modal open title={t('change.title', { name: say(row) })} onCancel={close} footer={null} mask={{ closable: false }}>
      <p className="dim">{t('change.now', { value: show(row.value, row.unit) })} · {t(row.twoPersons ? 'rules.twoPersons' : 'rules.onePerson')}</p>
      {change.isSuccess ? (
        <Notice>{t('change.sent')} <Link to="/approvals">{t('history.approval')}</Link></Notice>
      ) : (
        <FormShell form={form} initial={{ value: row.value }} error={change.error} busy={change.isPending} submit={submit} submitText={t('change.act')}>
          <Form.Item name="value" label={t('change.value')}>
            <ValueField row={row} known={known} label={t('change.value')} />
          </Form.Item>
          <Form.Item name="from" label={t('change.from')} extra={t('change.fromHint')}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="reason" label={t('change.reason')} rules={[{ required: true, whitespace: true, message: t('change.need') }]}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        </FormShell>
      )}
    </Modal>
  );
};

export const HistoryDialog = ({ row, close }: { row: RuleRow; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { site } = useSession();
  const history = useEndpoint(parameterHistory, { params: { name: row.name } });
  return (
    <Modal open title={t('history.title', { name: say(row) })} onCancel={close} footer={null} width={680}>
      {history.error !== null && <RefusalBanner error={history.error} />}
      {history.data === undefined && history.error === null && <Loading />}
      {history.data?.entries.length === 0 && <Empty what={t('history.empty')} />}
      <ol className="rule-list">
        {history.data?.entries.map((entry) => (
          <li key={`${entry.kind}${entry.at}${entry.zh}`}>
            <strong>{say(entry)}</strong>
            <span className="rule-small">{t('history.from', { time: momentText(entry.from, site.timeZone) })} · {t('history.by', { name: entry.by })}</span>
            {entry.reason !== '' && <span>{entry.reason}</span>}
            {entry.approvalId !== null && <Link to="/approvals" search={{ list: 'all', id: entry.approvalId }}>{t('history.approval')}</Link>}
          </li>
        ))}
      </ol>
    </Modal>
  );
};
