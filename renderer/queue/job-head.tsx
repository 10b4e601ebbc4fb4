import { formatDuration, formatProgress } from '../ui/index.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';

interface JobHeadProps {
  /** What the region is called. */
  readonly label: string;
  readonly name: string;
  readonly badge: React.ReactNode;
  /** What can be done to it now: begin, pause, resume, cancel. */
  readonly controls: React.ReactNode;
  /** Tags and comment, and what it belongs to. */
  readonly about?: React.ReactNode;
  readonly progress: JobProgress;
  /** What it waits for, who trains it, what it has to say; below them its counts. */
  readonly children?: React.ReactNode;
}

export interface JobProgress {
  /** `Training model 3 of 8`. */
  readonly headline: string;
  /** 0 to 1. */
  readonly share: number;
  readonly state: string;
  /** Seconds. */
  readonly elapsed: number;
  readonly remaining: number | null;
}

/** The head of every job's page, whatever its kind: name and state, what can be done, and how far it is. */
export function JobHead({ label, name, badge, controls, about, progress, children }: JobHeadProps) {
  return (
    <section className={classes.hero} aria-label={label}>
      <div className={classes.heroHead}>
        <div className={classes.heroTitle}>
          <h2 className="two-lines" title={name}>
            {name}
          </h2>
          {badge}
        </div>
        <div className={classes.heroActions}>{controls}</div>
      </div>
      {about}
      <ProgressBar name={name} progress={progress} />
      {children}
    </section>
  );
}

function ProgressBar({ name, progress }: { readonly name: string; readonly progress: JobProgress }) {
  const { headline, share, state, elapsed, remaining } = progress;
  const percent = formatProgress(share);
  return (
    <div>
      <div className={classes.progressText}>
        <span className={classes.progressTitle}>{headline}</span>
        <span>{texts.elapsedAboutRemaining({ elapsed: formatDuration(elapsed), remaining })}</span>
        <strong>{percent}</strong>
      </div>
      <div
        className={classes.progress}
        role="progressbar"
        aria-label={texts.progressOf({ name })}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={percent}
      >
        <span style={{ transform: `scaleX(${share})` }} data-state={state} />
      </div>
    </div>
  );
}
