/** Conflicts between the regulations in force: how each is settled, since when, by whom; and a new settlement, by approval. */
import { useState } from 'react';
import { Form, Input, Modal, Radio } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { listConflicts, settleConflict, type SettledConflict } from '../../../../../contract/parameters.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../parameters.css';
import { groupedTitles } from '../cite-text.ts';
import { SubNav } from '../parts/sub-nav.tsx';

type Conflict = z.output<typeof SettledConflict>;

const SettleDialog = ({ conflict, close }: { conflict: Conflict; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const [form] = Form.useForm<{ option: string; reason: string }>();
  const settle = useAct(settleConflict, ['/api/parameters', '/api/approvals']);
  const submit = (values: { option: string; reason: string }): void => settle.mutate({ body: { conflictId: conflict.id, roomId: null, ...values } });
  return (
    <Modal open title={t('conflicts.settle')} onCancel={close} footer={null} mask={{ closable: false }} width={640}>
      <p>{say(conflict)}</p>
      {settle.isSuccess ? <Notice>{t('conflicts.sent')} <Link to="/approvals" search={{ list: 'mine', id: settle.data.approvalId }}>{t('history.approval')}</Link></Notice> : (
        <FormShell form={form} initial={conflict.settled === null ? {} : { option: conflict.settled.option }} error={settle.error} busy={settle.isPending} submit={submit} submitText={t('change.act')}>
          <Form.Item name="option" label={t('conflicts.options')} rules={[{ required: true, message: t('change.need') }]}>
            <Radio.Group className="conflict-options">
              {conflict.options.map((option) => (
                <Radio key={option.key} value={option.key}>
                  {say(option)}{option.clauses.length > 0 && <span className="rule-small"> {t('adopt.optionClauses', { clauses: groupedTitles(option.clauses, language) })}</span>}
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
          <Form.Item name="reason" label={t('change.reason')} rules={[{ required: true, whitespace: true, message: t('change.need') }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </FormShell>
      )}
    </Modal>
  );
};

const ConflictItem = ({ conflict, settle }: { conflict: Conflict; settle: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const canAdopt = useCan('parameters.adopt');
  const { settled } = conflict;
  const option = conflict.options.find(({ key }) => key === settled?.option);
  return (
    <li>
      <span className="clause-head"><strong>{say(conflict)}</strong><span>{t(`adopt.type.${conflict.type}`)}</span></span>
      <span className="rule-small">{say({ zh: conflict.noteZh, en: conflict.noteEn })}</span>
      <span className="rule-small">{groupedTitles(conflict.clauses, language)}</span>
      {settled === null ? <strong className="rule-open">{t('conflicts.unsettled')}</strong> : (
        <>
          <span>{t('conflicts.settled')} <strong>{option === undefined ? '—' : say(option)}</strong></span>
          <span className="rule-small">{t('history.from', { time: momentText(settled.since, site.timeZone) })}{settled.by === '' ? '' : ` · ${t('history.by', { name: settled.by })}`} · {settled.reason}</span>
          {!settled.whole && <strong className="rule-open">{t('conflicts.notWhole')}</strong>}
          {settled.approvalId !== null && <Link to="/approvals" search={{ list: 'all', id: settled.approvalId }}>{t('history.approval')}</Link>}
        </>
      )}
      <span className="rule-acts"><ActButton can={canAdopt} onClick={settle} aria-label={`${t('conflicts.settle')} ${say(conflict)}`}>{t('conflicts.settle')}</ActButton></span>
    </li>
  );
};

const ConflictsPage = () => {
  const { t } = useTranslation('parameters');
  const found = useEndpoint(listConflicts, {});
  const [open, setOpen] = useState<Conflict | null>(null);
  return (
    <Page title={t('tabs.conflicts')} about={t('conflicts.about')}>
      <SubNav />
      {found.error !== null && <RefusalBanner error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined && found.error === null && <Loading />}
      {found.data?.conflicts.length === 0 && <Empty what={t('adopt.noConflicts')} />}
      <ol className="rule-list" aria-label={t('tabs.conflicts')}>
        {found.data?.conflicts.map((conflict) => <ConflictItem key={conflict.id} conflict={conflict} settle={() => setOpen(conflict)} />)}
      </ol>
      {open !== null && <SettleDialog conflict={open} close={() => setOpen(null)} />}
    </Page>
  );
};

export default ConflictsPage;
