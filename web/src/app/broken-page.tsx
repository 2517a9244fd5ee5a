/** A fault in a page's own code must not take the whole console down: the frame stays, the page says so. */
import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface State {
  broken: boolean;
  page: string;
}

/** `page` names what is shown: another page gets another chance, without being built anew each time the address moves. */
export class BrokenPageBoundary extends Component<{ page: string; children: ReactNode }, State> {
  override state: State = { broken: false, page: this.props.page };
  static getDerivedStateFromError(): Partial<State> {
    return { broken: true };
  }
  static getDerivedStateFromProps({ page }: { page: string }, state: State): Partial<State> | null {
    return page === state.page ? null : { page, broken: false };
  }
  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

const Broken = () => {
  const { t } = useTranslation('app');
  return (
    <div className="state" role="alert">
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
    </div>
  );
};
