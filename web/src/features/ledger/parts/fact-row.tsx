/** One fact: when, what, who; opened, everything that was hashed. */
import { useTranslation } from 'react-i18next';
import type { FactView } from '../../../../../contract/ledger.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { groupedHash, momentText } from '../../../ui/time-format.ts';
import { useKindWords } from './kind-words.ts';

export const FactRow = ({ fact, onSubject }: { fact: FactView; onSubject: (subject: string) => void }) => {
  const { t } = useTranslation('ledger');
  const say = useSay();
  const { site } = useSession();
  const { wordOf } = useKindWords();
  const who = fact.actor.kind === 'person' ? fact.actor.name : `${t('process')} · ${fact.actor.name}`;
  return (
    <li className="fact">
      <details>
        <summary>
          <time dateTime={new Date(fact.at).toISOString()}>{momentText(fact.at, site.timeZone)}</time>
          <span className="fact-what">{say(fact)}</span>
          <span className="dim">{who}</span>
        </summary>
        <Facts
          rows={[
            [t('seq'), fact.seq],
            [t('kind'), `${wordOf(fact.kind)} · ${fact.kind} v${fact.version}`],
            [
              t('subject'),
              <span key="subject">
                <code>{fact.subject}</code>{' '}
                <button type="button" className="link" onClick={() => onSubject(fact.subject)}>
                  {t('onlySubject')}
                </button>
              </span>,
            ],
            [t('leaf'), <code key="leaf">{groupedHash(fact.leafHash)}</code>],
            [t('body'), <pre key="body">{JSON.stringify(fact.body, null, 2)}</pre>],
          ]}
        />
      </details>
    </li>
  );
};
