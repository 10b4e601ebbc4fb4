import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import {
  LEAST_COMPOSITE_SCORE,
  SURVIVAL_MODEL_TYPES,
  type SurvivalModelType,
} from '../../../engine/contract/survival.ts';
import { call, go } from '../../state/index.ts';
import { attempt, notify } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { Dialog } from '../dialog.tsx';
import { texts } from './texts.ts';
import { TYPE_TITLES } from './words.ts';

interface TrainProps {
  readonly opened: boolean;
  onClose(): void;
}

const numberOf = (value: string | number) => (typeof value === 'number' ? value : undefined);

/** A job that trains a model of what survives. */
export function TrainDialog(dialog: TrainProps) {
  const [modelType, setModelType] = useState<SurvivalModelType>('ensemble');
  const [score, setScore] = useState<number | undefined>(0.5);
  const [trials, setTrials] = useState<number | undefined>(100);
  const [patience, setPatience] = useState<number | undefined>(30);
  const isWhole = score !== undefined && trials !== undefined && patience !== undefined;
  const train = async () => {
    const made = await attempt(() =>
      call('survival.train', {
        modelType,
        minCompositeScore: score!,
        trials: trials!,
        patience: patience!,
        enqueue: true,
      }),
    );
    if (made === undefined) return;
    notify(texts.inTrainingQueue, texts.itIsTrainedWhen);
    go('queue', { queue: String(made.queueId) });
  };
  return (
    <Dialog
      {...dialog}
      title={texts.trainModelOfWhatSurvives}
      consequence={texts.hyperParametersAreTried}
      confirm={texts.train}
      disabled={!isWhole}
      onConfirm={() => void train()}
    >
      <Select
        label={common.modelType}
        data={SURVIVAL_MODEL_TYPES.map((value) => ({ value, label: TYPE_TITLES[value] }))}
        value={modelType}
        allowDeselect={false}
        onChange={(value) => setModelType(value as SurvivalModelType)}
      />
      <NumberInput
        label={texts.leastCompositeScore}
        description={texts.contendersThatScoredLower}
        min={LEAST_COMPOSITE_SCORE}
        max={1}
        step={0.05}
        decimalScale={2}
        value={score ?? ''}
        onChange={(value) => setScore(numberOf(value))}
      />
      <NumberInput
        label={common.trials}
        description={texts.hyperParametersThatAreTried}
        min={1}
        max={1000}
        value={trials ?? ''}
        onChange={(value) => setTrials(numberOf(value))}
      />
      <NumberInput
        label={texts.patience}
        description={texts.trialsWithoutBetterRocAuc}
        min={1}
        max={1000}
        value={patience ?? ''}
        onChange={(value) => setPatience(numberOf(value))}
      />
    </Dialog>
  );
}
