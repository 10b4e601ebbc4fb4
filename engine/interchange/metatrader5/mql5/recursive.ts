import { type Timeframe, timeframeMs } from '../../../contract/timeframe.ts';
import { MAX_RECURSIVE_STEPS } from '../../../inference/forecast.ts';
import { SETTINGS } from '../numbers.ts';

const at = (name: keyof typeof SETTINGS) => `numbers[${SETTINGS[name]}]`;

/**
 * Forecasts over synthetic bars: the twin of forecast.ts, lanes.ts and calendar.ts. Features of a synthetic bar are computed from the bars before it,
 * as many as it takes until indicators have forgotten where they began, with higher timeframes as they were.
 * @param history bars that a window begins with
 */
export function recursiveText(timeframe: Timeframe, history: number): string {
  const step = timeframeMs(timeframe);
  return `
#define RG_BAR_MS ${step}.0
#define RG_ROLL ${history}

int RgWeekday(const double day)
  {
   return((int)MathMod(MathMod(day+3.0,7.0)+7.0,7.0));
  }

bool RgTradingTime(const double utc)
  {
   return(RgWeekday(RgTradingDay(utc))<5);
  }

bool RgIsDue(const double utc)
  {
   if(RG_BAR_MS==RG_DAY)
      return(RgTradingTime(utc+RG_DAY/2.0));
   return(RgTradingTime(utc) || RgTradingTime(utc+RG_BAR_MS-1.0));
  }

//--- Opening time of the bar that is due after one: weekends are skipped, and New York's day is kept where its clock changes
double RgNextBar(const double utc,const bool continuous)
  {
   double next=utc+RG_BAR_MS;
   if(continuous)
      return(next);
   if(RgIsDue(next))
      return(next);
   double day=RgTradingDay(utc)*RG_DAY-7.0*RG_HOUR;
   double begun=day-RgNewYork(day);
   begun=day-RgNewYork(begun);
   bool keeps=(RG_BAR_MS>RG_HOUR && MathMod(utc-begun,RG_BAR_MS)==0.0);
   for(int k=0; k<20000; k++)
     {
      double clock=(keeps ? next+RgNewYork(utc)-RgNewYork(next) : next);
      if(RgIsDue(clock))
         return(clock);
      next=next+RG_BAR_MS;
     }
   return(next);
  }

//--- What was foreseen of earlier bars is kept from one bar to the next: who says it (side * members + member), of when, and what
RG_ARRAY(double,RgKeptTime);
RG_ARRAY(double,RgKeptValue);
RG_ARRAY(int,RgKeptWho);
RG_ARRAY(double,RgNewTime);
RG_ARRAY(double,RgNewValue);
RG_ARRAY(int,RgNewWho);
int RgKeptAt=0;

void RgForget()
  {
   ArrayResize(RgKeptTime,0);
   ArrayResize(RgKeptValue,0);
   ArrayResize(RgKeptWho,0);
   ArrayResize(RgNewTime,0);
   ArrayResize(RgNewValue,0);
   ArrayResize(RgNewWho,0);
   RgKeptAt=0;
  }

bool RgRecall(const int who,const double time,double &value)
  {
   int n=ArraySize(RgKeptTime);
   for(int i=RgKeptAt; i<n; i++)
      if(RgKeptWho[i]==who && RgKeptTime[i]==time)
        {
         RgKeptAt=i+1;
         value=RgKeptValue[i];
         return(true);
        }
   return(false);
  }

void RgRemember(const int who,const double time,const double value)
  {
   int n=ArraySize(RgNewTime);
   ArrayResize(RgNewTime,n+1);
   ArrayResize(RgNewValue,n+1);
   ArrayResize(RgNewWho,n+1);
   RgNewTime[n]=time;
   RgNewValue[n]=value;
   RgNewWho[n]=who;
  }

void RgKeepNew()
  {
   int n=ArraySize(RgNewTime);
   ArrayResize(RgKeptTime,n);
   ArrayResize(RgKeptValue,n);
   ArrayResize(RgKeptWho,n);
   for(int i=0; i<n; i++)
     {
      RgKeptTime[i]=RgNewTime[i];
      RgKeptValue[i]=RgNewValue[i];
      RgKeptWho[i]=RgNewWho[i];
     }
   ArrayResize(RgNewTime,0);
   ArrayResize(RgNewValue,0);
   ArrayResize(RgNewWho,0);
   RgKeptAt=0;
  }

//--- A member's forecast of row t: one-bar steps, each from a bar that the one before it foresees
double RgRecursive(const RgBars &base,RG_IN(RgBars,higher),const int t,const double direct,const int start,RG_IN(double,numbers),RG_IN(int,nodes),RG_IN(float,leaves))
  {
   int horizon=(int)${at('horizon')};
   int steps=(horizon<${MAX_RECURSIVE_STEPS} ? horizon : ${MAX_RECURSIVE_STEPS});
   int from=(t-RG_ROLL+1<0 ? 0 : t-RG_ROLL+1);
   int own=t-from+1;
   RgBars bars;
   RgResizeBars(bars,own);
   for(int i=0; i<own; i++)
     {
      bars.time[i]=base.time[from+i];
      bars.open[i]=base.open[from+i];
      bars.high[i]=base.high[from+i];
      bars.low[i]=base.low[from+i];
      bars.close[i]=base.close[from+i];
      bars.volume[i]=base.volume[from+i];
      bars.spread[i]=base.spread[from+i];
      bars.known[i]=base.known[from+i];
     }
   double deviations=0.0;
   for(int back=1; back<20; back++)
      deviations=deviations+(base.volume[t-back]-base.volume[t]);
   double volume=base.volume[t]+deviations/20.0;
   RG_ARRAY(double,x);
   double move=direct/(1.0*horizon);
   double sum=move;
   for(int step=2; step<=steps; step++)
     {
      int n=ArraySize(bars.close);
      double ranges=0.0;
      for(int back=1; back<=20; back++)
         ranges=ranges+(bars.high[n-back]-bars.low[n-back]);
      double margin=ranges*(0.25/20.0);
      double opened=bars.close[n-1];
      double closed=opened*MathExp(move);
      RgResizeBars(bars,n+1);
      bars.time[n]=RgNextBar(bars.time[n-1],${at('continuous')}==1.0);
      bars.open[n]=opened;
      bars.high[n]=RgLarger(opened,closed)+margin;
      bars.low[n]=RgSmaller(opened,closed)-margin;
      bars.close[n]=closed;
      bars.volume[n]=volume;
      bars.spread[n]=0.0;
      bars.known[n]=base.known[t];
      //--- the newest row looks back over 100 rows of a mean over 20
      RgTail=136;
      RgFeatures(bars,higher,x);
      RgTail=0;
      move=RgMember(numbers,start,nodes,leaves,x,n*RG_FEATURES)/(1.0*horizon);
      sum=sum+move;
     }
   return(sum*((1.0*horizon)/(1.0*steps)));
  }
`;
}
