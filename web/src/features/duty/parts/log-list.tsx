/** The log, newest first: event time and entry time, who, what was late, what was corrected and by which line. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAddendum, entries, EntryType } from '../../../../../contract/duty.ts';
import type { Entry } from '../../../../../contract/duty.ts';
import { call } from '../../../app/client.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { invalidatePaths } from '../../../app/queries.ts';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

export const LogList = () => {
  const { t } = useTranslation('duty');
  const [type, setType] = useState<EntryType | ''>('');
  const log = useEndpoint(entries, { query: type === '' ? {} : { type } }, { refetchMs: 20_000, keepOld: true });
  const [about, setAbout] = useState<{ entry: Entry; strike: boolean } | null>(null);
  const client = useQueryClient();
  const numbers = new Map((log.data?.entries ?? []).map((entry) => [entry.entryId, entry.number]));
  return (
    <section className="duty-log" aria-labelledby="duty-log">
      <h2 id="duty-log">
        <span>{t('log.title')}</span>
        <select aria-label={t('log.filter')} value={type} onChange={(event) => setType(event.target.value === '' ? '' : EntryType.parse(event.target.value))}>
          <option value="">{t('log.all')}</option>
          {EntryType.options.map((one) => (
            <option key={one} value={one}>
              {t(`type.${one}`)}
            </option>
          ))}
        </select>
      </h2>
      {log.error !== null && <RefusalBanner error={log.error} />}
      {log.data === undefined && log.error === null && <Loading />}
      {log.data?.entries.length === 0 && <Empty what={t('log.empty')} />}
      <ol>
        {log.data?.entries.map((entry) => (
          <Line key={entry.entryId} entry={entry} correctsNumber={entry.corrects === null ? null : (numbers.get(entry.corrects) ?? 0)} ask={(strike) => setAbout({ entry, strike })} />
        ))}
      </ol>
      {about !== null && (
        <ConfirmAct
          title={t(about.strike ? 'log.strikeTitle' : 'log.addTitle', { number: about.entry.number })}
          text={t(about.strike ? 'log.strikeText' : 'log.addText')}
          actText={t(about.strike ? 'log.strike' : 'log.add')}
          withReason
          close={() => setAbout(null)}
          act={async (text) => {
            await call(addAddendum, { params: { entryId: about.entry.entryId }, body: { text, strike: about.strike } });
            await invalidatePaths(client, ['/api/duty']);
          }}
        />
      )}
    </section>
  );
};

const Line = ({ entry, correctsNumber, ask }: { entry: Entry; correctsNumber: number | null; ask: (strike: boolean) => void }) => {
  const { t } = useTranslation('duty');
  const say = useSay();
  const { site } = useSession();
  const mayWrite = useCan(dutyVerbs.write) === true;
  const event = clockText(entry.eventAt, site.timeZone);
  const entered = clockText(entry.enteredAt, site.timeZone);
  return (
    <li className={`entry${entry.struck ? ' entry-struck' : ''}${entry.wantsWords ? ' entry-wants' : ''}`}>
      <span className="entry-when tabular">
        <time dateTime={new Date(entry.eventAt).toISOString()}>{event}</time>
        {event !== entered && <span className="dim">→ {entered}</span>}
      </span>
      <span className="entry-what">
        <span className="entry-type">
          {entry.number} · {t(`type.${entry.type}`)}
        </span>{' '}
        {entry.struck ? <s>{say(entry.text)}</s> : say(entry.text)}
        <span className="entry-marks">
          {entry.lateMs > 0 && <strong className="entry-late">{t('log.late', { minutes: Math.round(entry.lateMs / 60_000) })}</strong>}
          {entry.wantsWords && <strong className="entry-late">{t('log.wants')}</strong>}
          {entry.struck && <span>{t('log.struck')}</span>}
          {correctsNumber !== null && <span>{correctsNumber === 0 ? t('log.correctsOther') : t('log.corrects', { number: correctsNumber })}</span>}
          {entry.camera !== null && <span>{entry.camera}</span>}
          <span>{entry.by ?? t('log.system')}</span>
        </span>
      </span>
      {mayWrite && (
        <span className="entry-acts">
          <button type="button" aria-label={t('log.addTitle', { number: entry.number })} onClick={() => ask(false)}>
            {t('log.add')}
          </button>
          {entry.source === 'person' && !entry.struck && (
            <button type="button" aria-label={t('log.strikeTitle', { number: entry.number })} onClick={() => ask(true)}>
              {t('log.strike')}
            </button>
          )}
        </span>
      )}
    </li>
  );
};
