import type { Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Options
  words: {
    validation: 'test windows',
    thresholds: 'thresholds',
    verdict: 'a verdict',
    comparison: 'the comparison with production',
  },
  f1HeldTo: ({ figure, value }: Values<'figure'> & { value: string | undefined }) =>
    `${figure === 'f1' ? 'F1' : figure} held to ${value}`,
  notAsked: ({ parts }: Values<'parts'>) => `not asked: ${parts}`,
  thatStandsInJournal: ({ out }: Values<'out'>) => `${out}. That stands in the journal for ever.`,

  // Gate fields
  presetText: {
    quick: 'A first look',
    promotion: 'Accuracy, precision, recall, F1',
    two_errors: 'Better than a constant by two errors',
    ranks: 'Spearman, Sharpe, drawdown',
  },
  noneNoEvidence: 'None: no evidence is asked',
  suggestive: 'Suggestive',
  strong: 'Strong',
  figureTitles: {
    accuracy: 'Accuracy at least',
    precision: 'Precision at least',
    recall: 'Recall at least',
    f1: 'F1 at least',
  },
  thresholds: 'Thresholds',
  verdictAtLeast: 'Verdict at least',
  asSettingsSay: 'As the settings say',
  ofList: 'of the list',
  skipValidation: 'Skip validation',
  noTestWindows: 'No test windows, and with them no thresholds and no verdict.',
  force: 'Force',
  itIsNotCompared: 'It is not compared with what is in production. That alone is left out.',
  itIsNotComparedWithWhat:
    'It is not compared with what is in production. Nothing is, so this changes nothing now.',
  itStandsInJournal: 'It stands in the journal.',
  everythingIsAsked: 'Everything is asked.',

  // Gate panel
  passedAt: ({ subject, day, out }: Values<'subject' | 'day'> & { out: string | null }) =>
    out === null ? `${subject}, ${day}: passed.` : `${subject}, ${day}: passed. ${out}.`,
  refusedAt: ({ subject, day, out }: Values<'subject' | 'day'> & { out: string | null }) =>
    out === null ? `${subject}, ${day}: refused.` : `${subject}, ${day}: refused. ${out}.`,
  gatePanelWords: {
    met: 'Met',
    missed: 'Missed',
    skipped: 'Skipped',
  },
  trainAgainWithSearch: '“Train again”, with “Search its hyper-parameters first”',
  historyOfItsForm: '“History” of its form',
  thresholdsTwoErrors: '“Thresholds”: Better than a constant by two errors',
  modeOfItsForm: '“Mode” of its form: Full',
  verdictAtLeastNone: '“Verdict at least”: None',
  forceOfItsForm: '“Force”',
  lastGate: 'The last gate',
  whatMayBeDone: 'What may be done',
  titleTable: ({ title }: Values<'title'>) => `${title}, table`,
  inWords: 'In words',
};
