/** Asks that one room is let off a regulation that it inherits. */
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { optOut, type OrganisationNode, type PackRow } from '../../../../../contract/parameters.ts';
import { useAct } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';

type Row = z.infer<typeof PackRow>;
type Rooms = readonly { roomId: string; name: string }[];

/** Whom an adoption binds: a room, a branch, or all. */
export const placeOf = ({ roomId, nodeId }: Row['adoptions'][number], rooms: Rooms | undefined, nodes: readonly z.infer<typeof OrganisationNode>[] | undefined, whole: string): string =>
  roomId !== null ? (rooms?.find((room) => room.roomId === roomId)?.name ?? '—') : nodeId !== null ? (nodes?.find((node) => node.nodeId === nodeId)?.name ?? '—') : whole;

export const ExceptDialog = ({ row, rooms, close }: { row: Row; rooms: Rooms; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const [form] = Form.useForm<{ roomId: string; reason: string }>();
  const ask = useAct(optOut, ['/api/parameters', '/api/approvals']);
  const adoption = row.adoptions.find((one) => one.until === null && one.roomId === null);
  const free = rooms.filter(({ roomId }) => adoption?.letOff.includes(roomId) !== true);
  const submit = (values: { roomId: string; reason: string }): void => {
    if (adoption !== undefined) ask.mutate({ body: { adoptionId: adoption.adoptionId, ...values } });
  };
  return (
    <Modal open title={t('packs.except')} onCancel={close} footer={null} mask={{ closable: false }}>
      <p>{t('packs.exceptText', { name: say(row) })}</p>
      {ask.isSuccess ? <Notice>{t('packs.asked')}</Notice> : (
        <FormShell form={form} initial={{}} error={ask.error} busy={ask.isPending} submit={submit} submitText={t('change.act')}>
          <Form.Item name="roomId" label={t('packs.room')} rules={[{ required: true, message: t('change.need') }]}>
            <Select options={free.map(({ roomId, name }) => ({ value: roomId, label: name }))} />
          </Form.Item>
          <Form.Item name="reason" label={t('change.reason')} rules={[{ required: true, whitespace: true, message: t('change.need') }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </FormShell>
      )}
    </Modal>
  );
};
