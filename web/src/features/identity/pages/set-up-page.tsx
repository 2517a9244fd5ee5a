/** First visit: one click into the demonstration room, or the real set-up. Both need the one-time code from the terminal. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { setUpDemonstration } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { switchLanguage } from '../../../app/i18n.ts';
import { Redirect } from '../../../app/redirect.tsx';
import { ConnectingPage } from '../../../app/server-away.tsx';
import { useRoomState, useSessionState } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { LanguageSwitch } from '../../../ui/language-switch.tsx';
import { faultsOf } from '../../../ui/fault-paths.ts';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../identity.css';
import { DemonstrationPeople, type DemonstrationPerson } from '../parts/demonstration-people.tsx';
import { isAboutCode, SetUpForm } from '../parts/set-up-form.tsx';

const SetUpPage = () => {
  const { t } = useTranslation('identity');
  const room = useRoomState();
  const { session } = useSessionState();
  const [people, setPeople] = useState<readonly DemonstrationPerson[] | null>(null);
  // While the people are shown, the machine is already set up.
  const content = () => {
    if (people !== null) return <DemonstrationPeople people={people} />;
    if (session != null) return <Redirect to="/" />;
    if (room.data === undefined) return room.error === null ? <Loading /> : <ConnectingPage />;
    if (room.data.state === 'ready') return <Empty what={t('setUp.done')} act={<Link to="/sign-in">{t('setUp.doneAct')}</Link>} />;
    return <Choice demonstrationPossible={room.data.demonstrationPossible} made={setPeople} />;
  };
  return (
    <div className="bare-page">
      <section className="bare-card bare-card-wide">
        <header className="bare-head">
          <h1>值守 Vigil · {t('setUp.title')}</h1>
          <LanguageSwitch onChoose={(language) => void switchLanguage(language)} />
        </header>
        {content()}
      </section>
    </div>
  );
};

const Choice = ({ demonstrationPossible, made }: { demonstrationPossible: boolean; made: (people: readonly DemonstrationPerson[]) => void }) => {
  const { t } = useTranslation('identity');
  const language = useLanguage();
  const fromAddress = useSearchText('code');
  const [code, setCode] = useState(fromAddress);
  const [fault, setFault] = useState<string | null>(null);
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const haveCode = (): boolean => {
    setFault(code.trim() === '' ? t('setUp.needCode') : null);
    return code.trim() !== '';
  };
  const refused = (error: unknown): void => {
    const wrong = faultsOf(error).find(({ path }) => path === 'code');
    if (wrong === undefined) return;
    setFault(say(wrong));
    document.getElementById('set-up-code')?.focus();
  };
  const demonstrate = async (): Promise<void> => {
    if (!haveCode()) return;
    setBusy(true);
    setError(null);
    try {
      made((await call(setUpDemonstration, { body: { code: code.trim(), language } })).people);
    } catch (reason) {
      setError(reason);
      refused(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>{t('setUp.welcome')}</p>
      <br />
      <Form layout="vertical" component="div">
        <Form.Item label={t('setUp.code')} htmlFor="set-up-code" extra={t('setUp.codeHint')} className="code-field" {...(fault === null ? {} : { validateStatus: 'error' as const, help: fault })}>
          <Input id="set-up-code" value={code} maxLength={32} autoFocus autoComplete="off" spellCheck={false} size="large" aria-invalid={fault !== null} onChange={(event) => {
            setCode(event.target.value);
            setFault(null);
            setError(null);
          }} />
        </Form.Item>
      </Form>
      {demonstrationPossible && (
        <div className="either">
          <h2>{t('setUp.demonstrationTitle')}</h2>
          <p>{t('setUp.demonstrationText')}</p>
          {/* A wrong code is said at its field, once. */}
          {error !== null && !isAboutCode(error) && <RefusalBanner error={error} />}
          <Button type="primary" loading={busy} onClick={() => void demonstrate()}>
            {t('setUp.demonstrationAct')}
          </Button>
          <span role="status" className="dim">
            {busy ? t('setUp.demonstrationWait') : ''}
          </span>
        </div>
      )}
      <h2>{t('setUp.realTitle')}</h2>
      <br />
      <SetUpForm code={code} haveCode={haveCode} refused={refused} />
    </>
  );
};

export default SetUpPage;
