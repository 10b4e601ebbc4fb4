import type { RegimeDefinition } from './definition.ts';

/** The regimes of a new workspace, first match first. The default configuration file lists the same ones. */
export const DEFAULT_REGIMES: readonly RegimeDefinition[] = [
  {
    name: 'bull_trending',
    title: 'Bull trending',
    description: 'A clean rise over the last 50 bars.',
    active: true,
    rules: { trend_strength: '> 0.7', returns: '> 0' },
  },
  {
    name: 'bear_trending',
    title: 'Bear trending',
    description: 'A clean fall over the last 50 bars.',
    active: true,
    rules: { trend_strength: '> 0.7', returns: '< 0' },
  },
  {
    name: 'volatile_ranging',
    title: 'Volatile ranging',
    description: 'No clean trend, and more volatile than three quarters of the last 500 bars.',
    active: true,
    rules: { volatility: '> 75th percentile' },
  },
  {
    name: 'calm_ranging',
    title: 'Calm ranging',
    description: 'No clean trend, and calmer than half of the last 500 bars.',
    active: true,
    rules: { volatility: '< 50th percentile' },
  },
];
