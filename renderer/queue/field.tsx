import { IconAlertCircle } from '@tabler/icons-react';
import { useId } from 'react';
import type { Problem } from '../../engine/contract/errors.ts';
import { Explained } from '../ui/index.ts';
import classes from './builder.module.css';
import { texts } from './texts/builder.ts';

interface FieldProps {
  readonly label: string;
  /** What it means. */
  readonly about?: string | undefined;
  readonly hint?: React.ReactNode | undefined;
  readonly action?: React.ReactNode | undefined;
  readonly problems?: readonly Problem[] | undefined;
  readonly children: React.ReactNode;
}

/** A group of controls with its name, and under it whatever is wrong with it. */
export function Field({ label, about, hint, action, problems, children }: FieldProps) {
  const id = useId();
  const invalid = problems !== undefined && problems.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't share its line with an action.
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={invalid ? `${id}-problems` : undefined}
    >
      <div className={classes.fieldHead}>
        <span id={`${id}-label`} className={classes.fieldLabel}>
          {about === undefined ? label : <Explained text={about}>{label}</Explained>}
        </span>
        {hint === undefined ? null : <span className={classes.hint}>{hint}</span>}
        {action}
      </div>
      {children}
      <div id={`${id}-problems`} aria-live="polite">
        {invalid ? <FieldProblems problems={problems} /> : null}
      </div>
    </div>
  );
}

const SHOWN_PROBLEMS = 3;

/** Problems at the place they are about; many of a kind are folded. */
export function FieldProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const rest = problems.slice(SHOWN_PROBLEMS);
  return (
    <div className={classes.problems}>
      <ProblemList problems={problems.slice(0, SHOWN_PROBLEMS)} />
      {rest.length === 0 ? null : (
        <details>
          <summary>{texts.andMore({ rest: rest.length })}</summary>
          <ProblemList problems={rest} />
        </details>
      )}
    </div>
  );
}

function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul>
      {problems.map((problem) => (
        <li key={`${problem.path} ${problem.message}`}>
          <IconAlertCircle size={14} aria-hidden />
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
