/** A form that keeps what was typed, shows the server's field faults at their fields and anything else on top. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button, Form } from 'antd';
import type { FormInstance } from 'antd';
import { faultsOf, namePathOf } from './fault-paths.ts';
import { RefusalBanner, sentenceOf } from './states.tsx';
import { useSay } from './say.ts';

export const FormShell = <V extends object>({ form, initial, error, busy, submit, submitText, extra, onTyped, failed, children }: {
  form: FormInstance<V>;
  initial: Partial<V>;
  error: unknown;
  busy: boolean;
  submit: (values: V) => void;
  submitText: string;
  /** Beside the submit button. */
  extra?: ReactNode;
  onTyped?: (values: V) => void;
  /** The form itself found faults: a field that stands outside of it can be checked too. */
  failed?: () => void;
  children: ReactNode;
}) => {
  const say = useSay();
  const banner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    const known = faultsOf(error).filter(({ path }) => form.getFieldInstance(namePathOf(path) as never) !== undefined);
    form.setFields(known.map((fault) => ({ name: namePathOf(fault.path) as never, errors: [say(fault)] })));
    banner.current?.scrollIntoView({ block: 'nearest' });
    // The sentence follows the language by the next submit; what was typed must not be touched meanwhile.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [error, form]);
  // The same sentence twice on one screen is noise.
  const saidAtField = faultsOf(error).some((fault) => fault.zh === sentenceOf(error).zh && form.getFieldInstance(namePathOf(fault.path)) !== undefined);
  return (
    <Form<V>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={submit}
      onFinishFailed={() => failed?.()}
      onValuesChange={(_, values) => onTyped?.(values)}
      scrollToFirstError
      disabled={false}
    >
      <div ref={banner}>{error !== null && error !== undefined && !saidAtField && <RefusalBanner error={error} />}</div>
      {children}
      <div className="form-acts">
        <Button type="primary" htmlType="submit" loading={busy}>
          {submitText}
        </Button>
        {extra}
      </div>
    </Form>
  );
};
