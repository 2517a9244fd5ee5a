/** What is due now, what waits for a review, and the windows of today and this week. */
import { useState } from 'react';
import { Button, Input, Modal } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { obligationsNow, openUnscheduled } from '../../../../../contract/obligations.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { SubNav } from '../parts/sub-nav.tsx';
import { QuietList, TaskList } from '../parts/task-list.tsx';
import { windowText } from '../parts/window-text.ts';

type Now = z.output<(typeof obligationsNow)['response']>;
const lookEveryMs = 20_000;

const NowPage = () => {
  const { t } = useTranslation('obligations');
  const now = useEndpoint(obligationsNow, {}, { refetchMs: lookEveryMs });
  const [opening, setOpening] = useState(false);
  const kinds = now.data?.unscheduled ?? [];
  return (
    <Page
      title={t('title')}
      about={t('about')}
      acts={kinds.length > 0 && <ActButton can={now.data?.can['unscheduled'] ?? true} onClick={() => setOpening(true)}>{t('unscheduled.button')}</ActButton>}
    >
      <SubNav />
      {now.error !== null && <RefusalBanner error={now.error} retry={() => void now.refetch()} />}
      {now.data === undefined ? now.error === null && <Loading /> : <Content data={now.data} />}
      {opening && <Unscheduled kinds={kinds} close={() => setOpening(false)} />}
    </Page>
  );
};
export default NowPage;

const Content = ({ data }: { data: Now }) => {
  const { t } = useTranslation('obligations');
  const now = useServerNow();
  const { open, toReview, today, week, next } = data;
  if (open.length + toReview.length + today.length + week.length + next.length === 0) return <Empty what={t('now.nothing')} />;
  return (
    <>
      <Strip data={data} />
      <Panel title={t('now.mine')}>
        <TaskList rows={open} now={now} empty={t('now.mineEmpty')} label={t('now.mine')} />
      </Panel>
      {toReview.length > 0 && (
        <Panel title={t('now.review2')}>
          <TaskList rows={toReview} now={now} empty="" label={t('now.review2')} />
        </Panel>
      )}
      <div className="task-columns">
        <Panel title={t('now.today')}>
          <QuietList rows={today} empty={t('now.todayEmpty')} label={t('now.today')} />
        </Panel>
        <Panel title={t('now.week')}>
          <QuietList rows={week} empty={t('now.weekEmpty')} label={t('now.week')} />
        </Panel>
      </div>
      <Next next={next} />
    </>
  );
};

const Strip = ({ data }: { data: Now }) => {
  const { t } = useTranslation('obligations');
  const overdue = data.open.filter(({ state }) => state === 'overdue').length;
  const due = data.open.length - overdue;
  return (
    <section className="task-strip" aria-label={t('now.strip')}>
      {overdue > 0 && (
        <span className="task-count"><PriorityMark priority="high" /> {t('now.overdue', { count: overdue })}</span>
      )}
      {due > 0 && (
        <span className="task-count"><PriorityMark priority="information" /> {t('now.open', { count: due })}</span>
      )}
      {data.toReview.length > 0 && (
        <span className="task-count"><PriorityMark priority="information" /> {t('now.review', { count: data.toReview.length })}</span>
      )}
      {overdue + due === 0 && <NormalMark>{t('now.allDone')}</NormalMark>}
    </section>
  );
};

const Next = ({ next }: { next: Now['next'] }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  return (
    <Panel title={t('now.next')}>
      <ul className="task-next">
        {next.map((one) => (
          <li key={one.kind}>
            <span>{say(one.title)}</span> <span className="dim tabular">{windowText(one.from, one.until, site.timeZone, language)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Unscheduled = ({ kinds, close }: { kinds: Now['unscheduled']; close: () => void }) => {
  const { t } = useTranslation('obligations');
  const { t: tUi } = useTranslation('ui');
  const navigate = useNavigate();
  const open = useAct(openUnscheduled, ['/api/obligations']);
  const [subject, setSubject] = useState('');
  const kind = kinds[0]?.kind ?? '';
  const go = (): void =>
    open.mutate({ body: { kind, subject } }, { onSuccess: ({ obligationId }) => void navigate({ to: '/obligations/one', search: { id: obligationId } }) });
  return (
    <Modal open title={t('unscheduled.title')} footer={null} onCancel={close} mask={{ closable: false }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {open.error !== null && <RefusalBanner error={open.error} />}
        <div className="reason">
          <label htmlFor="unscheduled-subject">{t('unscheduled.subject')}</label>
          <Input id="unscheduled-subject" value={subject} maxLength={100} autoFocus placeholder={t('unscheduled.hint')} onChange={(event) => setSubject(event.target.value)} />
        </div>
        <div className="form-acts task-dialog-acts">
          <Button type="primary" htmlType="submit" loading={open.isPending} disabled={subject.trim() === ''}>{t('unscheduled.go')}</Button>
          <Button onClick={close}>{tUi('cancel')}</Button>
        </div>
      </form>
    </Modal>
  );
};
