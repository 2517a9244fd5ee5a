/** Files a clip, a copy or something that was handed in. What was typed stays when the server refuses. */
import { useState } from 'react';
import { Form, Input, Radio } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { archiveForm, archiveList, ArchiveSource, fileItem, type FileItem } from '../../../../../contract/evidence-archive.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayEnd } from '../../../ui/day-span.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { DetailFields, type DetailValues } from '../parts/archive-fields.tsx';
import { SignaturePad } from '../parts/signature-pad.tsx';
import { zoneInstant, zoneText } from '../zone-time.ts';
import '../evidence.css';

type FormView = z.output<typeof archiveForm.response>;
interface Values extends DetailValues {
  source: ArchiveSource;
  cameraId: string;
  from: string;
  until: string;
  packageId: string;
  giver: string;
  giverContact: string;
  replyBy: string;
  /** Not asked where the archive is kept for ever. */
  keepUntil?: string;
}
interface Chosen {
  name: string;
  bytes: string;
}

const ArchiveFilePage = () => {
  const { t } = useTranslation('archive');
  const { data, error, refetch } = useEndpoint(archiveForm, {});
  const [done, setDone] = useState<{ itemId: string; number: string } | null>(null);
  return (
    <Page title={t('form.title')} narrow acts={<Link to={'/footage/archive'} className="footage-link">{t('backToList')}</Link>}>
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {done !== null && (
        <Notice>
          {t('form.saved', { number: done.number })} <Link to={'/footage/archive/item'} search={{ id: done.itemId }}>{t('item.facts')}</Link>
        </Notice>
      )}
      {data !== undefined && <Panel><FileForm key={done?.itemId ?? ''} view={data} done={setDone} /></Panel>}
    </Page>
  );
};

const readBytes = (file: File): Promise<Chosen> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, bytes: typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '' });
    reader.onerror = () => reject(new Error('the file could not be read'));
    reader.readAsDataURL(file);
  });

const hourMs = 3_600_000;

const FileForm = ({ view, done }: { view: FormView; done: (made: { itemId: string; number: string }) => void }) => {
  const { t } = useTranslation('archive');
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [signature, setSignature] = useState('');
  const filing = useAct(fileItem, [archiveList.path, archiveForm.path]);
  const pack = useSearchText('package');
  const source = Form.useWatch('source', form);
  const at = (text: string): number => zoneInstant(text, site.timeZone) ?? 0;
  const submit = (values: Values): void => {
    const { class: kind, caseNumber, title, words, place, keepUntil = '' } = values;
    const details = { class: kind, caseNumber, title, words, place, keepUntil: keepUntil === '' ? null : dayEnd(keepUntil, site.timeZone) };
    const body: FileItem =
      values.source === 'footage' ? { source: 'footage', cameraId: values.cameraId, from: at(values.from), until: at(values.until), ...details }
      : values.source === 'package' ? { source: 'package', packageId: values.packageId, ...details }
      : { source: 'received', giver: values.giver, giverContact: values.giverContact, replyBy: values.replyBy === '' ? null : at(values.replyBy), fileName: chosen?.name ?? '', bytes: chosen?.bytes ?? '', signature, ...details };
    filing.mutate({ body }, { onSuccess: done });
  };
  const needed = [{ required: true, message: t('need') }];
  return (
    <FormShell<Values>
      form={form} error={filing.error} busy={filing.isPending} submit={submit} submitText={t('form.save')}
      initial={{ source: pack === '' ? 'footage' : 'package', packageId: pack, cameraId: view.cameras[0]?.cameraId ?? '', from: zoneText(view.now - hourMs, site.timeZone), until: zoneText(view.now - hourMs / 2, site.timeZone), class: '', caseNumber: '', title: '', words: '', place: '', giver: '', giverContact: '', replyBy: '', keepUntil: '' }}
    >
      <Form.Item name="source" label={t('form.source')}>
        <Radio.Group optionType="button" options={ArchiveSource.options.map((value) => ({ value, label: t(`source.${value}`) }))} />
      </Form.Item>
      {source === 'footage' && (
        <>
          <Form.Item name="cameraId" label={t('form.camera')} rules={needed}>
            <select className="search">{view.cameras.map(({ cameraId, camera }) => <option key={cameraId} value={cameraId}>{camera}</option>)}</select>
          </Form.Item>
          <Form.Item name="from" label={t('form.from')} rules={needed}><Input type="datetime-local" /></Form.Item>
          <Form.Item name="until" label={t('form.until')} rules={needed} extra={t('form.spanHint', { hours: view.longestHours })}><Input type="datetime-local" /></Form.Item>
        </>
      )}
      {source === 'package' && (
        <Form.Item name="packageId" label={t('form.package')} rules={needed} extra={view.packages.length === 0 ? t('form.noPackages') : undefined}>
          <select className="search">
            <option value="" disabled>{t('form.chooseClass')}</option>
            {view.packages.map(({ packageId, number, request }) => <option key={packageId} value={packageId}>{`${number} · ${request}`}</option>)}
          </select>
        </Form.Item>
      )}
      {source === 'received' && (
        <>
          <Form.Item name="giver" label={t('form.giver')} rules={[{ required: true, whitespace: true, message: t('need') }]}><Input maxLength={100} /></Form.Item>
          <Form.Item name="giverContact" label={t('form.giverContact')}><Input maxLength={200} /></Form.Item>
          <Form.Item name="replyBy" label={t('form.replyBy')}><Input type="datetime-local" /></Form.Item>
          <div className="copy-field">
            <label htmlFor="archive-file">{t('form.file')}</label>
            <input id="archive-file" className="search" type="file" onChange={(event) => { const [file] = event.target.files ?? []; if (file !== undefined) void readBytes(file).then(setChosen); }} />
            <p className="dim">{chosen === null ? t('form.fileHint', { mb: Math.floor(view.mostBytes / 1_048_576) }) : t('form.chosen', { name: chosen.name })}</p>
          </div>
          <SignaturePad signed={setSignature} title={t('form.sign')} hint={t('form.signHint')} />
        </>
      )}
      <DetailFields />
      {view.permanent ? <p className="dim">{t('form.permanent')}</p> : <Form.Item name="keepUntil" label={t('form.keepUntil')} extra={t('form.keepHint')}><Input type="date" /></Form.Item>}
    </FormShell>
  );
};

export default ArchiveFilePage;
