/** How to make a computer trust the room's own certificate authority; readable before the sign-in, since it is needed then. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { authority } from '../../../../../contract/system.ts';
import { callBytes, RefusalError } from '../../../app/client.ts';
import { switchLanguage } from '../../../app/i18n.ts';
import { LanguageSwitch } from '../../../ui/language-switch.tsx';
import { Facts, Panel } from '../../../ui/page.tsx';
import { Notice } from '../../../ui/states.tsx';
import '../identity.css';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/** The certificate is public; whether one exists is asked first, so that nobody downloads a refusal. */
const AuthorityFile = () => {
  const { t } = useTranslation('identity');
  const exists = useQuery({
    queryKey: [authority.path],
    queryFn: async () => {
      const found = await callBytes(authority, {}).catch((error: unknown) => {
        if (error instanceof RefusalError && error.refusal.kind === 'not_found') return null;
        throw error;
      });
      return found !== null;
    },
  });
  if (exists.data === undefined) return null;
  if (!exists.data) return <p className="dim">{t('trust.noAuthority')}</p>;
  return (
    <a href={authority.path} download="vigil-authority.crt">
      {t('trust.download')}
    </a>
  );
};

const TrustPage = () => {
  const { t } = useTranslation('identity');
  const secure = location.protocol === 'https:';
  const loopback = isLoopback(location.hostname);
  return (
    <div className="page page-narrow">
      <header className="bare-head">
        <h1>{t('trust.title')}</h1>
        <LanguageSwitch onChoose={(language) => void switchLanguage(language)} />
      </header>
      <p className="dim">{t('trust.about')}</p>
      <br />
      <Notice priority={secure || loopback ? 'information' : 'high'}>{secure ? t('trust.secure') : loopback ? t('trust.loopback') : t('trust.insecure')}</Notice>
      <Panel title={t('trust.stepsTitle')}>
        <ol className="trust-steps">
          <li>{t('trust.step1')}</li>
          <li>
            <div>
              <p>{t('trust.step2')}</p>
              <AuthorityFile />
            </div>
          </li>
          <li>{t('trust.step3')}</li>
          <li>
            <div>
              <p>{t('trust.step4')}</p>
              <br />
              <Facts
                rows={[
                  ['Windows', t('trust.windows')],
                  [t('trust.kylinName'), t('trust.kylin')],
                  ['macOS', t('trust.mac')],
                  ['Firefox', t('trust.firefox')],
                  [t('trust.phoneName'), t('trust.phone')],
                ]}
              />
            </div>
          </li>
        </ol>
      </Panel>
      <p className="dim">{t('trust.limit')}</p>
      <br />
      <Link to="/">{t('trust.back')}</Link>
    </div>
  );
};

export default TrustPage;
