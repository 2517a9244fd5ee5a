/** The printed note that goes with a copy (移交单): what it is, how it is verified, the fingerprint to compare, two signatures. */
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { exportNote } from '../../../../../contract/evidence-copies.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Facts, Page } from '../../../ui/page.tsx';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

const NotePage = () => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  const span = useSpan();
  const id = useSearchText('id');
  const { data, error, refetch } = useEndpoint(exportNote, { params: { packageId: id } }, { enabled: id !== '' });
  if (error !== null) return <Page title={t('copies.sheet.title')}><RefusalBanner error={error} retry={() => void refetch()} /></Page>;
  if (data === undefined) return <Page title={t('copies.sheet.title')}><Loading /></Page>;
  const { copy } = data;
  const word = (key: 'number' | 'request' | 'cameras' | 'span' | 'applicant' | 'reason' | 'purpose' | 'approvers' | 'operator' | 'witness' | 'receiver' | 'medium' | 'returnBy' | 'file' | 'fileSha' | 'packageSha' | 'key' | 'verifier') => t(`copies.sheet.${key}`);
  const handed = copy.custody.findLast(({ act }) => act === 'handed_over');
  const code = (text: string | null) => <code className="copy-code">{text ?? ''}</code>;
  const rows = [
    [word('number'), `${copy.number} · ${t('copies.numberOf', { copy: copy.copy })}`] as const, [word('request'), copy.request] as const, [word('cameras'), data.cameras.join('、')] as const, [word('span'), `${span(data.from, data.until)} ${data.timeZone}`] as const,
    [word('applicant'), `${data.applicant} · ${data.department}`] as const, [word('reason'), data.reason] as const, [word('purpose'), copy.purpose] as const, [word('approvers'), data.approvers.map(({ name, at }) => `${name} ${moment(at)}`).join('；')] as const,
    [word('operator'), `${copy.operator} ${moment(copy.begunAt)}`] as const, ...(copy.witness === '' ? [] : [[word('witness'), copy.witness] as const]), [word('receiver'), copy.receiver ?? ''] as const, [word('medium'), handed?.medium ?? ''] as const,
    ...(copy.returnBy === null ? [] : [[word('returnBy'), moment(copy.returnBy)] as const]), [word('file'), copy.fileName] as const, [word('fileSha'), code(copy.fileSha256)] as const, ...(copy.encrypted ? [[word('packageSha'), code(copy.sha256)] as const] : []),
    [word('key'), code(copy.fingerprint)] as const, [word('verifier'), code(copy.verifierSha256)] as const,
  ];
  return (
    <Page title={t('copies.sheet.title')} acts={<span className="no-print footage-buttons"><Button type="primary" onClick={() => print()}>{t('copies.sheet.print')}</Button><Link to={'/footage/request'} search={{ id: copy.requestId }} className="footage-link">{copy.request}</Link></span>}>
      <article className="copy-note">
        <h2>{data.unit} · {data.room} · {t('copies.sheet.title')}</h2>
        <Facts rows={rows} />
        <p>{t('copies.sheet.how')}</p>
        <dl className="signatures">
          {[t('copies.sheet.signGive'), t('copies.sheet.signTake')].map((who) => (
            <div key={who}>
              <dt>{who}</dt>
              <dd />
              <dt>{t('copies.sheet.date')}</dt>
              <dd />
            </div>
          ))}
        </dl>
        <p className="dim">{t('copies.sheet.madeAt', { time: moment(data.now) })}</p>
      </article>
    </Page>
  );
};

export default NotePage;
