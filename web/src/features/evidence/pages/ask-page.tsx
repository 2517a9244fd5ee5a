/** Asks to see footage or for a copy: cameras and span first, since they say at once what there is. */
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { FormInstance } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { askFor, askForm, ReasonClass, request as requestEndpoint, requests, ViewerGroup, type Asked, type RequestType, type RequestView } from '../../../../../contract/evidence.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { zoneInstant, zoneText } from '../zone-time.ts';
import { WhatExists } from '../parts/what-exists.tsx';
import '../evidence.css';

type Offer = z.output<(typeof askForm)['response']>;
interface Values {
  type: RequestType; cameraIds: string[]; from: string; until: string; place: string; reasonClass: Asked['reasonClass']; reason: string; department: string; unit: string; position: string; phone: string; leaderId?: string;
  viewerGroup: Asked['viewerGroup']; viewer: string; viewerPaper: string; paperNumber: string; purpose: string; receiver: string; copies: number; returnBy: string;
}

/** What stands in a field now; undefined until the form has drawn it. */
const useTyped = <K extends keyof Values>(form: FormInstance<Values>, name: K): Values[K] | undefined => Form.useWatch(name, form);

const AskPage = () => {
  const { t } = useTranslation('evidence');
  const follows = useSearchText('follows');
  const offer = useEndpoint(askForm, {});
  const before = useEndpoint(requestEndpoint, { params: { requestId: follows } }, { enabled: follows !== '' });
  const error = offer.error ?? before.error;
  const ready = offer.data !== undefined && (follows === '' || before.data !== undefined);
  return (
    <Page title={t('ask.title')} about={t('ask.about')} narrow>
      <Panel>
        {error !== null && <RefusalBanner error={error} />}
        {!ready && error === null && <Loading />}
        {ready && <AskForm offer={offer.data} before={before.data ?? null} />}
      </Panel>
    </Page>
  );
};

const hourMs = 3_600_000;
const firstValues = (offer: Offer, before: RequestView | null, timeZone: string): Partial<Values> => {
  const from = before?.from ?? offer.now - hourMs;
  const until = before?.until ?? offer.now - hourMs + 600_000;
  const { last } = offer;
  return {
    type: before === null ? 'view' : 'copy', cameraIds: before === null ? [] : [...before.cameraIds], from: zoneText(from, timeZone), until: zoneText(until, timeZone), place: before?.place ?? '', reasonClass: before?.reasonClass ?? 'work', reason: before?.reason ?? '',
    department: last?.department ?? '', unit: last?.unit ?? offer.unit, position: last?.position ?? '', phone: last?.phone ?? '', ...(last?.leaderId == null ? {} : { leaderId: last.leaderId }),
    viewerGroup: before?.viewerGroup ?? 'colleague', viewer: before?.viewer ?? '', viewerPaper: before?.viewerPaper ?? '', paperNumber: before?.paperNumber ?? '', purpose: '', receiver: '', copies: 1, returnBy: '',
  };
};

const AskForm = ({ offer, before }: { offer: Offer; before: RequestView | null }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const navigate = useNavigate();
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const asking = useAct(askFor, [requests.path]);
  const type = useTyped(form, 'type') ?? (before === null ? 'view' : 'copy');
  const send = (values: Values): void => {
    const instant = (text: string): number => zoneInstant(text, site.timeZone) ?? 0;
    // Fields that are not drawn now (those of a copy, of somebody from outside) keep what they began with; the form answers any for its whole store.
    const { leaderId, returnBy, from, until, ...rest } = { ...(form.getFieldsValue(true) as Values), ...values };
    asking.mutate(
      { body: { ...rest, from: instant(from), until: instant(until), leaderId: leaderId ?? null, follows: before?.requestId ?? null, returnBy: rest.type === 'copy' && returnBy !== '' ? instant(returnBy) : null } },
      { onSuccess: ({ requestId }) => void navigate({ to: '/footage/request', search: { id: requestId } }) },
    );
  };
  const approver = type === 'copy' ? offer.copyApprover : offer.viewApprover;
  return (
    <FormShell form={form} initial={firstValues(offer, before, site.timeZone)} error={asking.error} busy={asking.isPending} submit={send} submitText={t('ask.send')} extra={<Link to={'/footage'}>{t('back')}</Link>}>
      <Form.Item name="type" label={t('ask.type')} extra={t('ask.decided', { who: say(approver), hours: offer.validHours })}>
        <Radio.Group optionType="button" options={[{ value: 'view', label: t('type.view') }, { value: 'copy', label: t('type.copy') }]} />
      </Form.Item>
      <Notice>{type === 'copy' ? t('ask.copyNote') : t(`mode.${offer.mode}`)}</Notice>
      <WhatFields offer={offer} zone={site.timeZone} />
      <WhyFields copy={type === 'copy'} zone={site.timeZone} />
      <WhoFields offer={offer} />
    </FormShell>
  );
};

