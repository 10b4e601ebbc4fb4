import type { ModelNameDto } from '../contract/dto/index.ts';
import { plainName } from '../contract/plain-name.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Refusal } from './live-context.ts';
import type { ChampionPlace, Subject, Subjects } from './subject.ts';

export interface Market {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Names and champions of one market. */
export interface InMarket {
  readonly names: readonly ModelNameDto[];
  readonly champions: readonly ChampionPlace[];
}

export interface SpeakerDeps {
  readonly subjects: Subjects;
  /** Whether a champion speaks where no version does. */
  readonly showsChampions: boolean;
}

/**
 * Who speaks for a market whose newest bar is of a regime: the version in production of that regime, else that of all regimes, else the best
 * champion of that regime, else nobody, and why.
 */
export function speakerOf(
  { subjects, showsChampions }: SpeakerDeps,
  market: Market,
  { names, champions }: InMarket,
  regime: string,
): Subject | Refusal {
  const inCharge = names.filter(({ production }) => production !== null);
  const version =
    inCharge.find((name) => name.regime === regime) ?? inCharge.find((name) => name.regime === null);
  if (version !== undefined) return subjects.version(version);
  const champion = champions.find((one) => one.regime === regime);
  if (champion !== undefined && showsChampions) return champion.subject();
  const place = `${plainName(regime)} on ${market.symbol} ${market.timeframe}`;
  const known = [...othersText(inCharge), ...retiredText(names, regime)];
  if (champion !== undefined) {
    return {
      code: 'champion-hidden',
      text: [
        `No version is in charge of ${place}. Its champion is hidden: live.champions is hide.`,
        ...known,
      ].join(' '),
    };
  }
  return {
    code: 'nobody',
    text: [
      `Nobody is in charge of ${place}: no version is in production for it or for all regimes, and it has no champion.`,
      ...known,
    ].join(' '),
  };
}

function othersText(inCharge: readonly ModelNameDto[]): string[] {
  if (inCharge.length === 0) return [];
  return [
    `In production ${inCharge.length === 1 ? 'is' : 'are'} ${inCharge.map(({ name }) => name).join(', ')}.`,
  ];
}

/** Names of the place that had a version in production once. */
function retiredText(names: readonly ModelNameDto[], regime: string): string[] {
  return names
    .filter((name) => name.production === null && (name.regime === null || name.regime === regime))
    .flatMap(({ name, versions }) => {
      const last = versions.filter(({ stage }) => stage === 'Archived').at(-1);
      return last === undefined ? [] : [`Version ${last.version} of ${name} is no longer in production.`];
    });
}
