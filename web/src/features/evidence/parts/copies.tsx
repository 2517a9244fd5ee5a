/** Copies of one request: made, taken, handed over, given back, each with its chain of custody. */
import { useState } from 'react';
import { Progress } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { copies as copiesEndpoint, takeCopy, type PackageRow } from '../../../../../contract/evidence-copies.ts';
import type { RequestView } from '../../../../../contract/evidence.ts';
import { addressOf } from '../../../app/client.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { EndCopy, HandOver, MakeCopy, NoteCopy, SendPassphrase, WaitingEnd } from './copy-dialogs.tsx';
import { useMoment } from './use-words.ts';

const no = { zh: '', en: '' };
const whileWriting = 1_000;
const wholePercent = 100;
const mega = 1e6;

export const Copies = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const [making, setMaking] = useState(false);
  const [wait, setWait] = useState(false);
  const { data, error, refetch } = useEndpoint(copiesEndpoint, { params: { requestId: one.requestId } }, wait ? { refetchMs: whileWriting, keepOld: true } : { keepOld: true });
  const writing = data?.copies.some(({ state }) => state === 'making') ?? false;
  if (writing !== wait) setWait(writing);
  return (
    <Panel title={t('copies.title')}>
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <p className="dim">{t('copies.about', { most: data.most })}</p>
          {data.copies.length === 0 && <p>{t('copies.none')}</p>}
          <ul className="copies">{data.copies.map((copy) => <Copy key={copy.packageId} copy={copy} />)}</ul>
          <div className="footage-buttons"><ActButton can={data.can['make'] ?? no} type="primary" onClick={() => setMaking(true)}>{t('copies.make')}</ActButton></div>
        </>
      )}
      {making && <MakeCopy requestId={one.requestId} close={() => setMaking(false)} />}
    </Panel>
  );
};

type Dialog = 'hand_over' | 'send' | 'end' | 'note';

const Copy = ({ copy }: { copy: PackageRow }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => setDialog(null);
  const can = (act: string) => copy.can[act] ?? no;
  const facts = [t('copies.numberOf', { copy: copy.copy }), t('copies.operator', { name: copy.operator, time: moment(copy.begunAt) }), copy.witness === '' ? '' : t('copies.withWitness', { name: copy.witness }), copy.sizeBytes === null ? '' : t('copies.size', { mb: (copy.sizeBytes / mega).toFixed(1) }), copy.encrypted ? t('copies.encrypted') : ''];
  return (
    <li>
      <p className="footage-lead"><strong className="tabular">{copy.number}</strong> <span className={`footage-state footage-${copy.state}`}>{t(`copies.state.${copy.state}`)}</span></p>
      <p className="dim">{facts.filter((part) => part !== '').join(' · ')}</p>
      {copy.overdue && copy.returnBy !== null && <Notice priority="high">{t('copies.overdue', { time: moment(copy.returnBy) })}</Notice>}
      {copy.failure !== null && <Notice priority="high">{say(copy.failure)}</Notice>}
      {copy.progress !== null && copy.progress.ahead > 0 && <p>{t('copies.ahead', { count: copy.progress.ahead })}</p>}
      {copy.progress !== null && copy.progress.ahead === 0 && <Progress percent={Math.floor((copy.progress.doneBytes / copy.progress.allBytes) * wholePercent)} aria-label={t('copies.state.making')} />}
      <WaitingEnd copy={copy} />
      {copy.fileSha256 !== null && <p className="copy-hash">{t('copies.sha')} <code>{copy.fileSha256}</code></p>}
      {copy.madeAt !== null && (
        <div className="footage-buttons">
          {can('take') === true && <a className="footage-link" href={addressOf(takeCopy.path, { packageId: copy.packageId }, {})} download={copy.fileName}>{t('copies.take')}</a>}
          <Link className="footage-link" to={'/footage/note'} search={{ id: copy.packageId }}>{t('copies.note')}</Link>
          {copy.state === 'ready' && <ActButton can={can('hand_over')} type="primary" onClick={() => setDialog('hand_over')}>{t('copies.handOver')}</ActButton>}
          {copy.encrypted && copy.state !== 'ended' && <ActButton can={can('send')} onClick={() => setDialog('send')}>{t('copies.send')}</ActButton>}
          {copy.state !== 'ended' && copy.ending === null && <ActButton can={can('end')} onClick={() => setDialog('end')}>{t('copies.end')}</ActButton>}
          <ActButton can={can('note')} onClick={() => setDialog('note')}>{t('copies.addNote')}</ActButton>
        </div>
      )}
      {copy.custody.length > 0 && <Custody copy={copy} />}
      {dialog === 'hand_over' && <HandOver copy={copy} close={close} />}
      {dialog === 'send' && <SendPassphrase copy={copy} close={close} />}
      {dialog === 'end' && <EndCopy copy={copy} close={close} />}
      {dialog === 'note' && <NoteCopy copy={copy} close={close} />}
    </li>
  );
};

const Custody = ({ copy }: { copy: PackageRow }) => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  return (
    <details className="footage-more" open={copy.state !== 'ended'}>
      <summary>{t('copies.custody')}</summary>
      <ol className="footage-life">
        {copy.custody.map((link) => (
          <li key={link.number}>
            <time className="tabular dim">{moment(link.at)}</time>
            <div>
              <strong>{t(`copies.act.${link.act}`)}</strong> {[link.by, link.second].filter((part) => part !== '').join('、')}
              {link.to !== '' && link.to !== link.by && <span> → {link.to}</span>}
              {(link.medium !== '' || link.note !== '' || link.signatureSha256 !== null) && <p className="footage-words dim">{[link.medium, link.note, link.signatureSha256 === null ? '' : t('copies.register.signed')].filter((part) => part !== '').join(' · ')}</p>}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
};
