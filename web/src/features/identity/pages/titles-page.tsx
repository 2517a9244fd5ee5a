/** What this site calls the roles of the regulations. */
import { useState } from 'react';
import { Button, Form, Input, Modal } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTitles, setTitle } from '../../../../../contract/identity-people.ts';
import { currentSession, Role } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import '../identity.css';

interface Row {
  role: Role;
  own: { zh: string; en: string } | null;
}

const TitlesPage = () => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const titles = useEndpoint(listTitles, {});
  const can = useCan('identity.titles.set');
  const [changing, setChanging] = useState<Row | null>(null);
  const rows = titles.data === undefined ? undefined : Role.options.map((role): Row => ({ role, own: titles.data.titles.find((title) => title.role === role) ?? null }));
  return (
    <Page title={t('titles.title')} about={t('titles.about')} acts={<Link to="/people">{t('people.back')}</Link>}>
      <DataTable
        caption={t('titles.title')}
        rows={rows}
        rowKey={({ role }) => role}
        error={titles.error}
        retry={() => void titles.refetch()}
        empty={null}
        columns={[
          { key: 'standard', title: t('titles.standard'), render: ({ role }) => tApp(`role.${role}`) },
          { key: 'own', title: t('titles.own'), render: ({ own }) => (own === null ? <span className="dim">{t('titles.same')}</span> : <strong>{say(own)}</strong>) },
          {
            key: 'acts',
            title: t('people.acts'),
            render: (row) => (
              <ActButton can={can} onClick={() => setChanging(row)} aria-label={`${t('people.change')} ${tApp(`role.${row.role}`)}`}>
                {t('people.change')}
              </ActButton>
            ),
          },
        ]}
      />
      {changing !== null && <TitleDialog row={changing} close={() => setChanging(null)} />}
    </Page>
  );
};

const TitleDialog = ({ row, close }: { row: Row; close: () => void }) => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const [form] = Form.useForm<{ title: { zh: string; en: string } }>();
  const set = useAct(setTitle, [listTitles.path, currentSession.path]);
  const save = (title: { zh: string; en: string } | null): void => set.mutate({ params: { role: row.role }, body: { title } }, { onSuccess: close });
  return (
    <Modal open title={t('titles.of', { role: tApp(`role.${row.role}`) })} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell
        form={form}
        initial={{ title: row.own ?? { zh: '', en: '' } }}
        error={set.error}
        busy={set.isPending}
        submit={({ title }) => save({ zh: title.zh, en: title.en })}
        submitText={t('people.save')}
        extra={row.own !== null && <Button onClick={() => save(null)}>{t('titles.back')}</Button>}
      >
        <Form.Item name={['title', 'zh']} label={t('titles.zh')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
          <Input maxLength={32} autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name={['title', 'en']} label={t('titles.en')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
          <Input maxLength={48} autoComplete="off" />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};

export default TitlesPage;
