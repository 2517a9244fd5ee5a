/** What this person began to ask for: taken up again or thrown away. */
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { drafts as draftsEndpoint, dropDraft } from '../../../../../contract/approvals.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { useMoment } from './use-moment.ts';

export const DraftsList = () => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const found = useEndpoint(draftsEndpoint, {});
  const drop = useAct(dropDraft, [draftsEndpoint.path]);
  if (found.data === undefined || found.data.drafts.length === 0) return null;
  return (
    <Panel title={t('draft.mine')}>
      {drop.error !== null && <RefusalBanner error={drop.error} />}
      <ul className="approval-drafts">
        {found.data.drafts.map((one) => (
          <li key={one.draftId}>
            <Link to={'/approvals/ask'} search={{ draft: one.draftId }}>{say(one.title)}</Link>
            <span className="approval-words">{one.reason.slice(0, 60)}</span>
            <span className="dim">{t('draft.kept', { changed: moment(one.changedAt), until: moment(one.keptUntil) })}</span>
            <Button type="text" size="small" onClick={() => drop.mutate({ params: { draftId: one.draftId } })}>
              {t('draft.drop')}
              <span className="only-read"> {say(one.title)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
