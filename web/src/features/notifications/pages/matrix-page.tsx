/** The matrix: event and severity, who must know, by which channel, in how many seconds, who next. A row without anybody is refused by the server, by name. */
import { useState } from 'react';
import { Button, InputNumber, Modal, Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Role } from '../../../../../contract/identity.ts';
import { Channel, matrix, saveMatrixRow } from '../../../../../contract/notifications.ts';
import type { MatrixRow, Target } from '../../../../../contract/notifications.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import '../notifications.css';
import { notificationVerbs } from '../verbs.ts';

const targets: readonly Target[] = ['duty_partner', ...Role.options];

const useTargetWord = (): ((target: Target) => string) => {
  const { t } = useTranslation('notifications');
  const { t: tApp } = useTranslation('app');
  return (target) => (target === 'duty_partner' ? t('matrix.partner') : tApp(`role.${target}`));
};

const MatrixPage = () => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const word = useTargetWord();
  const can = useCan(notificationVerbs.changeMatrix);
  const rows = useEndpoint(matrix, {});
  const [changing, setChanging] = useState<MatrixRow | null>(null);
  const list = (of: readonly Target[]): string => of.map(word).join(' · ');
  return (
    <Page title={t('matrix.title')} about={t('matrix.about')} acts={<Link to={'/alarms'}>{t('matrix.back')}</Link>}>
      <DataTable<MatrixRow>
        caption={t('matrix.caption')}
        rows={rows.data?.rows}
        error={rows.error}
        empty={<Empty what={t('matrix.caption')} />}
        rowKey={({ kind, severity }) => `${kind} ${severity}`}
        searchText={(row) => `${row.title.zh} ${row.title.en}`}
        columns={[
          {
            key: 'kind',
            title: t('matrix.kind'),
            render: (row) => (
              <>
                <strong>{say(row.title)}</strong> <span className="dim">{t(`matrix.${row.is}`)}</span>
              </>
            ),
            order: (row) => say(row.title),
          },
          { key: 'severity', title: t('matrix.severity'), render: (row) => t(`matrix.${row.severity}`) },
          { key: 'targets', title: t('matrix.targets'), render: (row) => (row.targets.length === 0 ? t('matrix.atConsole') : list(row.targets)) },
          { key: 'channels', title: t('matrix.channels'), render: (row) => row.channels.map((channel) => t(`delivery.${channel}`)).join(' → ') },
          { key: 'seconds', title: t('matrix.seconds'), render: (row) => (row.answerSeconds === 0 ? t('matrix.noAnswer') : t('matrix.secondsText', { seconds: row.answerSeconds })), numeric: true },
          { key: 'next', title: t('matrix.next'), render: (row) => (row.ladder.length === 0 ? t('matrix.sameAgain') : row.ladder.map(list).join(' → ')) },
          {
            key: 'acts',
            title: t('matrix.change'),
            render: (row) => (
              <ActButton can={can} onClick={() => setChanging(row)}>
                {t('matrix.change')}
              </ActButton>
            ),
          },
        ]}
      />
      {changing !== null && <Change row={changing} close={() => setChanging(null)} />}
    </Page>
  );
};

const Change = ({ row, close }: { row: MatrixRow; close: () => void }) => {
  const { t } = useTranslation('notifications');
  const { t: tUi } = useTranslation('ui');
  const say = useSay();
  const word = useTargetWord();
  const save = useAct(saveMatrixRow, ['/api/notifications/matrix']);
  const [chosen, setChosen] = useState<Target[]>([...row.targets]);
  const [channels, setChannels] = useState<Channel[]>([...row.channels]);
  const [seconds, setSeconds] = useState(Math.max(10, row.answerSeconds));
  const [ladder, setLadder] = useState<Target[][]>(row.ladder.map((rung) => [...rung]));
  const options = targets.map((target) => ({ value: target, label: word(target) }));
  const setRung = (at: number, rung: Target[]): void => setLadder(ladder.map((one, index) => (index === at ? rung : one)));
  const send = (): void => save.mutate({ body: { kind: row.kind, severity: row.severity, targets: chosen, channels, answerSeconds: seconds, ladder } }, { onSuccess: close });
  return (
    <Modal open title={`${say(row.title)} · ${t(`matrix.${row.severity}`)}`} okText={t('matrix.save')} cancelText={tUi('cancel')} confirmLoading={save.isPending} onOk={send} onCancel={close} mask={{ closable: false }}>
      {save.error !== null && <RefusalBanner error={save.error} />}
      <label htmlFor="matrix-targets">{t('matrix.targets')}</label>
      <Select<Target[]> id="matrix-targets" mode="multiple" style={{ width: '100%' }} value={chosen} options={options} showSearch={{ optionFilterProp: 'label' }} onChange={setChosen} />
      <label htmlFor="matrix-channels">{t('matrix.channels')}</label>
      <Select<Channel[]> id="matrix-channels" mode="multiple" style={{ width: '100%' }} value={channels} options={Channel.options.map((channel) => ({ value: channel, label: t(`delivery.${channel}`) }))} onChange={setChannels} />
      <label htmlFor="matrix-seconds">{t('matrix.seconds')}</label>
      <InputNumber id="matrix-seconds" style={{ width: '100%' }} min={10} max={86_400} value={seconds} onChange={(value) => setSeconds(value ?? 10)} />
      {ladder.map((rung, index) => (
        <div key={index}>
          <label htmlFor={`matrix-rung-${index}`}>{t('matrix.step', { number: index + 1 })}</label>
          <Select<Target[]> id={`matrix-rung-${index}`} mode="multiple" style={{ width: '100%' }} value={rung} options={options} showSearch={{ optionFilterProp: 'label' }} onChange={(value) => setRung(index, value)} />
        </div>
      ))}
      <Button style={{ marginTop: 12 }} onClick={() => setLadder([...ladder, []])}>
        {t('matrix.addStep')}
      </Button>
    </Modal>
  );
};

export default MatrixPage;