const need = (message: string) => [{ required: true, whitespace: true, message }];

const WhatFields = ({ offer, zone }: { offer: Offer; zone: string }) => {
  const { t } = useTranslation('evidence');
  const form = Form.useFormInstance<Values>();
  const cameraIds = useTyped(form, 'cameraIds') ?? [];
  const [fromText, untilText] = [useTyped(form, 'from') ?? '', useTyped(form, 'until') ?? ''];
  const [from, until] = [zoneInstant(fromText, zone), zoneInstant(untilText, zone)];
  return (
    <fieldset className="ask-group">
      <legend>{t('ask.what')}</legend>
      <Form.Item name="cameraIds" label={t('ask.cameras')} rules={[{ validator: async (_, chosen: readonly string[] | undefined) => (chosen?.length ?? 0) === 0 ? Promise.reject(new Error(t('need'))) : Promise.resolve() }]}>
        <Checkbox.Group role="group" className="ask-cameras" options={offer.cameras.map(({ cameraId, camera }) => ({ value: cameraId, label: camera }))} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="from" label={t('ask.from')} extra={t('ask.zone', { zone, hours: offer.longestHours })} rules={need(t('need'))}>
          <Input type="datetime-local" step={60} />
        </Form.Item>
        <Form.Item name="until" label={t('ask.until')} rules={need(t('need'))}>
          <Input type="datetime-local" step={60} />
        </Form.Item>
      </div>
      {cameraIds.length > 0 && from !== null && until !== null && until > from && <WhatExists cameraIds={cameraIds} from={from} until={until} />}
      <Form.Item name="place" label={t('ask.place')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </fieldset>
  );
};

const WhyFields = ({ copy, zone }: { copy: boolean; zone: string }) => {
  const { t } = useTranslation('evidence');
  return (
    <fieldset className="ask-group">
      <legend>{t('ask.why')}</legend>
      <Form.Item name="reasonClass" label={t('ask.reasonClass')}>
        <Select options={ReasonClass.options.map((value) => ({ value, label: t(`reason.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('ask.reason')} rules={need(t('need'))}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {copy && (
        <>
          <Form.Item name="purpose" label={t('ask.purpose')} rules={need(t('need'))}>
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
          <Form.Item name="receiver" label={t('ask.receiver')} rules={need(t('need'))}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <div className="field-row">
            <Form.Item name="copies" label={t('ask.copies')}>
              <InputNumber min={1} max={20} precision={0} />
            </Form.Item>
            <Form.Item name="returnBy" label={t('ask.returnBy')} extra={zone}>
              <Input type="datetime-local" />
            </Form.Item>
          </div>
        </>
      )}
      <Form.Item name="paperNumber" label={t('ask.paperNumber')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </fieldset>
  );
};

const WhoFields = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation('evidence');
  const form = Form.useFormInstance<Values>();
  const group = useTyped(form, 'viewerGroup') ?? 'colleague';
  return (
    <fieldset className="ask-group">
      <legend>{t('ask.who')}</legend>
      <div className="field-row">
        <Form.Item name="department" label={t('ask.department')} rules={need(t('need'))}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="unit" label={t('ask.unit')} rules={need(t('need'))}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="position" label={t('ask.position')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="phone" label={t('ask.phone')}>
          <Input maxLength={40} inputMode="tel" />
        </Form.Item>
      </div>
      <Form.Item name="leaderId" label={t('ask.leader')} extra={t('ask.leaderHint')}>
        <Select allowClear options={offer.leaders.map(({ personId, name }) => ({ value: personId, label: name }))} />
      </Form.Item>
      <Form.Item name="viewerGroup" label={t('ask.viewerGroup')}>
        <Select options={ViewerGroup.options.map((value) => ({ value, label: t(`group.${value}`) }))} />
      </Form.Item>
      {group !== 'colleague' && (
        <div className="field-row">
          <Form.Item name="viewer" label={t('ask.viewer')} rules={need(t('need'))}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="viewerPaper" label={t('ask.viewerPaper')} rules={need(t('need'))}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
        </div>
      )}
    </fieldset>
  );
};

export default AskPage;
