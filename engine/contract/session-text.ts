import type { QualityReport } from './quality.ts';

/** When a market trades, in few words: `24/5`, `24/7`, `exchange hours, closed 17:00 to 18:00 New York`. */
export function sessionText({ session, closed = [] }: Pick<QualityReport, 'session' | 'closed'>): string {
  switch (session) {
    case 'continuous':
      return '24/7';
    case 'exchange-hours':
      return `exchange hours, closed ${closed.join(' and ')} New York`;
    default:
      return '24/5';
  }
}
