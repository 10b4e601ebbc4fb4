import type { Objective } from '../../../engine/contract/search.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';

interface ObjectiveWords {
  readonly title: string;
  /** What it says, in a sentence. */
  readonly about: string;
  readonly lowerIsBetter?: true;
}

/** One that has no words of its own is called by its name. */
const WORDS: Readonly<Partial<Record<string, ObjectiveWords>>> = {
  spearman: {
    title: texts.spearmanRankCorrelation,
    about: texts.rankCorrelationOfWhat,
  },
  rmse: {
    title: texts.rootMeanSquaredError,
    about: texts.inUnitOfTarget,
    lowerIsBetter: true,
  },
  roc_auc: {
    title: common.rocAuc,
    about: texts.howOftenBetterOfTwo,
  },
  log_loss: {
    title: common.logLoss,
    about: texts.howSurprisedProbabilities,
    lowerIsBetter: true,
  },
  accuracy: {
    title: common.accuracy,
    about: texts.shareOfClasses,
  },
  f1: {
    title: common.f1,
    about: texts.ofPrecisionAndRecall,
  },
  sharpe: {
    title: common.sharpeRatio,
    about: texts.eachTrialIsWholeModel,
  },
};

export function objectiveLongTitle(objective: Objective): string {
  return WORDS[objective]?.title ?? objective;
}

export function objectiveAbout(objective: Objective): string {
  return WORDS[objective]?.about ?? '';
}

export function isLowerBetter(objective: Objective): boolean {
  return WORDS[objective]?.lowerIsBetter === true;
}
