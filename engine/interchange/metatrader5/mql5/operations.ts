import type { Operations } from '../../../features/operations/operations.ts';

/** What each operation on columns is in MQL5: the twin of `IN_NUMBERS`. Results come last, in the order of the operation's own. */
export const OPERATION_TEXTS: Readonly<Record<keyof Operations<string>, string>> = {
  subtract: `
void RgSubtract(RG_IN(double,a),RG_IN(double,b),RG_OUT(double,out))
  {
   int n=ArraySize(a);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
      out[t]=a[t]-b[t];
  }
`,
  exponentialAverage: `
void RgExponentialAverage(RG_IN(double,x),const int period,const int from,RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   if(from>=n)
      return;
   double weight=2.0/(period+1.0);
   double y=x[from];
   out[from]=y;
   for(int t=from+1; t<n; t++)
     {
      y=y+(x[t]-y)*weight;
      out[t]=y;
     }
  }
`,
  wilderAverage: `
void RgWilderAverage(RG_IN(double,x),const int period,const int from,RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   int start=from+period-1;
   if(start>=n)
      return;
   double y=0.0;
   for(int t=from; t<=start; t++)
      y=y+x[t];
   y=y/(1.0*period);
   out[start]=y;
   double weight=1.0/(1.0*period);
   for(int t=start+1; t<n; t++)
     {
      y=y+(x[t]-y)*weight;
      out[t]=y;
     }
  }
`,
  rollingSum: `
void RgRollingSum(RG_IN(double,x),const int size,RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   for(int t=RgFrom(size-1,n); t<n; t++)
     {
      double sum=0.0;
      for(int k=t-size+1; k<=t; k++)
         sum=sum+x[k];
      out[t]=sum;
     }
  }
`,
  rollingMoments: `
void RgRollingMoments(RG_IN(double,x),const int size,const int from,RG_OUT(double,mean),RG_OUT(double,deviation))
  {
   int n=ArraySize(x);
   RgBlank(mean,n);
   RgBlank(deviation,n);
   double count=1.0*size;
   for(int t=RgFrom(from+size-1,n); t<n; t++)
     {
      //--- counted from the newest value: equal values have a deviation of exactly 0
      double origin=x[t];
      double sum=0.0;
      double squares=0.0;
      for(int k=t-size+1; k<t; k++)
        {
         double d=x[k]-origin;
         sum=sum+d;
         squares=squares+d*d;
        }
      mean[t]=origin+sum/count;
      deviation[t]=MathSqrt((squares-(sum*sum)/count)/count);
     }
  }
`,
  rollingExtremes: `
void RgRollingExtremes(RG_IN(double,high),RG_IN(double,low),const int size,RG_OUT(double,highest),RG_OUT(double,lowest))
  {
   int n=ArraySize(high);
   RgBlank(highest,n);
   RgBlank(lowest,n);
   for(int t=RgFrom(size-1,n); t<n; t++)
     {
      double top=high[t];
      double bottom=low[t];
      for(int k=t-size+1; k<t; k++)
        {
         top=RgLarger(high[k],top);
         bottom=RgSmaller(low[k],bottom);
        }
      highest[t]=top;
      lowest[t]=bottom;
     }
  }
`,
  trueRange: `
void RgTrueRange(RG_IN(double,high),RG_IN(double,low),RG_IN(double,close),RG_OUT(double,out))
  {
   int n=ArraySize(close);
   RgBlank(out,n);
   if(n>0)
      out[0]=high[0]-low[0];
   for(int t=1; t<n; t++)
      out[t]=RgLarger(high[t],close[t-1])-RgSmaller(low[t],close[t-1]);
  }
`,
  directionalMovement: `
void RgDirectionalMovement(RG_IN(double,high),RG_IN(double,low),RG_OUT(double,up),RG_OUT(double,down))
  {
   int n=ArraySize(high);
   ArrayResize(up,n);
   ArrayResize(down,n);
   for(int t=0; t<n; t++)
     {
      up[t]=0.0;
      down[t]=0.0;
      if(t==0)
         continue;
      double rise=high[t]-high[t-1];
      double fall=low[t-1]-low[t];
      if(rise>fall && rise>0.0)
         up[t]=rise;
      if(fall>rise && fall>0.0)
         down[t]=fall;
     }
  }
`,
  directionalIndex: `
void RgDirectionalIndex(RG_IN(double,range),RG_IN(double,up),RG_IN(double,down),RG_OUT(double,plus),RG_OUT(double,minus),RG_OUT(double,dx))
  {
   int n=ArraySize(range);
   RgBlank(plus,n);
   RgBlank(minus,n);
   RgBlank(dx,n);
   for(int t=0; t<n; t++)
     {
      double moves=up[t]+down[t];
      plus[t]=(range[t]==0.0 ? 0.0 : RgDivide(up[t],range[t])*100.0);
      minus[t]=(range[t]==0.0 ? 0.0 : RgDivide(down[t],range[t])*100.0);
      dx[t]=(moves==0.0 ? 0.0 : RgDivide(MathAbs(up[t]-down[t]),moves)*100.0);
     }
  }
`,
  changes: `
void RgChanges(RG_IN(double,close),RG_OUT(double,gains),RG_OUT(double,losses))
  {
   int n=ArraySize(close);
   ArrayResize(gains,n);
   ArrayResize(losses,n);
   for(int t=0; t<n; t++)
     {
      gains[t]=0.0;
      losses[t]=0.0;
      if(t==0)
         continue;
      double change=close[t]-close[t-1];
      if(change>0.0)
         gains[t]=change;
      else
         losses[t]=-change;
     }
  }
`,
  strength: `
void RgStrength(RG_IN(double,gain),RG_IN(double,loss),RG_OUT(double,out))
  {
   int n=ArraySize(gain);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
     {
      double moves=gain[t]+loss[t];
      out[t]=(moves==0.0 ? 50.0 : RgDivide(gain[t],moves)*100.0);
     }
  }
`,
  positionInWindow: `
void RgPositionInWindow(RG_IN(double,close),RG_IN(double,highest),RG_IN(double,lowest),RG_OUT(double,out))
  {
   int n=ArraySize(close);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
     {
      double range=highest[t]-lowest[t];
      out[t]=(range==0.0 ? 50.0 : RgDivide(close[t]-lowest[t],range)*100.0);
     }
  }
`,
  meanOfThree: `
void RgMeanOfThree(RG_IN(double,x),RG_OUT(double,out))
  {
   int n=ArraySize(x);
   RgBlank(out,n);
   for(int t=2; t<n; t++)
      out[t]=(x[t-2]+x[t-1]+x[t])/3.0;
  }
`,
  rateOfChange: `
void RgRateOfChange(RG_IN(double,close),const int period,RG_OUT(double,out))
  {
   int n=ArraySize(close);
   RgBlank(out,n);
   for(int t=period; t<n; t++)
      out[t]=RgDivide(close[t]-close[t-period],close[t-period]);
  }
`,
  bands: `
void RgBands(RG_IN(double,mean),RG_IN(double,deviation),const int width,RG_OUT(double,upper),RG_OUT(double,lower))
  {
   int n=ArraySize(mean);
   RgBlank(upper,n);
   RgBlank(lower,n);
   for(int t=0; t<n; t++)
     {
      double margin=width*deviation[t];
      upper[t]=mean[t]+margin;
      lower[t]=mean[t]-margin;
     }
  }
`,
  signedTotal: `
void RgSignedTotal(RG_IN(double,close),RG_IN(double,volume),RG_OUT(double,out))
  {
   int n=ArraySize(close);
   ArrayResize(out,n);
   double total=0.0;
   for(int t=0; t<n; t++)
     {
      if(t>0 && close[t]>close[t-1])
         total=total+volume[t];
      if(t>0 && close[t]<close[t-1])
         total=total-volume[t];
      out[t]=total;
     }
  }
`,
  typicalPrice: `
void RgTypicalPrice(RG_IN(double,high),RG_IN(double,low),RG_IN(double,close),RG_IN(double,volume),RG_OUT(double,price),RG_OUT(double,turnover))
  {
   int n=ArraySize(close);
   RgBlank(price,n);
   RgBlank(turnover,n);
   for(int t=0; t<n; t++)
     {
      price[t]=(high[t]+low[t]+close[t])/3.0;
      turnover[t]=price[t]*volume[t];
     }
  }
`,
  weightedMean: `
void RgWeightedMean(RG_IN(double,turnover),RG_IN(double,volume),RG_IN(double,price),const int bars,RG_OUT(double,out))
  {
   int n=ArraySize(price);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
      out[t]=(volume[t]==0.0 ? price[t]/(1.0*bars) : RgDivide(turnover[t],volume[t]));
  }
`,
  positionInBar: `
void RgPositionInBar(RG_IN(double,low),RG_IN(double,close),RG_IN(double,range),RG_OUT(double,out))
  {
   int n=ArraySize(close);
   RgBlank(out,n);
   for(int t=0; t<n; t++)
      out[t]=(range[t]==0.0 ? 50.0 : RgDivide(close[t]-low[t],range[t])*100.0);
  }
`,
  logChange: `
void RgLogChange(RG_IN(double,close),const int lag,RG_OUT(double,out))
  {
   int n=ArraySize(close);
   RgBlank(out,n);
   for(int t=lag; t<n; t++)
      out[t]=MathLog(close[t])-MathLog(close[t-lag]);
  }
`,
  blankBefore: '',
};
