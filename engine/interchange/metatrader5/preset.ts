import { exactLiteral } from './mql5/literal.ts';

/** The inputs as MetaTrader's dialog loads them: text in UTF-16 with a mark, as the terminal itself writes it. */
export function presetFile(input: {
  readonly magic: number;
  readonly expiry: number;
  readonly maxCost: number;
}): Uint8Array {
  const lines = [
    '; inputs of a bundle by Regimen',
    'InpRiskPercent=0.5',
    'InpMaxLots=1.0',
    'InpSafetyStop=0.0',
    `InpMagic=${input.magic}`,
    'InpSymbol=',
    'InpClock=0',
    'InpClockHours=2.0',
    `InpExpiry=${input.expiry}`,
    `InpMaxCost=${exactLiteral(input.maxCost)}`,
    'InpDeviation=10',
    'InpTrade=true',
  ];
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`, 'utf16le');
}
