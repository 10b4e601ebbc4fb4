import { plural } from '../../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Candle plot box
  thisBrowserDrawsNoCanvas: 'This browser draws no canvas: look at the table.',
  earlierBars: 'Earlier bars',
  laterBars: 'Later bars',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  allBars: 'All bars',
  tradingViewLightweightChartsCopyright2026: ({ link }: Marks<'link'>) =>
    rich`TradingView Lightweight Charts™, Copyright © 2026 ${link('TradingView, Inc.')}`,

  // Candle chart
  open: 'Open',
  high: 'High',
  low: 'Low',
  tradeDrawn: ({ trades }: Counts<'trades'>) => ` ${plural(trades, 'trade')} drawn.`,
  noBars: 'No bars.',
  barFromToLowestHighest: ({
    bars,
    first,
    last,
    lowest,
    highest,
    close,
  }: Values<'first' | 'last' | 'lowest' | 'highest' | 'close'> & Counts<'bars'>) =>
    `${plural(bars, 'bar')} from ${first} to ${last}, lowest ${lowest}, highest ${highest}, last close ${close}.`,
  longFromItsTip: 'Long from its tip',
  shortFromItsTip: 'Short from its tip',
  tradeThatGained: 'Trade that gained',
  tradeThatLost: 'Trade that lost',
  stopAndTarget: 'Stop and target',
  hollowHoldout: 'Hollow: holdout',
  time: 'Time',
};
