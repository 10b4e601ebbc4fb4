/**
 * The check that the expert runs before it trades, the script when it is asked, and the tests of Regimen as C++: everything recomputed from the
 * embedded bars and compared with what Regimen computed of them. `rows` is one array of doubles, see `parityRows`.
 */
export const PARITY = `
struct RgParity
  {
   int rows;
   double features;
   int worst_feature;
   double forecasts;
   double confidences;
   double costs;
   int regimes;
   int signals;
   bool passed;
  };

int RgReadBars(RG_IN(double,rows),const int at,const int size,RgBars &bars)
  {
   RgResizeBars(bars,size);
   for(int i=0; i<size; i++)
     {
      bars.time[i]=rows[at+i];
      bars.open[i]=rows[at+size+i];
      bars.high[i]=rows[at+2*size+i];
      bars.low[i]=rows[at+3*size+i];
      bars.close[i]=rows[at+4*size+i];
      bars.volume[i]=rows[at+5*size+i];
      bars.spread[i]=rows[at+6*size+i];
      bars.known[i]=rows[at+7*size+i];
     }
   return(at+8*size);
  }

//--- Distance of two numbers, of large ones as a share of them; two missing ones are equal, one is infinitely far
double RgDistance(const double a,const double b)
  {
   if(!RgIsNumber(a) || !RgIsNumber(b))
      return(!RgIsNumber(a) && !RgIsNumber(b) ? 0.0 : DBL_MAX);
   double size=RgLarger(1.0,MathAbs(b));
   return(MathAbs(a-b)/size);
  }

//--- limit: most rows that are compared, 0 for all; skip: lanes that are left out in front, as where history begins later
void RgCheckParity(RG_IN(double,rows),const int limit,const int skip,RG_IN(double,numbers),RG_IN(int,nodes),RG_IN(float,leaves),RgParity &out)
  {
   out.rows=0;
   out.features=0.0;
   out.worst_feature=0;
   out.forecasts=0.0;
   out.confidences=0.0;
   out.costs=0.0;
   out.regimes=0;
   out.signals=0;
   out.passed=false;
   if(ArraySize(rows)<10 || rows[0]!=1.0 || (int)rows[2]!=RG_FEATURES)
      return;
   int first=(int)rows[3]+skip;
   int from=(int)rows[4];
   double deviation=rows[5];
   int timeframes=(int)rows[6];
   int size=(int)rows[1];
   RgBars base;
   RG_ARRAY(RgBars,higher);
   ArrayResize(higher,timeframes);
   int at=7+timeframes;
   at=RgReadBars(rows,at,size,base);
   for(int k=0; k<timeframes; k++)
      at=RgReadBars(rows,at,(int)rows[7+k],higher[k]);
   RgResult made;
   RgForget();
   RgEvaluate(base,higher,first,skip,numbers,nodes,leaves,made);
   RgForget();
   int width=RG_FEATURES+5;
   for(int t=from; t<size; t++)
     {
      if(limit>0 && out.rows>=limit)
         break;
      int lane=t-first;
      for(int f=0; f<RG_FEATURES; f++)
        {
         double d=RgDistance(made.x[t*RG_FEATURES+f],rows[at+f]);
         if(d>out.features)
           {
            out.features=d;
            out.worst_feature=f;
           }
        }
      double wanted=rows[at+RG_FEATURES];
      double apart=MathAbs(made.forecast[lane]-wanted);
      if(!RgIsNumber(apart))
         apart=(RgIsNumber(made.forecast[lane]) || RgIsNumber(wanted) ? DBL_MAX : 0.0);
      else if(deviation>0.0)
         apart=apart/deviation;
      out.forecasts=RgLarger(out.forecasts,apart);
      if((int)rows[at+RG_FEATURES+1]!=made.regime[lane])
         out.regimes=out.regimes+1;
      out.confidences=RgLarger(out.confidences,RgDistance(made.confidence[lane],rows[at+RG_FEATURES+2]));
      if((int)rows[at+RG_FEATURES+3]!=made.signal[lane])
         out.signals=out.signals+1;
      out.costs=RgLarger(out.costs,RgDistance(made.cost[lane],rows[at+RG_FEATURES+4]));
      at=at+width;
      out.rows=out.rows+1;
     }
   out.passed=(out.rows>0 && out.features<=0.000000001 && out.forecasts<=0.000001 && out.confidences<=0.000000001
               && out.costs<=0.000000001 && out.regimes==0 && out.signals==0);
  }
`;
