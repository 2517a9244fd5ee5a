/** Frame of an office page: title, one line of what it is for, acts on the right. */
import { useEffect } from 'react';
import type { ReactNode } from 'react';

export const Page = ({ title, about, acts, narrow = false, children }: { title: string; about?: string; acts?: ReactNode; narrow?: boolean; children: ReactNode }) => {
  useEffect(() => {
    document.title = `${title} · 值守 Vigil`;
  }, [title]);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about !== undefined && <p className="dim">{about}</p>}
        </div>
        {acts !== undefined && <div className="page-acts">{acts}</div>}
      </header>
      {children}
    </div>
  );
};

export const Panel = ({ title, acts, children }: { title?: string; acts?: ReactNode; children: ReactNode }) => (
  <section className="panel">
    {(title !== undefined || acts !== undefined) && (
      <header className="panel-head">
        {title !== undefined && <h2>{title}</h2>}
        {acts}
      </header>
    )}
    {children}
  </section>
);

/** Pairs of name and value, as on a form sheet. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
