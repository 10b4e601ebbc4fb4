import { SETTINGS } from '../numbers.ts';

/** How the expert gets its bars, and when it keeps still. Everything here calls the terminal, so that no test of ours can run it. */
export const BARS_SHELL = `
CTrade   g_trade;
datetime g_bar=0;
bool     g_ready=false;
string   g_said="";

void RgTell(const string text)
  {
   if(text==g_said)
      return;
   g_said=text;
   Print(RG_ID,": ",text);
  }

string RgSymbol()
  {
   return(InpSymbol=="" ? _Symbol : InpSymbol);
  }

double RgUtc(const datetime server)
  {
   return(RgServerToUtc(1000.0*(double)server,(int)InpClock,InpClockHours));
  }

datetime RgServer(const double utc)
  {
   return((datetime)((utc+RgServerOffset(utc,(int)InpClock,InpClockHours))/1000.0));
  }

//--- Bars of a timeframe, oldest first, from a position back; how many there are, 0 where they are not ready
int RgCopy(const ENUM_TIMEFRAMES timeframe,const int start,const int wanted,RgBars &bars)
  {
   if(!SeriesInfoInteger(RgSymbol(),timeframe,SERIES_SYNCHRONIZED))
      return(0);
   MqlRates rates[];
   ArraySetAsSeries(rates,false);
   int count=CopyRates(RgSymbol(),timeframe,start,wanted,rates);
   if(count<=0)
      return(0);
   double point=SymbolInfoDouble(RgSymbol(),SYMBOL_POINT);
   double length=1000.0*PeriodSeconds(timeframe);
   RgResizeBars(bars,count);
   for(int i=0; i<count; i++)
     {
      bars.time[i]=RgUtc(rates[i].time);
      bars.open[i]=rates[i].open;
      bars.high[i]=rates[i].high;
      bars.low[i]=rates[i].low;
      bars.close[i]=rates[i].close;
      bars.volume[i]=(RG_HAS_VOLUME==1 ? (double)rates[i].tick_volume : 0.0);
      bars.spread[i]=(RG_HAS_SPREAD==1 ? rates[i].spread*point : 0.0);
      bars.known[i]=bars.time[i]+length;
     }
   return(count);
  }

//--- What the model says at the close of the newest bar; false where it can't be asked, and why
bool RgAsk(int &signal,int &regime,double &forecast,double &confidence,double &range,string &why)
  {
   RgBars base;
   RgBars higher[];
   ArrayResize(higher,RG_HIGHER);
   int wanted=RG_WARMUP+RG_LEAD;
   int count=RgCopy(RG_PERIOD,1,wanted,base);
   if(count<RG_WARMUP+20)
     {
      why=StringFormat("history is too short: %d bars of %s, the warm-up takes %d",count,EnumToString(RG_PERIOD),RG_WARMUP+20);
      return(false);
     }
   for(int k=0; k<RG_HIGHER; k++)
     {
      //--- the bars that are open still stand behind the others, and count once they are closed
      int needed=RgHigherWarmup(k);
      int seconds=PeriodSeconds(RgHigherPeriod(k));
      int spanned=(int)(1.5*(double)RG_LEAD*PeriodSeconds(RG_PERIOD)/seconds)+10;
      int have=RgCopy(RgHigherPeriod(k),0,needed+spanned,higher[k]);
      if(have<needed+1)
        {
         why=StringFormat("history is too short: %d bars of %s, the warm-up takes %d",have,EnumToString(RgHigherPeriod(k)),needed+1);
         return(false);
        }
     }
   //--- lanes begin behind the warm-up, and never before the model's own first forecast
   double span_start=RgNumbers[${SETTINGS.spanStart}];
   int first=RG_WARMUP;
   int phase=0;
   if(base.time[first]<span_start)
     {
      while(first<count-1 && base.time[first]<span_start)
         first=first+1;
     }
   else
     {
      phase=Bars(RgSymbol(),RG_PERIOD,RgServer(span_start),RgServer(base.time[first]))-1;
      if(phase<0)
         phase=0;
     }
   RgResult made;
   RgEvaluate(base,higher,first,phase,RgNumbers,RgNodes,RgLeaves,made);
   int lane=count-1-first;
   signal=made.signal[lane];
   regime=made.regime[lane];
   forecast=made.forecast[lane];
   confidence=made.confidence[lane];
   RG_ARRAY(double,moves);
   RG_ARRAY(double,average);
   RgTrueRange(base.high,base.low,base.close,moves);
   RgWilderAverage(moves,14,0,average);
   range=average[count-1];
   return(true);
  }

//--- Whether higher bars and days are cut on this server as they were where the model was trained
bool RgClockFits(string &why)
  {
   if(RG_CUT==1 && InpClock!=RG_CLOCK_NEW_YORK_7)
     {
      why="the model's bars above an hour begin at 17:00 in New York; this needs a server with New York + 7 hours";
      return(false);
     }
   if(RG_CUT==2 && !(InpClock==RG_CLOCK_FIXED && InpClockHours==0.0))
     {
      why="the model's bars above an hour begin at 00:00 UTC; this needs a server with UTC";
      return(false);
     }
   if(MQLInfoInteger(MQL_TESTER)!=0)
      return(true);
   double utc=1000.0*(double)TimeGMT();
   double ahead=1000.0*(double)TimeTradeServer()-utc;
   double expected=RgServerOffset(utc,(int)InpClock,InpClockHours);
   if(MathAbs(ahead-expected)>450000.0)
     {
      why=StringFormat("the server is %.2f hours ahead of UTC by the clock of this computer, the rule says %.2f",ahead/RG_HOUR,expected/RG_HOUR);
      return(false);
     }
   return(true);
  }
`;
