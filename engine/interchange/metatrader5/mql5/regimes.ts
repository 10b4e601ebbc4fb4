import { REGIME_MEASURES, type RegimeMeasure } from '../../../contract/words.ts';
import type { CompiledRegime, SeriesCondition } from '../../../regimes/labeler.ts';
import { MEASURE_WINDOW, MOMENTUM_BARS, TREND_BARS, VOLATILITY_BARS } from '../../../regimes/measures.ts';
import { MIN_TRAILING_BARS, TRAILING_BARS } from '../../../regimes/trailing.ts';
import { exactLiteral } from './literal.ts';

/** The value of each measure at bar t, from the logarithms of the closes; the twin of `measureValues`. */
const MEASURE_TEXTS: Readonly<Record<RegimeMeasure, string>> = {
  trend_strength: `
double RgTrendStrength(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   int first=t-${TREND_BARS}+1;
   double origin=logClose[first];
   double sum=0.0;
   for(int i=0; i<${TREND_BARS}; i++)
      sum=sum+(logClose[first+i]-origin);
   double mean=sum/${TREND_BARS}.0;
   double squares=0.0;
   double products=0.0;
   for(int i=0; i<${TREND_BARS}; i++)
     {
      double deviation=logClose[first+i]-origin-mean;
      squares=squares+deviation*deviation;
      products=products+deviation*(i-${(TREND_BARS - 1) / 2});
     }
   if(squares==0.0)
      return(0.0);
   double share=RgDivide(products*products,${(TREND_BARS * (TREND_BARS ** 2 - 1)) / 12}*squares);
   return(share>1.0 ? 1.0 : share);
  }
`,
  returns: `
double RgReturns(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   return(logClose[t]-logClose[t-${TREND_BARS}+1]);
  }
`,
  volatility: `
double RgVolatility(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   int before=t-${VOLATILITY_BARS};
   double mean=(logClose[t]-logClose[before])/${VOLATILITY_BARS}.0;
   double squares=0.0;
   for(int i=before+1; i<=t; i++)
     {
      double deviation=logClose[i]-logClose[i-1]-mean;
      squares=squares+deviation*deviation;
     }
   return(MathSqrt(squares/${VOLATILITY_BARS - 1}.0));
  }
`,
  volume: `
double RgVolume(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   return(base.volume[t]);
  }
`,
  momentum: `
double RgMomentum(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   return(logClose[t]-logClose[t-${MOMENTUM_BARS}]);
  }
`,
  range: `
double RgRange(const RgBars &base,RG_IN(double,logClose),const int t)
  {
   return(MathLog(RgDivide(base.high[t],base.low[t])));
  }
`,
};

const FUNCTION: Readonly<Record<RegimeMeasure, string>> = {
  trend_strength: 'RgTrendStrength',
  returns: 'RgReturns',
  volatility: 'RgVolatility',
  volume: 'RgVolume',
  momentum: 'RgMomentum',
  range: 'RgRange',
};

const TRAILING = `
//--- The known ones of the last ${TRAILING_BARS} values up to bar t, ascending; how many
int RgTrailing(RG_IN(double,values),const int t,RG_OUT(double,sorted))
  {
   int first=t-${TRAILING_BARS}+1;
   if(first<0)
      first=0;
   ArrayResize(sorted,t-first+1);
   int count=0;
   for(int i=first; i<=t; i++)
      if(RgIsNumber(values[i]))
        {
         sorted[count]=values[i];
         count=count+1;
        }
   ArrayResize(sorted,count);
   return(count);
  }

double RgPercentile(RG_IN(double,values),const int t,const double percent)
  {
   RG_ARRAY(double,sorted);
   int count=RgTrailing(values,t,sorted);
   if(count<${MIN_TRAILING_BARS})
      return(RgNaN());
   ArraySort(sorted);
   double position=((count-1)*percent)/100.0;
   int below=(int)MathFloor(position);
   double part=position-below;
   if(part==0.0)
      return(sorted[below]);
   return(sorted[below]+part*(sorted[below+1]-sorted[below]));
  }

double RgTrailingMean(RG_IN(double,values),const int t)
  {
   RG_ARRAY(double,known);
   int count=RgTrailing(values,t,known);
   if(count<${MIN_TRAILING_BARS})
      return(RgNaN());
   double sum=0.0;
   for(int i=0; i<count; i++)
      sum=sum+known[i];
   return(sum/(1.0*count));
  }
`;

/** Regime rules as code: `RgLabel` gives the index of the first regime whose rules all hold, else how many there are. */
export function regimeText(regimes: readonly CompiledRegime[]): string {
  const conditions = regimes.flatMap((regime) => regime.conditions);
  const measures = REGIME_MEASURES.filter((name) => conditions.some(({ measure }) => measure === name));
  const columns = measures.flatMap((name) => [
    `   RgBlank(${name},n);`,
    `   for(int t=${MEASURE_WINDOW[name] - 1}; t<n; t++)`,
    '     {',
    `      double value=${FUNCTION[name]}(base,logClose,t);`,
    '      if(RgIsNumber(value))',
    `         ${name}[t]=value;`,
    '     }',
  ]);
  const tests = regimes.flatMap((regime, label) => [
    `      //--- ${regime.name}`,
    `      if(label==${regimes.length}${regime.conditions.map((one) => ` && ${condition(one)}`).join('')})`,
    `         label=${label};`,
  ]);
  return [
    ...measures.map((name) => MEASURE_TEXTS[name]),
    TRAILING,
    '',
    '//--- Of bars from one on: the regime of each, by its place in the list, known at its close',
    'void RgLabel(const RgBars &base,const int from,RG_OUT(int,labels))',
    '  {',
    '   int n=ArraySize(base.close);',
    '   ArrayResize(labels,n-from);',
    '   RG_ARRAY(double,logClose);',
    '   RgBlank(logClose,n);',
    '   for(int t=0; t<n; t++)',
    '      if(base.close[t]>0.0)',
    '         logClose[t]=MathLog(base.close[t]);',
    ...measures.map((name) => `   RG_ARRAY(double,${name});`),
    ...columns,
    '   for(int t=from; t<n; t++)',
    '     {',
    `      int label=${regimes.length};`,
    ...tests,
    '      labels[t-from]=label;',
    '     }',
    '  }',
    '',
    'string RgRegimeName(const int label)',
    '  {',
    ...regimes.map((regime, label) => `   if(label==${label})\n      return("${regime.name}");`),
    '   return("unclassified");',
    '  }',
    '',
  ].join('\n');
}

function condition({ measure, operator, reference, value }: SeriesCondition): string {
  const literal = exactLiteral(value);
  if (reference === 'number') return `${measure}[t]${operator}${literal}`;
  const threshold =
    reference === 'percentile'
      ? `RgPercentile(${measure},t,${literal})`
      : `${literal}*RgTrailingMean(${measure},t)`;
  return `${measure}[t]${operator}${threshold}`;
}
