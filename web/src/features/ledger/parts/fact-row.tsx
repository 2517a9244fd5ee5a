/** One fact: when, what, who; opened, what it says in words of the field, and below that the text that was signed. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactView } from '../../../../../contract/ledger.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { groupedHash, momentText } from '../../../ui/time-format.ts';
import { factRows, momentWithYear, subjectName } from './fact-words.ts';
import { useFactWords } from './use-fact-words.ts';

/** Undefined: nothing can be followed from here. */
type OnSubject = ((subject: string, name: string) => void) | undefined;

export const FactRow = ({ fact, onSubject }: { fact: FactView; onSubject?: OnSubject }) => {
  const say = useSay();
  const { site } = useSession();
  const [open, setOpen] = useState(false);
  const who = useWho(fact.actor);
  return (
    <li className="fact">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <time dateTime={new Date(fact.at).toISOString()}>{momentText(fact.at, site.timeZone)}</time>
          <span className="fact-what">{say(fact)}</span>
          <span className="dim fact-who">{who}</span>
        </summary>
        {open && <Opened fact={fact} who={who} onSubject={onSubject} />}
      </details>
    </li>
  );
};

const useWho = (actor: FactView['actor']): string => {
  const { t } = useTranslation('ledger');
  const { word } = useFactWords();
  return actor.kind === 'person' ? actor.name : `${t('process')} · ${word(`processes.${actor.id}`) ?? actor.name}`;
};

const Opened = ({ fact, who, onSubject }: { fact: FactView; who: string; onSubject: OnSubject }) => {
  const { t } = useTranslation('ledger');
  const { site, room } = useSession();
  const words = useFactWords();
  const name = subjectName(fact, { site, room }) ?? words.word(`things.${fact.subject.split('_')[0] ?? ''}`);
  return (
    <>
      <Facts
        rows={[
          [t('seq'), fact.seq],
          [t('time'), momentWithYear(fact.at, site.timeZone)],
          [t('who'), who],
          [
            t('subject'),
            <span key="subject">
              {name ?? <code>{fact.subject}</code>}{' '}
              {onSubject !== undefined && (
                <button type="button" className="link" onClick={() => onSubject(fact.subject, name ?? fact.subject)}>
                  {t('onlySubject')}
                </button>
              )}
            </span>,
          ],
          ...factRows(fact.body, words).map(([key, text]) => [key, <span key="text" className="fact-value">{text}</span>] as const),
          [t('leaf'), <code key="leaf">{groupedHash(fact.leafHash)}</code>],
        ]}
      />
      <details className="more fact-raw">
        <summary>{t('raw')}</summary>
        <p className="dim">{t('rawText')}</p>
        <pre tabIndex={0}>{`${fact.kind} v${fact.version}\n${fact.subject}\n${JSON.stringify(fact.body, null, 2)}`}</pre>
      </details>
    </>
  );
};
