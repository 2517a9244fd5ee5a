/** A new password with its strength, judged by the server while it is typed: the words to avoid, Chinese ones too, are there. */
import { useEffect, useState } from 'react';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { passwordStrength } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { useSay } from '../../../ui/say.ts';

type Judged = z.output<(typeof passwordStrength)['response']>;
const quietMs = 350;

/** The newest judgement of what is typed; null while there is none. A server that does not answer is no reason to stop anybody here: it judges again on saving. */
const useStrength = (password: string, account: string, name: string): Judged | null => {
  const [judged, setJudged] = useState<{ password: string; result: Judged } | null>(null);
  useEffect(() => {
    if (password === '') return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call(passwordStrength, { body: { password, account, name }, signal: stop.signal }).then(
        (result) => setJudged({ password, result }),
        () => undefined,
      );
    }, quietMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [password, account, name]);
  return password !== '' && judged?.password === password ? judged.result : null;
};

const levels = ['l0', 'l1', 'l2', 'l3', 'l4'] as const;

export const PasswordField = ({ path, label, hint, need, accountPath, namePath }: {
  path: string | string[];
  label: string;
  hint?: string;
  /** Null: may stay empty. */
  need: string | null;
  /** Where the form keeps account and name, which the password must not resemble. */
  accountPath?: string | string[];
  namePath?: string | string[];
}) => {
  const { t } = useTranslation('identity');
  const say = useSay();
  const form = Form.useFormInstance();
  const password: unknown = Form.useWatch(path, form);
  const account: unknown = Form.useWatch(accountPath ?? 'account', form);
  const name: unknown = Form.useWatch(namePath ?? 'name', form);
  const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 64) : '');
  const typed = typeof password === 'string' ? password : '';
  const judged = useStrength(typed, text(account), text(name));
  const level = judged === null ? undefined : levels[judged.score];
  return (
    <Form.Item name={path} label={label} extra={hint} rules={need === null ? [] : [{ required: true, message: need }]}>
      <StrengthInput level={judged?.score ?? null} word={level === undefined ? t('password.hint') : `${t('password.strength')}：${t(`password.levels.${level}`)}`} why={judged?.accepted === false ? t('password.notYet', { why: say(judged) }) : null} />
    </Form.Item>
  );
};

const StrengthInput = ({ level, word, why, ...field }: { level: number | null; word: string; why: string | null; id?: string; value?: string; onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void }) => {
  // The field's own fault says why already.
  const said = Form.Item.useStatus().errors.length > 0;
  return (
    <>
      <Input.Password {...field} maxLength={256} autoComplete="new-password" aria-describedby={field.id === undefined ? undefined : `${field.id}-strength`} />
      <div className="strength" id={field.id === undefined ? undefined : `${field.id}-strength`} aria-live="polite">
        <span className="strength-bar" aria-hidden="true">
          {levels.map((key, index) => (
            <i key={key} className={level !== null && index <= level ? `on strength-${level >= 3 ? 'good' : level === 2 ? 'fair' : 'bad'}` : ''} />
          ))}
        </span>
        <span className={why === null || said ? 'dim' : 'fault'}>{said ? word : (why ?? word)}</span>
      </div>
    </>
  );
};
