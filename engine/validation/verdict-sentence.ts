import { counted, grouped } from '../contract/counted.ts';
import { decimalText, percentText } from '../contract/number-text.ts';
import {
  type Claim,
  type Evidence,
  LEAST_TRADES,
  type SpentHoldout,
  STRONG_P,
  STRONG_TRADES,
  SUGGESTIVE_P,
  type Tested,
  type VerdictCause,
} from './verdict-evidence.ts';

/** What a verdict rests on and which of its figures decided, in whole sentences. */
export function explain(cause: VerdictCause, { claim, tested, holdout }: Evidence): string {
  const clauses = [claim === null ? '' : claimText(claim), tested === null ? '' : testedText(tested)];
  const facts = capital(clauses.filter((clause) => clause !== '').join('; '));
  const decided =
    tested === null ? decidedByClaim(cause, claim!) : decidedByFolds(cause, tested, holdout).join(' ');
  return [facts === '' ? '' : `${facts}.`, decided].filter((text) => text !== '').join(' ');
}

function claimText({ sharpe, luckSharpe, tries }: Claim): string {
  if (sharpe === null) return '';
  const luck =
    luckSharpe === null || tries === null
      ? ''
      : `; the best of ${counted(Math.round(tries), 'try', 'tries')} reaches ${one(luckSharpe)} in one of 20 cases without any edge`;
  return `Sharpe ${one(sharpe)} on the selection window${luck}`;
}

function testedText({ folds, sharpe, sharpeError }: Tested): string {
  const over = `out of sample over ${counted(folds, 'fold')}`;
  if (sharpe === null) return `${over} not a trade`;
  return `${over} a Sharpe of ${one(sharpe)}${sharpeError === null ? '' : ` ± ${one(sharpeError)}`}`;
}

function decidedByClaim(cause: VerdictCause, { trades, marketP }: Claim): string {
  if (cause === 'few-trades') {
    return `${counted(trades, 'trade')} there: fewer than ${LEAST_TRADES} say nothing.`;
  }
  const luck =
    marketP === null
      ? "Not everything that was tried in its market was counted, so it can't be held against luck."
      : `In ${share(marketP)} of cases the best of everything tried in its market is as good without any edge.`;
  return `${luck} Not validated yet: nothing is known out of sample.`;
}

function decidedByFolds(cause: VerdictCause, tested: Tested, holdout: SpentHoldout | null): string[] {
  const { scheme, trades, t, p, among, positiveAtDoubledCosts } = tested;
  if (cause === 'few-trades') {
    return [`${counted(trades, 'trade')} out of sample: fewer than ${LEAST_TRADES} say nothing.`];
  }
  if (cause === 'lost') {
    return [`It lost more than chance explains (t ${two(t!)}, ${counted(trades, 'trade')}).`];
  }
  if (cause === 'lost-in-holdout') {
    const { trades: seen, net, floor } = holdout!;
    return [
      `In the holdout ${counted(seen, 'trade')} came to ${percent(net)}: of 100 stretches as long of its own out-of-sample days 99 end above ${percent(floor!)}.`,
    ];
  }
  const others = among > 1 ? `, adjusted for the ${whole(among)} validations of its market` : '';
  const chance = `Chance of as much without any edge: ${share(p)}${others}, ${counted(trades, 'trade')}`;
  const quick = scheme === 'quick' ? [QUICK] : [];
  if (cause === 'strong') return [`${chance}, and positive at doubled costs.`, ...quick];
  if (cause === 'none') return [`${chance}: ${share(SUGGESTIVE_P)} would be evidence.`, ...quick];
  const lacks = [
    p < STRONG_P ? '' : `a chance below ${share(STRONG_P)}`,
    trades >= STRONG_TRADES ? '' : `${STRONG_TRADES} trades`,
    positiveAtDoubledCosts === true
      ? ''
      : positiveAtDoubledCosts === false
        ? 'a profit at doubled costs'
        : 'a profit at doubled costs, which was not tried',
  ].filter((lack) => lack !== '');
  return [`${chance}. Strong evidence takes ${list(lacks)}.`, ...quick];
}

/** Simulated: shares of true Sharpe ratios that 180 days find at p 0.05. */
const QUICK =
  'Quick can reject, hardly confirm: 180 days find a true Sharpe of 1.2, 2 or 3 in 22, 40 or 68 %.';

const one = (value: number) => decimalText(value, 1);
const two = (value: number) => decimalText(value, 2);
const whole = (value: number) => grouped(Math.round(value));
/** Of a net log return. */
const percent = (net: number) => percentText(Math.expm1(net), 1);
/** `2.4 %`, `12 %`: a chance. */
const share = (p: number) => `${p < 0.1 ? Number((p * 100).toFixed(1)) : Math.round(p * 100)} %`;
const list = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
