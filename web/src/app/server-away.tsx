/** The server is gone: say so, keep trying, and say what goes on without it. The page behind stays as it was. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../ui/marks.tsx';
import { useLanguage } from '../ui/say.ts';
import { spanText } from '../ui/time-format.ts';
import { useConnection } from './live.tsx';
import { windowNow } from './live-socket.ts';

/** A restart of the server is over in three seconds: shorter losses alarm nobody. */
const quietMs = 2_000;

export const ServerAwayBar = () => {
  const connection = useConnection();
  return connection.state === 'open' ? null : <AwayFor key={connection.since} since={connection.since} />;
};

const AwayFor = ({ since }: { since: number }) => {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const [now, setNow] = useState(windowNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(windowNow()), 500);
    return () => clearInterval(timer);
  }, []);
  if (now - since < quietMs) return null;
  return (
    <div className="away-bar" role="alert">
      <PriorityMark priority="high" />
      <strong>{t('away.title')}</strong>
      {/* The count is not read out again each second. */}
      <span aria-live="off">{t('away.text', { span: spanText(now - since, language) })}</span>
    </div>
  );
};

/** Nothing could be read yet, so there is no page to keep. */
export const ConnectingPage = () => {
  const { t } = useTranslation('app');
  return (
    <div className="state" role="status">
      <h1>{t('away.title')}</h1>
      <p>{t('away.first')}</p>
    </div>
  );
};
