import type { FormulaName } from '../../../features/encoders/formulas.ts';
import type { TimeFeature } from '../../../features/encoders/time-features.ts';

/** A loop over a column and the close of the same bars. */
const sameBar = (name: string, expression: string) => `
void ${name}(RG_IN(double,x),RG_IN(double,close),RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
      out[t]=${expression};
  }
`;

/** A loop over a column, the bar before in it, and the close. */
const change = (name: string, expression: string) => `
void ${name}(RG_IN(double,x),RG_IN(double,close),RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   for(int t=1; t<n; t++)
      out[t]=${expression};
  }
`;

/** A volume in deviations of its window; a deviation below 1e-12 of the mean is rounding noise of equal values. */
const volume = (name: string, from: string) => `
void ${name}(RG_IN(double,x),RG_IN(double,mean),RG_IN(double,deviation),RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   for(int t=1; t<n; t++)
      out[t]=(deviation[t]<=0.000000000001*MathAbs(mean[t]) ? 0.0 : RgDivide(x[t]-${from},deviation[t]));
  }
`;

/** The MQL5 side of what makes features of columns. */
export const FORMULA_TEXTS: Readonly<Record<FormulaName, string>> = {
  plain: '',
  closeAbove: sameBar('RgCloseAbove', 'RgDivide(close[t]-x[t],close[t])'),
  shareOfClose: sameBar('RgShareOfClose', 'RgDivide(x[t],close[t])'),
  centered: sameBar('RgCentered', 'x[t]/50.0-1.0'),
  changeOverClose: change('RgChangeOverClose', 'RgDivide(x[t]-x[t-1],close[t])'),
  changeOverFifty: change('RgChangeOverFifty', '(x[t]-x[t-1])/50.0'),
  plainChange: change('RgPlainChange', 'x[t]-x[t-1]'),
  zScore: volume('RgZScore', 'mean[t]'),
  volumeChange: volume('RgVolumeChange', 'x[t-1]'),
};

const HOUR_ANGLE = '(base.time[t]/86400000.0-day)*2.0*M_PI';
const WEEKDAY_ANGLE = '(MathMod(day+4.0,7.0)/7.0)*2.0*M_PI';

/** Of the opening time of a bar, the one before, and `day`, the number of its day. */
export const TIME_EXPRESSIONS: Readonly<Record<TimeFeature, string>> = {
  bars_since_previous: 'MathLog(RgDivide(base.time[t]-base.time[t-1],barMs))',
  hour_sin: `MathSin(${HOUR_ANGLE})`,
  hour_cos: `MathCos(${HOUR_ANGLE})`,
  weekday_sin: `MathSin(${WEEKDAY_ANGLE})`,
  weekday_cos: `MathCos(${WEEKDAY_ANGLE})`,
};

/** Higher timeframes: which bar of them was closed, and its value. */
export const ALIGNMENT = `
void RgAlign(const RgBars &base,const RgBars &higher,RG_OUT(int,closed))
  {
   int n=ArraySize(base.time);
   int m=ArraySize(higher.time);
   ArrayResize(closed,n);
   int next=0;
   for(int t=0; t<n; t++)
     {
      while(next<m && higher.known[next]<=base.known[t])
         next=next+1;
      closed[t]=next-1;
     }
  }

void RgHold(RG_IN(double,x),RG_IN(int,closed),RG_OUT(double,out))
  {
   int n=ArraySize(closed);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
      if(closed[t]>=0)
         out[t]=x[closed[t]];
  }

void RgStore(RG_IN(double,column),const int place,const int columns,RG_OUT(double,x))
  {
   int n=ArraySize(column);
   for(int t=0; t<n; t++)
      x[t*columns+place]=column[t];
  }
`;
