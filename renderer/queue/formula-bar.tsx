import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { GridPreviewDto } from '../../engine/contract/dto/index.ts';
import { formatBytes, formatCount, formatDuration } from '../ui/index.ts';
import classes from './builder.module.css';
import { texts } from './texts/builder.ts';

interface FormulaBarProps {
  readonly preview: GridPreviewDto | undefined;
  /** Configurations that stand in the way, and could be left out. */
  readonly impossible: number;
  /** An answer to the grid as it is now is under way. */
  readonly stale: boolean;
  /** Stands in place of the formula while there is none. */
  readonly waiting: string;
  readonly action: string;
  readonly busy: boolean;
  /** The same grid for elsewhere. */
  readonly copy?: React.ReactNode;
  onSubmit(): void;
  /** Leaves impossible configurations out, or puts them back. */
  onSkipImpossible(skip: boolean): void;
}

/** Always in sight while the grid is built: what the choices multiply to, what that will cost, and the way on. */
export function FormulaBar(props: FormulaBarProps) {
  const { preview, impossible, stale, waiting, action, busy, copy, onSubmit, onSkipImpossible } = props;
  const leftOut = preview?.impossible ?? 0;
  return (
    <section className={classes.formulaBar} aria-label={texts.sizeOfGrid}>
      <output className={classes.formula} aria-busy={stale} data-stale={stale || undefined}>
        {preview === undefined ? (
          <span className={classes.waiting}>{waiting}</span>
        ) : (
          <Formula text={preview.formula} />
        )}
        <span className={classes.estimate}>{preview === undefined ? ' ' : estimateText(preview)}</span>
      </output>
      {impossible === 0 ? null : (
        <Button variant="default" onClick={() => onSkipImpossible(true)}>
          {texts.leaveOutImpossibleConfiguration({ impossible })}
        </Button>
      )}
      {leftOut === 0 ? null : (
        <Button variant="subtle" color="gray" onClick={() => onSkipImpossible(false)}>
          {texts.putBackImpossible({ leftOut: formatCount(leftOut) })}
        </Button>
      )}
      {copy}
      <Button
        size="md"
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={preview === undefined || preview.toTrain === 0 || preview.totalConfigs > preview.most}
        loading={busy}
        onClick={onSubmit}
      >
        {action}
      </Button>
    </section>
  );
}

/** The engine's formula with its result standing out. */
function Formula({ text }: { readonly text: string }) {
  const at = text.lastIndexOf('=');
  return (
    <span>
      {text.slice(0, at + 1)} <strong>{text.slice(at + 1).trim()}</strong>
    </span>
  );
}

function estimateText({ toTrain, alreadyTrained, backtests, estimate }: GridPreviewDto): string {
  if (toTrain === 0) {
    return texts.nothingNewToTrain({ alreadyTrained });
  }
  const tests = `${texts.countOfBacktests({ backtests })}`;
  if (estimate.seconds === null) return texts.timeAndDiskAreEstimated({ tests });
  const disk = estimate.bytes === null ? '' : texts.atMostOfModels({ bytes: formatBytes(estimate.bytes) });
  return texts.aboutMeasuredOnRunHere({
    tests,
    seconds: formatDuration(estimate.seconds),
    disk,
    runs: estimate.measuredRuns,
  });
}
