/** One item: how it is described, its files, who asked for it, what may be done with it now, every hand it went through. Printed, it is the receipt of what was handed in. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerItem, archiveItem, carryOut, openItem, releaseItem, returnItem } from '../../../../../contract/evidence-archive.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { sizeText } from '../../../ui/time-format.ts';
import { archivePaths, AskUse, CarryOut, Describe, type ItemView } from '../parts/archive-dialogs.tsx';
import { ArchiveOpen } from '../parts/archive-open.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

const no = { zh: '', en: '' };
/** What people hand in is often small. */
const fileSize = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1_000)} KB` : sizeText(bytes));

const ArchiveItemPage = () => {
  const { t } = useTranslation('archive');
  const id = useSearchText('id');
  const { data, error, refetch } = useEndpoint(archiveItem, { params: { itemId: id } }, { enabled: id !== '' });
  const acts = <span className="no-print footage-buttons"><Button onClick={() => print()}>{t('item.print')}</Button><Link to={'/footage/archive'} className="footage-link">{t('backToList')}</Link></span>;
  return (
    <Page title={data === undefined ? t('title') : `${data.source === 'received' ? t('item.receipt') : t(`class.${data.class}`)} ${data.number}`} acts={acts}>
      {id === '' && <Empty what={t('list.empty_all')} />}
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {id !== '' && data === undefined && error === null && <Loading />}
      {data !== undefined && <Whole key={data.itemId} one={data} />}
    </Page>
  );
};

const Whole = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const say = useSay();
  const moment = useMoment();
  return (
    <div className="footage-request">
      <div>
        <Panel>
          <p className="footage-lead">
            <span className="footage-state">{t(`state.${one.state}`)}</span>
            {one.held && one.state !== 'destroyed' && <span className="dim">{t('held')}</span>}
            {one.overdue && <span className="footage-late">{t('overdue')}</span>}
            {one.returnBy !== null && <span className="dim tabular">{t('ask.returnBy')} {moment(one.returnBy)}</span>}
          </p>
          {one.missing.length > 0 && <Notice priority="medium">{t('item.incomplete', { what: one.missing.map(say).join(t('and')) })}</Notice>}
          {one.destruction !== null && one.state !== 'destroyed' && <Notice priority="high">{t('item.waits', { name: one.destruction.by, time: moment(one.destruction.at) })}</Notice>}
          <Acts one={one} />
        </Panel>
        <Description one={one} />
        <Files one={one} />
      </div>
      <div>
        <Orders one={one} />
        <Chain one={one} />
      </div>
    </div>
  );
};

type Dialog = 'describe' | 'ask' | 'lend' | 'transfer' | 'publish' | 'destroy' | 'release' | 'answer' | 'return';

const Acts = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const params = { itemId: one.itemId };
  const opening = useAct(openItem, archivePaths);
  const [releasing, answering, returning, destroying] = [useAct(releaseItem, archivePaths), useAct(answerItem, archivePaths), useAct(returnItem, archivePaths), useAct(carryOut, archivePaths)];
  const can = (act: string) => one.can[act] ?? no;
  const granted = (how: string): boolean => one.orders.some((order) => order.how === how && order.state === 'granted');
  const close = (): void => setDialog(null);
  return (
    <div className="footage-acts no-print">
      {opening.error !== null && <RefusalBanner error={opening.error} />}
      {opening.data !== undefined && <ArchiveOpen opened={opening.data} />}
      <div className="footage-buttons">
        {one.state !== 'destroyed' && <ActButton can={can('open')} type="primary" loading={opening.isPending} onClick={() => opening.mutate({ params })}>{t('item.open')}</ActButton>}
        {can('ask') === true && <ActButton can={true} onClick={() => setDialog('ask')}>{t('item.ask')}</ActButton>}
        {can('describe') === true && <ActButton can={true} onClick={() => setDialog('describe')}>{t('item.describe')}</ActButton>}
        {(['lend', 'transfer', 'publish'] as const).filter(granted).map((how) => <ActButton key={how} can={can(how)} onClick={() => setDialog(how)}>{t(`item.${how}`)}</ActButton>)}
        {one.state === 'lent' && <ActButton can={can('return')} onClick={() => setDialog('return')}>{t('item.return')}</ActButton>}
        {one.source === 'received' && !one.answered && <ActButton can={can('answer')} onClick={() => setDialog('answer')}>{t('item.answer')}</ActButton>}
        {one.held && can('release') === true && <ActButton can={true} onClick={() => setDialog('release')}>{t('item.release')}</ActButton>}
        {granted('destroy') && <ActButton can={can('destroy')} danger onClick={() => setDialog('destroy')}>{t(one.destruction === null ? 'item.destroy' : 'item.destroyConfirm')}</ActButton>}
      </div>
      {dialog === 'describe' && <Describe one={one} close={close} />}
      {dialog === 'ask' && <AskUse one={one} close={close} />}
      {(dialog === 'lend' || dialog === 'transfer' || dialog === 'publish') && <CarryOut one={one} how={dialog} close={close} />}
      {dialog === 'release' && <ConfirmAct title={t('item.release')} text={t('item.releaseText')} actText={t('item.release')} withReason danger close={close} act={(reason) => releasing.mutateAsync({ params, body: { reason } })} />}
      {dialog === 'answer' && <ConfirmAct title={t('item.answer')} text={t('item.answerText')} actText={t('item.answer')} withReason close={close} act={(note) => answering.mutateAsync({ params, body: { note } })} />}
      {dialog === 'return' && <ConfirmAct title={t('item.return')} text={t('item.returnText')} actText={t('item.return')} withReason close={close} act={(note) => returning.mutateAsync({ params, body: { note } })} />}
      {dialog === 'destroy' && <ConfirmAct title={t('item.destroy')} text={t('item.destroyText')} actText={t(one.destruction === null ? 'item.destroy' : 'item.destroyConfirm')} withReason danger close={close} act={(note) => destroying.mutateAsync({ params, body: { how: 'destroy', to: '', note, signature: '' } })} />}
    </div>
  );
};

const Description = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const moment = useMoment();
  const span = useSpan();
  const row = (name: string, value: string): (readonly [string, string])[] => (value === '' ? [] : [[name, value]]);
  const rows: (readonly [string, React.ReactNode])[] = [
    [t('column.class'), t(`class.${one.class}`)], ...row(t('form.caseNumber'), one.caseNumber), ...row(t('form.titleField'), one.title), ...row(t('form.words'), one.words), ...row(t('form.place'), one.place), ...row(t('column.custodian'), one.custodian),
    ...row(t('item.giver'), [one.giver, one.giverContact].filter((part) => part !== '').join(' · ')), ...(one.replyBy === null ? [] : row(t('item.replyBy'), `${moment(one.replyBy)}${one.answered ? ` · ${t('item.answered')}` : ''}`)),
    ...(one.from === null || one.until === null ? [] : [[t('column.footage'), `${one.camera} ${span(one.from, one.until)}`] as const]),
    ...(one.package === null || one.requestId === null ? [] : [[t('item.package'), <Link key="package" to={'/footage/request'} search={{ id: one.requestId }}>{one.package}</Link>] as const]),
    [t('item.keepUntil'), one.keepUntil === null ? t('item.always') : moment(one.keepUntil)], [t('item.filedBy'), `${one.filedBy} ${moment(one.filedAt)}`], [t('item.size'), fileSize(one.sizeBytes)],
    [t('item.hash'), <code key="hash" className="copy-code">{one.sha256}</code>],
  ];
  return (
    <Panel title={t('item.facts')}>
      <Facts rows={rows} />
      {one.source === 'received' && <p className="only-print">{one.unit} · {one.room} · {t('item.sign')}________________</p>}
    </Panel>
  );
};

const Files = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const span = useSpan();
  return (
    <Panel title={t('item.files')}>
      <ul className="copies">
        {one.fileList.map((file) => (
          <li key={file.number}>
            <p><strong>{file.from === null || file.until === null ? file.name : <span className="tabular">{file.camera} {span(file.from, file.until)}</span>}</strong> <span className="dim">{fileSize(file.sizeBytes)}</span></p>
            <p className="copy-hash"><code>{file.sha256}</code></p>
          </li>
        ))}
      </ul>
      {one.gaps.length > 0 && <><h3>{t('item.gaps')}</h3><ul>{one.gaps.map((gap) => <li key={gap.from} className="tabular">{span(gap.from, gap.until)} {gap.reason}</li>)}</ul></>}
    </Panel>
  );
};

const Orders = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const moment = useMoment();
  return (
    <Panel title={t('item.orders')}>
      {one.orders.length === 0 && <p className="dim">{t('item.nobody')}</p>}
      <ul className="footage-results">
        {one.orders.map((order) => (
          <li key={order.orderId}>
            <p><strong>{t(`how.${order.how}`)}</strong> <Link to={'/approvals'} search={{ list: 'mine', id: order.approvalId }}>{t(`orderState.${order.state}`)}</Link></p>
            <p className="footage-words">{[order.reason, order.receiver, order.content, order.place, order.paper, order.returnBy === null ? '' : `${t('ask.returnBy')} ${moment(order.returnBy)}`].filter((part) => part !== '').join(' · ')}</p>
            <p className="dim">{order.askedBy} · {moment(order.askedAt)}</p>
            {order.approvers.length > 0 && <p className="dim">{t('item.approvers')} {order.approvers.map(({ name, at }) => `${name} ${moment(at)}`).join('、')}{order.state === 'granted' && order.validUntil !== null ? ` · ${t('item.validUntil', { time: moment(order.validUntil) })}` : ''}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Chain = ({ one }: { one: ItemView }) => {
  const { t } = useTranslation('archive');
  const moment = useMoment();
  return (
    <Panel title={t('item.chain')}>
      <ol className="footage-life">
        {one.custody.map((act) => (
          <li key={act.number}>
            <time className="tabular dim">{moment(act.at)}</time>
            <div>
              <strong>{t(`act.${act.act}`)}</strong> {act.by === '' ? t('system') : act.by}
              {(act.to !== '' || act.note !== '' || act.signatureSha256 !== null) && <p className="footage-words dim">{[act.to, act.note, act.signatureSha256 === null ? '' : t('item.signed')].filter((part) => part !== '').join(' · ')}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
};

export default ArchiveItemPage;
