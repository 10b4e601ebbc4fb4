import {
  CartesianGrid,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { TradeDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { texts } from './texts.ts';

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
  const label = (value: string, more: object) => ({ value, ...more, ...AXIS_TEXT });
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
      <ResponsiveContainer width="100%" height={210}>
        <ScatterChart margin={{ top: 6, right: 12, bottom: 20, left: 4 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="mae"
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={label(texts.againstIt({ unit }), { position: 'insideBottom', offset: -12 })}
          />
          <YAxis
            type="number"
            dataKey="mfe"
            width={58}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={label(texts.inFavorUnit({ unit }), { angle: -90, position: 'insideLeft' })}
          />
          {winnersMae === null ? null : (
            <ReferenceLine x={winnersMae} stroke="var(--mantine-color-text)" strokeDasharray="5 4" />
          )}
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const trade = payload?.[0]?.payload as ExcursionsProps['trades'][number] | undefined;
              return active !== true || trade === undefined ? null : (
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
          {groups.map(({ name, color, shape, points }) => (
            <Scatter key={name} name={name} data={points} shape={shape} isAnimationActive={false}>
              {points.map(({ number }) => (
                <Cell key={number} fill={color} />
              ))}
            </Scatter>
          ))}
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
