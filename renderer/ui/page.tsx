import { Title } from '@mantine/core';
import { Gradually } from './gradually.tsx';
import classes from './ui.module.css';
import { wholeDates } from './whole-dates.tsx';

interface PageProps {
  readonly title: string;
  readonly subtitle?: React.ReactNode;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** The frame of a place: heading, one line about it, its actions on the right. What it holds is drawn one after the other. */
export function Page({ title, subtitle, actions, children }: PageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.pageHead}>
        <div>
          <Title order={1}>{title}</Title>
          {subtitle === undefined ? null : <p>{wholeDates(subtitle)}</p>}
        </div>
        {actions === undefined ? null : <div className={classes.pageActions}>{actions}</div>}
      </header>
      <Gradually>{children}</Gradually>
    </div>
  );
}

interface PanelProps {
  readonly title: string;
  readonly note?: React.ReactNode;
  readonly actions?: React.ReactNode;
  /** Without padding, for tables and logs. */
  readonly flush?: boolean;
  readonly children: React.ReactNode;
}

/** A titled part of a page; screen readers find it as a region by its title. */
export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <div>
          <Title order={2}>{title}</Title>
          {note === undefined ? null : <p>{wholeDates(note)}</p>}
        </div>
        {actions}
      </header>
      <div className={flush ? classes.panelFlush : classes.panelBody}>{children}</div>
    </section>
  );
}
