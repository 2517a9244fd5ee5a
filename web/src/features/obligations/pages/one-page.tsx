/** One task: its window and ground, the form to fill in, what was handed in, the review, and what happened to it. */
import { useId, useState } from 'react';
import { Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orders } from '../../../../../contract/approvals.ts';
import { oneObligation, waiveObligation } from '../../../../../contract/obligations.ts';
import type { ObligationView } from '../../../../../contract/obligations.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { useQueryClient } from '@tanstack/react-query';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { clockText, momentText, spanText } from '../../../ui/time-format.ts';
import { EvidenceForm } from '../parts/evidence-form.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { isOpen } from '../parts/task-list.tsx';
import { ReviewPanel, Submissions } from '../parts/submitted.tsx';
import { untilText, windowText } from '../parts/window-text.ts';
import '../obligations.css';

const OnePage = () => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const obligationId = useSearchText('id');
  const one = useEndpoint(oneObligation, { params: { obligationId } }, { keepOld: true });
  return (
    <Page title={one.data === undefined ? t('title') : say(one.data.title)} narrow acts={<Link to="/obligations" className="button-link">{t('form.back')}</Link>}>
      {one.error !== null && <RefusalBanner error={one.error} retry={() => void one.refetch()} />}
      {one.data === undefined ? one.error === null && <Loading /> : <Content key={one.data.obligationId} one={one.data} />}
    </Page>
  );
};
export default OnePage;

const Content = ({ one }: { one: ObligationView }) => {
  const { t } = useTranslation('obligations');
  const [done, setDone] = useState<number | null>(null);
  // Somebody else may be first while the form is open: what was typed stays on the screen.
  const [wasOpen] = useState(isOpen(one));
  const shown = done === null && (isOpen(one) || wasOpen);
  return (
    <>
      {done !== null && <Notice>{done === 0 ? t('form.done') : t('form.doneFindings', { count: done })}</Notice>}
      <About one={one} />
      <ReviewPanel one={one} />
      {shown && <EvidenceForm one={one} submitted={setDone} />}
      <Submissions one={one} />
      <History one={one} />
    </>
  );
};

const About = ({ one }: { one: ObligationView }) => {
  const { t } = useTranslation('obligations');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const client = useQueryClient();
  const [waiving, setWaiving] = useState(false);
  const [orderId, setOrderId] = useState<string | null>(null);
  const canWaive = one.can['waive'];
  return (
    <Panel>
      <Facts
        rows={[
          [t('history.state'), <StateMark key="state" state={one.state} late={one.late} />],
          ...(one.subject === null ? [] : [[t('unscheduled.subject'), one.subject] as const]),
          [t('one.window'), windowText(one.from, one.until, site.timeZone, language)],
          ...(one.state === 'overdue' ? [[t('one.grace'), untilText(one.graceUntil, site.timeZone, language)] as const] : []),
          ...(one.begun === null ? [] : [[t('state.in_progress'), t('begunBy', { name: one.begun.by.name, time: clockText(one.begun.at, site.timeZone) })] as const]),
          [t('assignees'), one.assignees.map((role) => tApp(`role.${role}`)).join(' · ')],
          [t('one.formVersion'), t('one.formVersionText', { title: say(one.form.title), version: one.form.version })],
          ...(one.clauses.length === 0 ? [] : [[t('clauses'), one.clauses.join(' · ')] as const]),
        ]}
      />
      {one.waiver !== null && one.state !== 'waived' && <p className="dim">{t('one.waiveAsked')}</p>}
      {(canWaive === true || one.state === 'planned' || (isOpen(one) && one.state !== 'returned')) && canWaive !== undefined && (
        <div className="form-acts task-dialog-acts no-print">
          <ActButton can={canWaive} onClick={() => setWaiving(true)}>{t('one.waive')}</ActButton>
        </div>
      )}
      {waiving && (
        <ConfirmAct
          title={t('one.waive')}
          text={t('one.waiveText')}
          actText={t('one.waive')}
          withReason
          act={async (reason) => {
            await call(waiveObligation, { params: { obligationId: one.obligationId }, body: { reason, orderId } });
            await invalidatePaths(client, ['/api/obligations', '/api/approvals']);
          }}
          close={() => setWaiving(false)}
        >
          <OrderField value={orderId} onChange={setOrderId} />
        </ConfirmAct>
      )}
    </Panel>
  );
};

/** An order by word of mouth that waits for papers such as these; nothing where there is none. */
const OrderField = ({ value, onChange }: { value: string | null; onChange: (orderId: string | null) => void }) => {
  const { t } = useTranslation('obligations');
  const { data } = useEndpoint(orders, {});
  const id = useId();
  const open = (data?.orders ?? []).filter(({ kind, canFile }) => kind === 'obligations.waiver' && canFile === true);
  if (open.length === 0) return null;
  return (
    <div className="reason">
      <label htmlFor={id}>{t('one.order')}</label>
      <Select id={id} allowClear placeholder={t('one.noOrder')} value={value} options={open.map((one) => ({ value: one.orderId, label: t('one.orderName', { number: one.number, leader: one.leader.name, what: one.what }) }))} onChange={(next: string | undefined) => onChange(next ?? null)} />
    </div>
  );
};

const History = ({ one }: { one: ObligationView }) => {
  const { t } = useTranslation('obligations');
  const language = useLanguage();
  const { site } = useSession();
  return (
    <Panel title={t('one.history')}>
      <ol className="task-history">
        {one.history.map((change) => (
          <li key={`${change.at} ${change.state}`}>
            <time className="dim tabular" dateTime={new Date(change.at).toISOString()}>{momentText(change.at, site.timeZone)}</time>
            <StateMark state={change.state} late={change.late} />
            <span>
              {change.by ?? t('one.system')}
              {change.reason !== '' && ` · ${change.reason}`}
              {change.firedLateMs !== null && <span className="dim"> {t('one.firedLate', { span: spanText(change.firedLateMs, language) })}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
};
