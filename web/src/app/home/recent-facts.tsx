/** The newest facts of the ledger, in words; left out for people who may not read it. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listFacts } from '../../../../contract/ledger.ts';
import { ledgerVerbs } from '../../features/ledger/verbs.ts';
import { useSay } from '../../ui/say.ts';
import { clockText } from '../../ui/time-format.ts';
import { useEndpoint } from '../queries.ts';
import { useCan, useSession } from '../session.tsx';

const shown = 12;

export const RecentFacts = () => (useCan(ledgerVerbs.read) === true ? <Recent /> : null);

const Recent = () => {
  const { t } = useTranslation('app');
  const say = useSay();
  const { site } = useSession();
  const facts = useEndpoint(listFacts, { query: {} });
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">
        <span>{t('console.recent')}</span>
        <Link to={'/ledger'}>{t('console.allFacts')}</Link>
      </h2>
      {facts.data?.facts.length === 0 && <p className="dim">{t('console.recentNone')}</p>}
      <ol className="recent">
        {facts.data?.facts.slice(0, shown).map((fact) => (
          <li key={fact.seq}>
            <time>{clockText(fact.at, site.timeZone)}</time>
            <span>{say(fact)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
};
