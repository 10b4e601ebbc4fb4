import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import {
  LEAST_COMPOSITE_SCORE,
  SURVIVAL_MODEL_TYPES,
  type SurvivalModelType,
} from '../../../engine/contract/survival.ts';
import { call, go } from '../../state/index.ts';
import { attempt, notify } from '../../ui/index.ts';
import { Dialog } from '../dialog.tsx';
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
    notify('In the Training Queue', 'It is trained when its turn comes.');
    go('queue', { queue: String(made.queueId) });
  };
  return (
    <Dialog
      {...dialog}
      title="Train a model of what survives"
      consequence="Hyper-parameters are tried by ROC AUC on validation rows; what is found is judged on the newest rows alone. Nobody is put in charge by it."
      confirm="Train"
      disabled={!isWhole}
      onConfirm={() => void train()}
    >
      <Select
        label="Model type"
        data={SURVIVAL_MODEL_TYPES.map((value) => ({ value, label: TYPE_TITLES[value] }))}
        value={modelType}
        allowDeselect={false}
        onChange={(value) => setModelType(value as SurvivalModelType)}
      />
      <NumberInput
        label="Least composite score"
        description="Contenders that scored lower on their selection window are left out; 0.5 is where they break even."
        min={LEAST_COMPOSITE_SCORE}
        max={1}
        step={0.05}
        decimalScale={2}
        value={score ?? ''}
        onChange={(value) => setScore(numberOf(value))}
      />
      <NumberInput
        label="Trials"
        description="Hyper-parameters that are tried; 1 trains with those that a search begins with."
        min={1}
        max={1000}
        value={trials ?? ''}
        onChange={(value) => setTrials(numberOf(value))}
      />
      <NumberInput
        label="Patience"
        description="Trials without a better ROC AUC after which no further begins."
        min={1}
        max={1000}
        value={patience ?? ''}
        onChange={(value) => setPatience(numberOf(value))}
      />
    </Dialog>
  );
}
