/** First passwords, shown this once and printed as slips to cut apart. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Sentence } from '../../../../../contract/endpoint.ts';
import type { z } from 'zod';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';

interface NewPerson {
  personId: string;
  account: string;
  name: string;
  staffNumber: string;
  titles: z.infer<typeof Sentence>;
  password: string;
}

export const PasswordSlips = ({ people }: { people: readonly NewPerson[] }) => {
  const { t } = useTranslation('identity');
  const say = useSay();
  return (
    <Panel title={t('slips.title', { count: people.length })} acts={<Button className="no-print" onClick={() => window.print()}>{t('slips.print')}</Button>}>
      <div className="no-print">
        <Notice priority="medium">{t('slips.once')}</Notice>
      </div>
      <div className="slips">
        {people.map((person) => (
          <div key={person.personId} className="slip">
            <strong>{person.name}</strong> {person.staffNumber}
            <p className="dim">{say(person.titles)}</p>
            <p>
              {t('people.account')}：<code>{person.account}</code>
            </p>
            <p>
              {t('people.initialPassword')}：<code>{person.password}</code>
            </p>
            <p className="dim">{t('slips.change')}</p>
          </div>
        ))}
      </div>
    </Panel>
  );
};
