import { forwardListText, forwardText } from '../render/forward.ts';
import { portfolioText } from '../render/portfolio.ts';
import { signalsText } from '../render/signals.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const signalCommands: readonly CliCommand[] = [
  methodCommand(
    'signals',
    'signals.list',
    'what the models say of the newest candles, and why where they say nothing; nothing places orders',
    [],
    signalsText,
  ),
  methodCommand(
    'portfolio',
    'portfolio.show',
    'champions and versions together: how alike they are, joint drawdown, exposure by currency, one curve',
    [],
    portfolioText,
  ),
  methodCommand(
    'report',
    'report.write',
    'write what is known of a run, champion, validation or version as one page that prints',
    [],
    ({ file }) => `The report is written to ${file}.`,
  ),
  methodCommand(
    'forward list',
    'forward.list',
    'list versions that trade on paper, and how they stand beside what walk-forward promised',
    [],
    forwardListText,
  ),
  {
    ...methodCommand('forward show', 'forward.show', '', ['name', 'version'], forwardText),
    summary: 'show the forward test of a version: its trades, and each day beside the band',
    positionals: [
      { name: 'name', description: 'SYMBOL TIMEFRAME REGIME, in quotes' },
      { name: 'version', description: 'one version; else the newest test', optional: true },
    ],
  },
];
