import type { z } from 'zod';
import type { ModelType, TrainingSet, TreesUpdating } from '../model.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { decodeEnsemble, encodeEnsemble } from './ensemble-codec.ts';

interface TreeModel<P> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly hyperparameters: z.ZodType<P>;
  fit(data: TrainingSet, hyperparameters: P): TreeEnsemble;
  readonly updating: Omit<TreesUpdating<P, TreeEnsemble>, 'kind'>;
}

/** A model type whose members are tree ensembles: they share importance and bytes. */
export function treeModel<P>(model: TreeModel<P>): ModelType<P, TreeEnsemble> {
  return {
    ...model,
    updating: { kind: 'trees', ...model.updating },
    importance: (member) => member.importance(),
    encode: (member) => encodeEnsemble(member),
    decode: decodeEnsemble,
  };
}
