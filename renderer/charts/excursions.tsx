import type { TradeDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { nearest, shapes } from './plot-shapes.ts';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis, type PlotPlace, ValuePlot } from './value-plot.tsx';

interface ExcursionsProps {
  readonly trades: readonly Pick<TradeDto, 'number' | 'mae' | 'mfe' | 'netPercent'>[];
  /** `pips`, or the price's own unit. */
  readonly unit: string;
  /** How far 9 of 10 winners went against at most; null without a winner. */
  readonly winnersMae: number | null;
  readonly note: string;
}

/** How far each trade went against, and how far in favor: winners and losers by color and shape. */
export function Excursions({ trades, unit, winnersMae, note }: ExcursionsProps) {
  const of = (won: boolean) => trades.filter(({ netPercent }) => netPercent > 0 === won);
  const groups = [
    { name: texts.won, color: 'var(--gain)', shape: 'triangle' as const, glyph: '▲', points: of(true) },
    { name: texts.lost, color: 'var(--loss)', shape: 'circle' as const, glyph: '●', points: of(false) },
  ];
  const axisOf = (values: readonly number[], name: string) =>
    numberAxis(valueTicks([0, ...values], 5), { name, hasGrid: true });
  const at = ({ mae, mfe }: ExcursionsProps['trades'][number], { x, y }: PlotPlace) => ({
    x: x(mae),
    y: y(mfe),
  });
  return (
    <ChartFigure
      title={texts.maeAgainstMfe}
      note={note}
      summary={groups
        .map(({ name, points }) => `${name}: ${texts.countOfTrades({ trades: points.length })}`)
        .join(', ')}
      legend={[
        ...groups.map(({ name, color, glyph }) => ({ name, color, glyph })),
        ...(winnersMae === null
          ? []
          : [{ name: texts.of9Of10Winners, color: 'var(--mantine-color-text)', shape: 'dashed' as const }]),
      ]}
      table={{
        columns: [texts.trade, texts.maeUnit({ unit }), texts.mfeUnit({ unit }), common.net],
        rows: trades.map(({ number, mae, mfe, netPercent }) => [
          String(number),
          formatNumber(mae, 1),
          formatNumber(mfe, 1),
          formatPercent(netPercent / 100, 2),
        ]),
      }}
    >
      <ValuePlot
        height={210}
        room={ROOM}
        x={axisOf([...trades.map(({ mae }) => mae), winnersMae ?? 0], texts.againstIt({ unit }))}
        y={axisOf(
          trades.map(({ mfe }) => mfe),
          texts.inFavorUnit({ unit }),
        )}
        draw={(place) => (
          <>
            {winnersMae === null ? null : (
              <line
                x1={place.x(winnersMae)}
                x2={place.x(winnersMae)}
                y2={place.height}
                stroke="var(--mantine-color-text)"
                strokeDasharray="5 4"
              />
            )}
            {groups.map(({ name, color, shape, points }) => (
              <path
                key={name}
                d={shapes(
                  points.map((trade) => at(trade, place)),
                  shape,
                )}
                fill={color}
              />
            ))}
          </>
        )}
        find={(x, y, place) =>
          nearest(
            trades.map((trade, index) => ({ index, ...at(trade, place) })),
            x,
            y,
          )?.index ?? null
        }
        readout={(index) => {
          const trade = trades[index];
          return trade === undefined ? null : (
            <ChartTooltip
              title={texts.tradeNumber({ number: trade.number })}
              figures={[
                [texts.against, `${formatNumber(trade.mae, 1)} ${unit}`],
                [texts.inFavor, `${formatNumber(trade.mfe, 1)} ${unit}`],
                [common.net, formatPercent(trade.netPercent / 100, 2)],
              ]}
            />
          );
        }}
      />
    </ChartFigure>
  );
}

const ROOM = { left: 62, right: 12, top: 6, bottom: NAMED_AXIS };
