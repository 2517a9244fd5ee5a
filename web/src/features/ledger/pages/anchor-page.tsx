/** The anchor to print: the newest checkpoint as words and QR code, with room for two signatures. One A4 page. */
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { anchorPage, head } from '../../../../../contract/ledger.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockSecondsText, groupedHash, isoDateText } from '../../../ui/time-format.ts';
import '../ledger.css';

type Anchor = z.output<(typeof anchorPage)['response']>;

const AnchorPage = () => {
  const { t } = useTranslation('ledger');
  const make = useAct(anchorPage, [head.path]);
  return (
    <Page title={t('anchor.title')} about={t('anchor.about')} narrow>
      {make.error !== null && <RefusalBanner error={make.error} />}
      {make.data === undefined ? (
        <Panel>
          <p>{t('anchor.makeText')}</p>
          <br />
          <div className="form-acts">
            <Button type="primary" loading={make.isPending} onClick={() => make.mutate({})}>
              {t('anchor.make')}
            </Button>
            <Link to="/ledger">{t('anchor.back')}</Link>
          </div>
        </Panel>
      ) : (
        <>
          <Sheet anchor={make.data} />
          <div className="form-acts no-print">
            <Button type="primary" onClick={() => print()}>
              {t('anchor.print')}
            </Button>
            <Link to="/ledger">{t('anchor.back')}</Link>
          </div>
        </>
      )}
    </Page>
  );
};

const Sheet = ({ anchor }: { anchor: Anchor }) => {
  const { t } = useTranslation('ledger');
  const { site, room } = useSession();
  return (
    <Panel>
      <div className="anchor">
        {/* An image, not markup of ours: whatever the SVG holds cannot run. */}
        <img src={`data:image/svg+xml;utf8,${encodeURIComponent(anchor.qrSvg)}`} alt={t('anchor.qr')} />
        <Facts
          rows={[
            [t('anchor.site'), site.name],
            [t('anchor.room'), room.name],
            [t('size'), t('anchor.count', { size: anchor.size })],
            [t('signedAt'), `${isoDateText(anchor.signedAt, site.timeZone)} ${clockSecondsText(anchor.signedAt, site.timeZone)} ${site.timeZone}`],
            [t('fingerprint'), <code key="key">{groupedHash(anchor.keyFingerprint)}</code>],
            [t('root'), <code key="root">{groupedHash(anchor.rootHash)}</code>],
          ]}
        />
        <pre className="checkpoint">{anchor.checkpoint}</pre>
        <p className="dim">{t('anchor.how')}</p>
        <dl className="signatures">
          {[t('anchor.handing'), t('anchor.taking')].map((who) => (
            <div key={who}>
              <dt>{who}</dt>
              <dd />
              <dt>{t('anchor.date')}</dt>
              <dd />
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
};

export default AnchorPage;
