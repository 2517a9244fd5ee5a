/** A button for an act: when the person may not, it stays visible, does nothing and says why (visual.md 8). */
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button, Tooltip } from 'antd';
import type { ButtonProps } from 'antd';
import { useSay } from './say.ts';

export const ActButton = ({ can, children, onClick, ...rest }: Omit<ButtonProps, 'disabled' | 'onClick'> & { can: true | { zh: string; en: string }; onClick?: () => void; children: ReactNode }) => {
  const say = useSay();
  const id = useId();
  if (can === true)
    return (
      <Button {...rest} {...(onClick === undefined ? {} : { onClick })}>
        {children}
      </Button>
    );
  // aria-disabled instead of disabled: the keyboard still reaches it and the reason is read out.
  return (
    // A finger has no hover: touching it says why, too.
    <Tooltip title={say(can)} trigger={['hover', 'focus', 'click']}>
      <Button {...rest} type="default" htmlType="button" aria-disabled="true" aria-describedby={id} className="act-without-right">
        {children}
        <span id={id} className="only-read">
          {say(can)}
        </span>
      </Button>
    </Tooltip>
  );
};
