import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { GridPreviewDto } from '../../engine/contract/dto/index.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../ui/index.ts';
import classes from './builder.module.css';

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
    <section className={classes.formulaBar} aria-label="Size of the grid">
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
          Leave out {plural(impossible, 'impossible configuration')}
        </Button>
      )}
      {leftOut === 0 ? null : (
        <Button variant="subtle" color="gray" onClick={() => onSkipImpossible(false)}>
          Put back {formatCount(leftOut)} impossible
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
    return `Nothing new to train: ${alreadyTrained === 1 ? 'it is' : `all ${formatCount(alreadyTrained)} are`} trained already. To train again, turn off “Skip already-trained configurations”.`;
  }
  const tests = `${plural(backtests, 'backtest')}`;
  if (estimate.seconds === null)
    return `${tests}. Time and disk are estimated once this workspace has trained a model.`;
  const disk = estimate.bytes === null ? '' : `, at most ${formatBytes(estimate.bytes)} of models`;
  return `${tests}, about ${formatDuration(estimate.seconds)}${disk} (measured on ${plural(estimate.measuredRuns, 'run')} here)`;
}
