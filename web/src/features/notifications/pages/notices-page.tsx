/** Notices to the person: what they must know, by when they must answer, and one button to say so. Works with one thumb. */
import { useState } from 'react';
import { Button, Input, Modal } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerNotice, myNotices, reportConfidentially } from '../../../../../contract/notifications.ts';
import type { NoticeView } from '../../../../../contract/notifications.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { clockText, momentText } from '../../../ui/time-format.ts';
import '../notifications.css';

const NoticesPage = () => {
  const { t } = useTranslation('notifications');
  const notices = useEndpoint(myNotices, {}, { refetchMs: 20_000 });
  const [reporting, setReporting] = useState(false);
  const [sent, setSent] = useState(false);
  return (
    <Page title={t('notices.title')} about={t('notices.about')} narrow acts={<Button onClick={() => setReporting(true)}>{t('notices.report')}</Button>}>
      {sent && <Notice>{t('notices.reported')}</Notice>}
      {notices.error !== null && <RefusalBanner error={notices.error} />}
      {notices.data === undefined && notices.error === null && <Loading />}
      {notices.data?.notices.length === 0 && <Empty what={t('notices.empty')} />}
      <ul className="notices">
        {notices.data?.notices.map((notice) => (
          <NoticeCard key={notice.noticeId} notice={notice} />
        ))}
      </ul>
      {reporting && (
        <Report
          close={() => setReporting(false)}
          done={() => {
            setReporting(false);
            setSent(true);
          }}
        />
      )}
    </Page>
  );
};

const NoticeCard = ({ notice }: { notice: NoticeView }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const { site } = useSession();
  const answer = useAct(answerNotice, ['/api/notifications/notices']);
  const open = notice.asksAnswer && notice.answeredAt === null;
  return (
    <li className={open ? 'notice notice-open' : 'notice'}>
      <h2>
        {open && <PriorityMark priority={notice.severity === 'ordinary' ? 'medium' : 'high'} />} {say(notice.title)} {notice.confidential && <span className="dim">· {t('notices.confidential')}</span>}
      </h2>
      <p>{notice.text ?? say(notice.sentence)}</p>
      <p className="dim tabular">
        {momentText(notice.madeAt, site.timeZone)} {notice.from !== null && t('notices.from', { name: notice.from })}{' '}
        {notice.answeredAt !== null ? t('notices.answered', { time: clockText(notice.answeredAt, site.timeZone) }) : notice.answerDueAt !== null ? t('notices.due', { time: clockText(notice.answerDueAt, site.timeZone) }) : ''}
      </p>
      {answer.error !== null && <RefusalBanner error={answer.error} />}
      {open && (
        <p className="notice-acts">
          <Button type="primary" loading={answer.isPending} onClick={() => answer.mutate({ params: { noticeId: notice.noticeId }, body: {} })}>
            {t('notices.answer')}
          </Button>
          {notice.answerDueAt === null && !notice.confidential && <Link to={'/alarms'}>{t('notices.alarm')}</Link>}
        </p>
      )}
    </li>
  );
};

const Report = ({ close, done }: { close: () => void; done: () => void }) => {
  const { t } = useTranslation('notifications');
  const { t: tUi } = useTranslation('ui');
  const report = useAct(reportConfidentially, ['/api/notifications/notices']);
  const [text, setText] = useState('');
  return (
    <Modal open title={t('notices.reportTitle')} okText={t('notices.send')} cancelText={tUi('cancel')} okButtonProps={{ disabled: text.trim() === '' }} confirmLoading={report.isPending} onCancel={close} onOk={() => report.mutate({ body: { text } }, { onSuccess: done })} mask={{ closable: false }}>
      {report.error !== null && <RefusalBanner error={report.error} />}
      <p>{t('notices.reportText')}</p>
      <label htmlFor="confidential-text">{t('notices.reportLabel')}</label>
      <Input.TextArea id="confidential-text" rows={5} maxLength={2_000} value={text} autoFocus onChange={(event) => setText(event.target.value)} />
    </Modal>
  );
};

export default NoticesPage;
