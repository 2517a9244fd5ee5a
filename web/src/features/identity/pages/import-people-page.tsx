/** People from an Excel or CSV file: read, looked at row by row, then brought in; wrong rows stay to be corrected, nothing is lost. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { importPeople, peopleTemplate, readPeopleFile } from '../../../../../contract/identity-people.ts';
import type { ImportRow } from '../../../../../contract/identity-people.ts';
import { listPeople } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { invalidatePaths } from '../../../app/queries.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { base64Of } from '../file-base64.ts';
import '../identity.css';
import { PasswordSlips } from '../parts/password-slips.tsx';

type Made = z.output<(typeof importPeople)['response']>['made'];
/** Each password is hashed with care, two at a time: a hundred take some seconds. */
const rowsAtOnce = 100;

const ImportPeoplePage = () => {
  const { t } = useTranslation('identity');
  const client = useQueryClient();
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null);
  const [made, setMade] = useState<Made>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const read = (file: File): Promise<void> => working(async () => setRows((await call(readPeopleFile, { body: { fileName: file.name, base64: await base64Of(file) } })).rows));
  const good = rows?.filter((row) => row.faults.length === 0) ?? [];
  const bring = (): Promise<void> =>
    working(async () => {
      let left = rows ?? [];
      for (let next = good.slice(0, rowsAtOnce); next.length > 0; next = left.filter((row) => row.faults.length === 0).slice(0, rowsAtOnce)) {
        const done = await call(importPeople, { body: { rows: next } });
        const lines = new Set(next.map((row) => row.line));
        left = [...left.filter((row) => !lines.has(row.line)), ...done.refused].sort((a, b) => a.line - b.line);
        setMade((before) => [...before, ...done.made]);
        setRows(left);
      }
      await invalidatePaths(client, [listPeople.path]);
    });
  return (
    <Page title={t('import.title')} about={t('import.about')} acts={<Link to="/people">{t('people.back')}</Link>}>
      {error !== null && <RefusalBanner error={error} />}
      {made.length > 0 && <PasswordSlips people={made} />}
      <div className="no-print">
        <Panel title={t('import.file')}>
          <div className="file-choice">
            <a href={peopleTemplate.path} download>
              {t('import.template')}
            </a>
            <input id="people-file" className="only-read" type="file" accept=".xlsx,.csv,.txt" disabled={busy} onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) void read(file);
              event.target.value = '';
            }} />
            <label htmlFor="people-file" className="file-button">
              {t('import.choose')}
            </label>
          </div>
        </Panel>
        {rows !== null && rows.length > 0 && <Preview rows={rows} good={good.length} busy={busy} bring={() => void bring()} />}
        {rows !== null && rows.length === 0 && <Notice>{t('import.allDone')}</Notice>}
      </div>
    </Page>
  );
};

const Preview = ({ rows, good, busy, bring }: { rows: readonly ImportRow[]; good: number; busy: boolean; bring: () => void }) => {
  const { t } = useTranslation('identity');
  const say = useSay();
  return (
    <Panel
      title={t('import.preview', { good, wrong: rows.length - good })}
      acts={
        <Button type="primary" loading={busy} disabled={good === 0} onClick={bring}>
          {t('import.act', { count: good })}
        </Button>
      }
    >
      <DataTable
        caption={t('import.caption')}
        rows={rows}
        rowKey={({ line }) => String(line)}
        error={null}
        empty={null}
        columns={[
          { key: 'line', title: t('import.line'), render: ({ line }) => line, order: ({ line }) => line, numeric: true },
          { key: 'name', title: t('people.name'), render: ({ name }) => name || '—' },
          { key: 'account', title: t('people.account'), render: ({ account }) => account || '—' },
          { key: 'staffNumber', title: t('people.staffNumber'), render: ({ staffNumber }) => staffNumber || '—' },
          { key: 'titles', title: t('people.roles'), render: ({ titles }) => titles || '—' },
          { key: 'until', title: t('grants.until'), render: ({ until }) => until || t('grants.open') },
          {
            key: 'faults',
            title: t('import.faults'),
            render: ({ faults }) =>
              faults.length === 0 ? (
                t('import.fine')
              ) : (
                <ul className="row-faults">
                  {faults.map((fault) => (
                    <li key={fault.zh}>{say(fault)}</li>
                  ))}
                </ul>
              ),
            order: ({ faults }) => -faults.length,
          },
        ]}
      />
    </Panel>
  );
};

export default ImportPeoplePage;
