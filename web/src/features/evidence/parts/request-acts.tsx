/** What may be done with a request now: look, end, write the result, review, withdraw, ask for a copy. What may not says why. */
import { useState } from 'react';
import { Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { beginViewing, closeRequest, endViewing, requests, withdrawRequest, type RequestView } from '../../../../../contract/evidence.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useAct } from '../../../app/queries.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { useSession } from '../../../app/session.tsx';
import { ResultForm } from './result-form.tsx';

const no = { zh: '', en: '' };

export const RequestActs = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const { t: tArchive } = useTranslation('archive');
  const { person } = useSession();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'close' | 'withdraw' | null>(null);
  const params = { requestId: one.requestId };
  const ending = useAct(endViewing, [requests.path]);
  const can = (act: string) => one.can[act] ?? no;
  const open = one.viewings.some(({ until }) => until === null);
  const writing = can('write') === true;
  return (
    <div className="footage-acts">
      {ending.error !== null && <RefusalBanner error={ending.error} />}
      {(one.state === 'ready' || one.state === 'viewing') && one.type === 'view' && !open && <Begin one={one} />}
      {open && (
        <div className="footage-open">
          {one.mode !== 'remote' && one.cameraIds.map((cameraId, index) => <Link key={cameraId} to={'/playback'} search={{ camera: cameraId, at: String(one.from) }} className="footage-link footage-first">{t('play', { camera: one.cameras[index] ?? '' })}</Link>)}
          <ActButton can={can('end')} loading={ending.isPending} onClick={() => ending.mutate({ params })}>{t('end')}</ActButton>
        </div>
      )}
      {open && one.mode === 'remote' && person.name === one.applicant && <Link to={'/footage/watch'} search={{ id: one.requestId }} className="footage-link footage-first">{tArchive('watch.go')}</Link>}
      {writing && <ResultForm one={one} />}
      <div className="footage-buttons">
        {(one.state === 'recorded' || one.state === 'returned' || (one.state === 'delivered' && one.returnBy === null)) && <ActButton can={can('close')} type="primary" onClick={() => setAsking('close')}>{t('close.act')}</ActButton>}
        {can('withdraw') === true && <ActButton can={true} onClick={() => setAsking('withdraw')}>{t('withdraw.act')}</ActButton>}
        <AskCopy one={one} />
      </div>
      {asking === 'close' && (
        <ConfirmAct title={t('close.act')} text={t('close.text')} actText={t('close.act')} withReason close={() => setAsking(null)} act={async (remark) => call(closeRequest, { params, body: { remark } }).then(async () => invalidatePaths(client, [requests.path]))} />
      )}
      {asking === 'withdraw' && (
        <ConfirmAct title={t('withdraw.act')} text={t('withdraw.text')} actText={t('withdraw.act')} withReason close={() => setAsking(null)} act={async (reason) => call(withdrawRequest, { params, body: { reason } }).then(async () => invalidatePaths(client, [requests.path]))} />
      )}
    </div>
  );
};

/** Only the applicant goes on from a viewing to a copy: a request of its own. */
const AskCopy = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const { person } = useSession();
  if (one.type === 'copy' || person.name !== one.applicant || (one.state !== 'recorded' && one.state !== 'closed')) return null;
  return <Link to={'/footage/ask'} search={{ follows: one.requestId }} className="footage-link">{t('askCopy')}</Link>;
};

const Begin = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const [witness, setWitness] = useState('');
  const beginning = useAct(beginViewing, [requests.path]);
  return (
    <form
      className="footage-begin"
      onSubmit={(event) => {
        event.preventDefault();
        beginning.mutate({ params: { requestId: one.requestId }, body: { witness } });
      }}
    >
      {beginning.error !== null && <RefusalBanner error={beginning.error} />}
      <label>
        {t('witness')}
        <Input value={witness} maxLength={100} onChange={(event) => setWitness(event.target.value)} />
      </label>
      <ActButton can={one.can['begin'] ?? no} type="primary" htmlType="submit" loading={beginning.isPending}>
        {t(one.mode === 'remote' ? 'beginRemote' : 'begin')}
      </ActButton>
    </form>
  );
};
