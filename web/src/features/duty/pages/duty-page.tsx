/** The duty page: who is on post, the log with its line, and what is still to be done before the shift can be signed. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { duty } from '../../../../../contract/duty.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { Page } from '../../../ui/page.tsx';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../duty.css';
import { BareSnapshots } from '../parts/bare-snapshots.tsx';
import { Closing } from '../parts/closing.tsx';
import { Reviews } from '../parts/reviews.tsx';
import { LogLine } from '../parts/log-line.tsx';
import { LogList } from '../parts/log-list.tsx';
import { Posts } from '../parts/posts.tsx';
import { Sections } from '../parts/sections.tsx';
import { Threads } from '../parts/threads.tsx';
import { dutyVerbs } from '../verbs.ts';

const DutyPage = () => {
  const { t } = useTranslation('duty');
  const mayWrite = useCan(dutyVerbs.write) === true;
  const mayRegister = useCan(dutyVerbs.register) === true;
  const view = useEndpoint(duty, {}, { refetchMs: 20_000 });
  const now = useServerNow();
  return (
    <Page title={t('title')} about={t('about')} acts={mayRegister ? <Link to={'/duty/register'}>{t('registerLink')}</Link> : undefined}>
      {mayWrite && <LogLine full />}
      {view.error !== null && <RefusalBanner error={view.error} />}
      {view.data === undefined && view.error === null && <Loading />}
      <div className="duty">
        <LogList />
        {view.data !== undefined && (
          <div className="duty-side">
            <Posts view={view.data} now={now} />
            <Threads threads={view.data.threads} now={now} />
            <Sections sections={view.data.sections} />
            <BareSnapshots bare={view.data.bare} />
            <Closing missing={view.data.missing} carried={view.data.carried} />
            <Reviews />
          </div>
        )}
      </div>
    </Page>
  );
};

export default DutyPage;
