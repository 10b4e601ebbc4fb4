import type { Objective } from '../../../engine/contract/search.ts';

interface ObjectiveWords {
  readonly title: string;
  /** What it says, in a sentence. */
  readonly about: string;
  readonly lowerIsBetter?: true;
}

/** One that has no words of its own is called by its name. */
const WORDS: Readonly<Partial<Record<string, ObjectiveWords>>> = {
  spearman: {
    title: 'Spearman rank correlation',
    about: 'Rank correlation of what is said and what came; 0 is no skill. For every target.',
  },
  rmse: {
    title: 'Root mean squared error',
    about: 'In the unit of the target; it rewards a model that says little.',
    lowerIsBetter: true,
  },
  roc_auc: {
    title: 'ROC AUC',
    about: 'How often the better of two bars is said to be better; 0.5 is no skill. For classes.',
  },
  log_loss: {
    title: 'Log loss',
    about: 'How surprised the probabilities are by what came. For targets of classes alone.',
    lowerIsBetter: true,
  },
  accuracy: {
    title: 'Accuracy',
    about: 'Share of classes that were right; always saying the larger class gets its share, too.',
  },
  f1: {
    title: 'F1',
    about: 'Of precision and recall of class 1; always saying 1 scores well where it is common.',
  },
  sharpe: {
    title: 'Sharpe ratio',
    about:
      'Each trial is a whole model on the selection window, judged by its best strategy: every one of them counts as a try for luck.',
  },
};

export function objectiveTitle(objective: Objective): string {
  return WORDS[objective]?.title ?? objective;
}

export function objectiveAbout(objective: Objective): string {
  return WORDS[objective]?.about ?? '';
}

export function isLowerBetter(objective: Objective): boolean {
  return WORDS[objective]?.lowerIsBetter === true;
}
