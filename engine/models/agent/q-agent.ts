import { z } from 'zod';
import { EngineError } from '../../contract/errors.ts';
import { Q_AGENT } from '../../contract/model-type-names.ts';
import type { ModelType, TrainingSet } from '../model.ts';
import { type Experience, fitAgent } from './fitted-q.ts';
import { AgentMember, decodeAgent, encodeAgent } from './member.ts';

export interface AgentParameters {
  readonly n_estimators: number;
  readonly min_samples_leaf: number;
  readonly max_features: number;
  readonly caution: number;
}

/** A policy over the positions short, flat and long, learned from what they came to after costs; see `fitAgent`. */
export const qAgent: ModelType<AgentParameters, AgentMember> = {
  name: Q_AGENT,
  title: 'Q agent',
  description:
    'Learns when to be long, short or flat from what positions came to after costs, in place of a forecast and a rule to trade it by.',
  acts: true,
  hyperparameters: z.strictObject({
    n_estimators: z.int().min(5).max(500).default(50).describe('Trees of the forest.'),
    min_samples_leaf: z
      .int()
      .min(5)
      .max(1000)
      .default(50)
      .describe('Fewest bars of a leaf: what is said of them is their mean.'),
    max_features: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.7)
      .describe('Share of the features that each split is chosen among.'),
    caution: z
      .number()
      .min(0)
      .max(5)
      .default(2)
      .describe(
        'Standard errors that forecasts count for less than they were worth on bars that the trees had not seen; the larger, the less it trades.',
      ),
  }),
  fit(data, { n_estimators: trees, min_samples_leaf: minLeaf, max_features: featureShare, caution }) {
    const horizon = Math.max(1, data.purge ?? 1);
    return new AgentMember(
      fitAgent(experienceOf(data), {
        trees,
        minLeaf,
        featureShare,
        caution,
        // Bars weigh 1, g, g^2 and so on, which together count as many as the horizon.
        discount: 1 - 1 / horizon,
        seed: data.seed,
      }),
    );
  },
  importance: ({ parts: { gain, splits } }) => ({ gain, splits }),
  encode: encodeAgent,
  decode: decodeAgent,
  updating: {
    kind: 'none',
    reason:
      'what a position is worth hangs on what all later ones are worth, so that all of it has to be learned anew',
  },
};

/** The rows that a member learns from, one after the other. */
function experienceOf({ features, train, trading, task }: TrainingSet): Experience {
  if (task === 'classes' || trading === undefined) {
    throw new EngineError(
      'training-failed',
      'A q_agent learns from what positions come to, and found no such rows. Train it on target return.',
    );
  }
  const count = train.reduce((sum, { from, to }) => sum + to - from, 0);
  const gather = (values: Float64Array) => {
    const out = new Float64Array(count);
    let at = 0;
    for (const { from, to } of train) {
      out.set(values.subarray(from, to), at);
      at += to - from;
    }
    return out;
  };
  const goesOn = new Uint8Array(count).fill(1);
  let end = 0;
  for (const { from, to } of train) {
    end += to - from;
    goesOn[end - 1] = 0;
  }
  return {
    count,
    columns: features.columns.map(gather),
    long: gather(trading.long),
    short: gather(trading.short),
    costPerSide: gather(trading.costPerSide),
    goesOn,
  };
}
