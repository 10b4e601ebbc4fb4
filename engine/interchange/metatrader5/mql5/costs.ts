import { SETTINGS } from '../numbers.ts';

const at = (name: keyof typeof SETTINGS) => `numbers[${SETTINGS[name]}]`;

/** What a trade costs, and what trades came to that have a stop and a take-profit: the twins of costs.ts and trade-outcomes.ts. */
export const COSTS = `
//--- Spread of a bar: its own, else the usual one of its hour, else the configured one
double RgSpread(const RgBars &base,RG_IN(double,numbers),const int t,const double price)
  {
   if(base.spread[t]>0.0)
      return(base.spread[t]);
   if(${at('hours')}>0.0)
      return(numbers[${SETTINGS.shares}+RgHourOfDay(base.known[t]-1.0,${at('hours')}==2.0)]*base.close[t]);
   return(${at('spread')}*(${at('fraction')}==1.0 ? price : 1.0));
  }

double RgSlippage(RG_IN(double,numbers),const double price)
  {
   return(${at('slippage')}*(${at('fraction')}==1.0 ? price : 1.0));
  }

//--- Of entering and leaving, as known at the close, in log return
double RgRoundTrip(const RgBars &base,RG_IN(double,numbers),const int t)
  {
   double spread=RgSpread(base,numbers,t,base.close[t]);
   double slippage=RgSlippage(numbers,base.open[t]);
   return(RgDivide(spread+2.0*slippage,base.close[t])+2.0*${at('commission')});
  }

//--- Of one fill at the open
double RgFill(const RgBars &base,RG_IN(double,numbers),const int t)
  {
   double price=base.open[t];
   double widest=RgLarger(RgSpread(base,numbers,t,price),RgSpread(base,numbers,t>0 ? t-1 : 0,price));
   return(RgDivide(widest/2.0+RgSlippage(numbers,price),price)+${at('commission')});
  }

double RgSwap(const RgBars &base,RG_IN(double,numbers),const int t,const int direction)
  {
   if(t+1>=ArraySize(base.open))
      return(0.0);
   double nights=RgNights(base.time[t],base.time[t+1],${at('continuous')}==1.0);
   double amount=(direction>0 ? ${at('swapLong')} : ${at('swapShort')});
   double size=(${at('fraction')}==1.0 ? base.open[t] : 1.0);
   return(RgDivide(nights*amount*size,base.open[t]));
  }

//--- Net result of the trade that is entered at the open after bar t, where it is known; range: ATR(14) of bar t
double RgTrade(const RgBars &base,RG_IN(double,numbers),const int t,const double range,const int direction)
  {
   int n=ArraySize(base.open);
   int entry=t+1;
   int last=entry+(int)${at('horizon')};
   if(last>=n || !RgIsNumber(range))
      return(RgNaN());
   double way=1.0*direction;
   double target=base.open[entry]+way*${at('takeProfit')}*range;
   double stop=base.open[entry]-way*${at('stopLoss')}*range;
   int row=entry;
   double price=0.0;
   bool left=false;
   bool inside=false;
   while(row<last && !left)
     {
      double opened=base.open[row];
      double best=(direction>0 ? base.high[row] : base.low[row]);
      double worst=(direction>0 ? base.low[row] : base.high[row]);
      if(row>entry && (way*(opened-stop)<=0.0 || way*(opened-target)>=0.0))
        {
         left=true;
         price=opened;
        }
      else if(way*(worst-stop)<=0.0)
        {
         left=true;
         inside=true;
         price=stop;
        }
      else if(way*(best-target)>=0.0)
        {
         left=true;
         inside=true;
         price=target;
        }
      if(!left)
         row=row+1;
     }
   if(!left)
      price=base.open[row];
   double paid=RgFill(base,numbers,entry)+RgFill(base,numbers,row);
   for(int k=entry; k<row; k++)
      paid=paid+RgSwap(base,numbers,k,direction);
   if(inside)
      paid=paid+RgLarger(0.0,RgSwap(base,numbers,row,direction));
   return(way*MathLog(RgDivide(price,base.open[entry]))-paid);
  }
`;
