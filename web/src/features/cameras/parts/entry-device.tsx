/** What the device told of itself, and the recorder whose channel it is. */
import { useTranslation } from 'react-i18next';
import type { RegisterEntry } from '../../../../../contract/cameras.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { momentText } from '../../../ui/time-format.ts';

export const DevicePanel = ({ entry }: { entry: RegisterEntry }) => {
  const { t } = useTranslation('cameras');
  const { site } = useSession();
  const say = useSay();
  const { onvif, device, subStream } = entry;
  if (onvif === null && device === null && subStream === null) return null;
  const rows: [string, React.ReactNode][] = [];
  if (device !== null) rows.push([t('register.recorders.title'), t('register.entry.channel', { device: device.name, channel: device.channel })]);
  if (onvif !== null) {
    rows.push(['ONVIF', `${t('register.entry.model', { manufacturer: onvif.manufacturer, model: onvif.model, firmware: onvif.firmware })} · ${t(onvif.ptz ? 'register.entry.turns' : 'register.entry.fixed')}`]);
    if (onvif.outcome !== null) rows.push([t('state'), say(onvif.outcome)]);
    if (onvif.clockOffsetMs !== null) rows.push([t('register.search.clock', { seconds: Math.round(onvif.clockOffsetMs / 1_000) }), onvif.checkedAt === null ? '—' : t('register.entry.checked', { time: momentText(onvif.checkedAt, site.timeZone) })]);
  }
  if (subStream !== null) rows.push([t('register.entry.subStream'), <code key="sub" className="break-all">{subStream}</code>]);
  return (
    <Panel title={t('register.entry.device')}>
      <Facts rows={rows} />
    </Panel>
  );
};
