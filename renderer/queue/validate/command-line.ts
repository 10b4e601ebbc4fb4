import type { RawInput } from '../../../engine/contract/api/index.ts';
import { presetName } from '../preset.ts';
import { quoted } from '../shell-word.ts';
import type { ValidateDraft } from './draft.ts';

/** The same validation for a terminal. A grid is named by its file, which it has to be saved as where it is a job's. */
export function commandLine(
  { mode, grid, goesOn }: Pick<ValidateDraft, 'mode' | 'grid' | 'goesOn'>,
  input: RawInput<'validation.preview'>,
  workspace: string | undefined,
): string {
  const { subject, testPeriodDays, minTrainDays, expandingWindow, folds } = input;
  const words: string[] = ['npm', 'run', '-s', 'regimen', '--', 'validate'];
  const option = (name: string, value: unknown) => {
    if (value !== undefined) words.push(name, String(value));
  };
  if ('champions' in subject) words.push('champions');
  else words.push(mode);
  if ('runId' in subject) option('--run', subject.runId);
  if ('champion' in subject) option('--champion', subject.champion);
  if ('grid' in subject) option('--grid', grid?.file ?? presetName(subject.grid));
  if ('timeframe' in subject) {
    const [first = '', ...more] = 'symbols' in subject ? subject.symbols : [subject.symbol];
    words.push(first, subject.timeframe);
    if (more.length > 0) option('--symbols', more.join(','));
    option('--model-type', subject.modelType);
    const parameters = Object.entries(subject.hyperparameters ?? {});
    if (parameters.length > 0) {
      option('--parameters', parameters.map(([name, value]) => `${name}=${value}`).join(','));
    }
  }
  option('--test-period-days', testPeriodDays);
  option('--min-train-days', minTrainDays);
  if (expandingWindow !== undefined) words.push(expandingWindow ? '--expanding' : '--fixed');
  option('--folds', folds);
  if (mode === 'sequential' && goesOn) words.push('--yes');
  option('--workspace', workspace);
  return words.map(quoted).join(' ');
}
