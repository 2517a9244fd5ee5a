/** What the adopted regulations ask of the person who looks: by regulation, own duties before those of everybody. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ownDuties } from '../../../../../contract/compliance.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../identity.css';
import { RoleWords } from '../parts/role-words.tsx';

type Regulation = z.output<(typeof ownDuties)['response']>['regulations'][number];
type Duty = Regulation['duties'][number];

/** The regulation stands above: its short sign before the place, e.g. BRN 第九条, says nothing more. */
const placeIn = (source: string): string => source.replace(/^[A-Z0-9]{3} /, '');

const DutiesPage = () => {
  const { t } = useTranslation('identity');
  const { person } = useSession();
  const duties = useEndpoint(ownDuties, {});
  return (
    <Page title={t('duties.title')} about={t('duties.about')} narrow acts={<Link to="/account">{t('account.title')}</Link>}>
      <p className="own-roles">
        {t('duties.roles')} <RoleWords roles={person.roles.map(({ role }) => role)} />
      </p>
      {duties.error !== null && <RefusalBanner error={duties.error} retry={() => void duties.refetch()} />}
      {duties.data === undefined ? duties.error === null && <Loading /> : duties.data.regulations.length === 0 && <Empty what={t('duties.none')} />}
      {duties.data?.regulations.map((regulation) => (
        <RegulationPanel key={regulation.pack} regulation={regulation} />
      ))}
    </Page>
  );
};

const RegulationPanel = ({ regulation: { title, duties } }: { regulation: Regulation }) => {
  const { t } = useTranslation('identity');
  const say = useSay();
  const own = duties.filter(({ forAll }) => !forAll);
  const everybody = duties.filter(({ forAll }) => forAll);
  return (
    <Panel title={say(title)}>
      {own.length > 0 && <DutyList duties={own} label={t('duties.own')} />}
      {everybody.length > 0 && (
        <details open={own.length === 0}>
          <summary>{t('duties.everybody', { count: everybody.length })}</summary>
          <DutyList duties={everybody} label={t('duties.everybody', { count: everybody.length })} />
        </details>
      )}
    </Panel>
  );
};

const DutyList = ({ duties, label }: { duties: readonly Duty[]; label: string }) => {
  const { t } = useTranslation('identity');
  const say = useSay();
  return (
    <ul className="own-duties" aria-label={label}>
      {duties.map((duty) => (
        <li key={duty.id}>
          <span>
            {duty.kind !== 'obligation' && <strong>{t(`duties.kinds.${duty.kind}`)} </strong>}
            {say(duty)}
          </span>
          <span className="dim">{placeIn(duty.source)}</span>
        </li>
      ))}
    </ul>
  );
};

export default DutiesPage;
