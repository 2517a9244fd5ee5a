/** The folder for copies with its figures; setting it and taking it out of use. */
import { useState } from 'react';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { addCopyPlace, backupScreen, retireCopyPlace } from '../../../../../contract/backup.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';
import { momentText, sizeText } from '../../../ui/time-format.ts';

type Screen = z.output<typeof backupScreen.response>;

const minuteMs = 60_000;

export const PlacePanel = ({ screen: { place, copies, periodHours } }: { screen: Screen }) => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  const manage = useCan('video.backup.manage');
  const [open, setOpen] = useState(false);
  const { copied, copiedBytes, waiting, waitingBytes, lagMs, damaged } = copies;
  const figures = [
    ['copied', t('figures.segments', { count: copied, size: sizeText(copiedBytes) })], ['waiting', waiting === 0 ? t('figures.none') : t('figures.segments', { count: waiting, size: sizeText(waitingBytes) })],
    ['lag', lagMs === null ? t('figures.none') : t('figures.minutes', { count: Math.ceil(lagMs / minuteMs) })], ['period', t('figures.hours', { count: periodHours })], ['damaged', String(damaged)],
  ] as const;
  return (
    <Panel title={t('place.title')} acts={<ActButton can={manage} {...(place === null ? { type: 'primary' as const } : {})} onClick={() => setOpen(true)}>{place === null ? t('place.add') : t('place.retire')}</ActButton>}>
      {place === null ? (
        <Notice priority="medium">{t('place.none')}</Notice>
      ) : (
        <>
          <p>
            <span className="backup-mono">{place.path}</span> · {t('place.since', { at: momentText(place.addedAt, timeZone) })}
          </p>
          {place.fault !== null && <Notice priority="high">{say(place.fault)}</Notice>}
          <dl className="backup-figures">
            {figures.map(([key, text]) => (
              <div key={key}>
                <dt>{t(`figures.${key}`)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {open && place === null && <AddPlace close={() => setOpen(false)} />}
      {open && place !== null && <RetirePlace placeId={place.placeId} close={() => setOpen(false)} />}
    </Panel>
  );
};

const AddPlace = ({ close }: { close: () => void }) => {
  const { t } = useTranslation('backup');
  const [form] = Form.useForm<{ path: string }>();
  const add = useAct(addCopyPlace, [backupScreen.path]);
  return (
    <Modal open title={t('place.add')} footer={null} onCancel={close} mask={{ closable: false }} afterOpenChange={(isOpen) => isOpen && form.focusField('path')}>
      <FormShell form={form} initial={{}} error={add.error} busy={add.isPending} submit={(body) => add.mutate({ body }, { onSuccess: close })} submitText={t('place.submit')}>
        <Form.Item name="path" label={t('place.path')} extra={t('place.help')} rules={[{ required: true, whitespace: true, message: t('place.help') }]}>
          <Input maxLength={500} spellCheck={false} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};

const RetirePlace = ({ placeId, close }: { placeId: string; close: () => void }) => {
  const { t } = useTranslation('backup');
  const [form] = Form.useForm<{ reason: string }>();
  const retire = useAct(retireCopyPlace, [backupScreen.path]);
  return (
    <Modal open title={t('place.retire')} footer={null} onCancel={close} mask={{ closable: false }} afterOpenChange={(isOpen) => isOpen && form.focusField('reason')}>
      <p>{t('place.retireText')}</p>
      <FormShell form={form} initial={{}} error={retire.error} busy={retire.isPending} submit={(body) => retire.mutate({ params: { placeId }, body }, { onSuccess: close })} submitText={t('place.retire')}>
        <Form.Item name="reason" label={t('place.reason')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
