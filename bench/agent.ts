import { qAgent } from '../engine/models/agent/q-agent.ts';
import {
  bestRule,
  positionsBy,
  positionsByRule,
  resultOf,
  trainingSet,
  walk,
} from '../engine/models/agent/testing/walks.ts';
import { parseHyperparameters } from '../engine/models/catalog.ts';
import { type Figure, medianCpuMs, type Subject } from './subject.ts';

const WALKS = 100;
const TRAIN = 2000;
const LATER = 2000;
/** Share of a bar's variance that is known beforehand where an edge is planted. */
const PLANTED = 0.05;
const DEFAULTS = parseHyperparameters(qAgent, {});

/**
 * What an agent makes of markets of which is known what can be known: on noise it should hardly trade, and where one feature leans the next
 * bar it should earn about what a rule earns that knows the lean. And how long one takes to learn.
 */
export const agentSubject: Subject = {
  name: 'agent',
  title: 'q_agent on seeded walks of noise and with a planted edge, and how long it learns',
  parts: ['noise', 'planted', 'time'],
  async measure(runs = WALKS, parts = []) {
    const isAsked = (part: string) => parts.length === 0 || parts.includes(part);
    return {
      data: `synthetic walks of ten features, ${TRAIN} bars to learn from and ${LATER} after them`,
      runs,
      figures: [
        ...(isAsked('noise') ? noise(runs) : []),
        ...(isAsked('planted') ? planted(runs) : []),
        ...(isAsked('time') ? time() : []),
      ],
    };
  },
};

function later(seed: number, share: number) {
  const made = walk({ seed, rows: TRAIN + LATER, share });
  const { agent } = qAgent.fit(trainingSet(made, TRAIN, seed), DEFAULTS);
  const values = new Float64Array(3 * LATER);
  agent.values(made.columns, TRAIN, LATER, values);
  const returns = made.trading.long.subarray(TRAIN);
  return { ...resultOf(positionsBy(values), returns), returns, lean: made.lean.subarray(TRAIN) };
}

function noise(runs: number): Figure[] {
  const walks = Array.from({ length: runs }, (_, k) => later(10_000 + k, 0));
  const traded = walks.filter(({ held }) => held > 0.01).length;
  return [
    {
      name: `noise: of ${runs} walks, traded on more than 1 % of bars`,
      value: traded,
      unit: 'walks',
      atMost: 0.05 * runs,
    },
  ];
}

function planted(runs: number): Figure[] {
  const rule = bestRule(PLANTED);
  let agent = 0;
  let knowing = 0;
  for (let k = 0; k < runs; k++) {
    const { net, returns, lean } = later(20_000 + k, PLANTED);
    agent += net;
    knowing += resultOf(positionsByRule(lean, rule.enter, rule.leave), returns).net;
  }
  return [
    { name: 'planted: mean net log return of the agent', value: agent / runs, unit: '(log return)' },
    {
      name: 'planted: of a hysteresis rule that knows the lean',
      value: knowing / runs,
      unit: '(log return)',
    },
    { name: 'planted: agent over rule', value: agent / knowing, unit: '(ratio)', atLeast: 0.9 },
  ];
}

/** 3,000 rows of as many features as a configuration has by default, 50 trees; with an edge, so that leaves are iterated, too. */
function time(): Figure[] {
  const made = walk({ seed: 1, rows: 3000, share: PLANTED, features: 70 });
  const ms = medianCpuMs(3, () => qAgent.fit(trainingSet(made, 3000, 1), DEFAULTS));
  return [
    {
      name: 'time: 3,000 rows, 70 features, 50 trees, one thread, processor time',
      value: ms / 1000,
      unit: 's',
      atMost: 1.5,
    },
  ];
}
