import { SETTINGS } from '../numbers.ts';

const at = (name: keyof typeof SETTINGS) => `numbers[${SETTINGS[name]}]`;

/** Members combined, how far a forecast is trusted, and what is done: the twins of combine.ts, confidence.ts and signal.ts. */
export const COMBINE = `
//--- Ridge regression by Cholesky; a is overwritten, b becomes the solution
bool RgSolve(RG_OUT(double,a),RG_OUT(double,b),const int size,const double penalty)
  {
   for(int i=0; i<size; i++)
      for(int j=0; j<=i; j++)
        {
         double sum=a[i*size+j];
         if(i==j)
            sum=sum+penalty;
         for(int k=0; k<j; k++)
            sum=sum-a[i*size+k]*a[j*size+k];
         if(i==j)
           {
            if(!(sum>0.0) || !RgIsNumber(sum))
               return(false);
            a[i*size+i]=MathSqrt(sum);
           }
         else
            a[i*size+j]=RgDivide(sum,a[j*size+j]);
        }
   for(int i=0; i<size; i++)
     {
      for(int k=0; k<i; k++)
         b[i]=b[i]-a[i*size+k]*b[k];
      b[i]=RgDivide(b[i],a[i*size+i]);
     }
   for(int i=size-1; i>=0; i--)
     {
      for(int k=i+1; k<size; k++)
         b[i]=b[i]-a[k*size+i]*b[k];
      b[i]=RgDivide(b[i],a[i*size+i]);
     }
   return(true);
  }

//--- Sum of the last so many of the products of two rows of values, up to one lane, added up in blocks as Regimen does: equal forecasts stay equal
double RgWindow(RG_IN(double,a),const int atA,RG_IN(double,b),const int atB,const int latest,const int phase,const int size)
  {
   int inBlock=(latest+phase)%size;
   int block=latest-inBlock;
   double head=0.0;
   bool begun=false;
   for(int i=(block<0 ? 0 : block); i<=latest; i++)
     {
      double term=a[atA+i]*b[atB+i];
      head=(begun ? head+term : term);
      begun=true;
     }
   int oldest=latest-size+1;
   if(oldest<0)
      oldest=0;
   double tail=0.0;
   for(int i=block-1; i>=oldest; i--)
      tail=tail+a[atA+i]*b[atB+i];
   return(head+tail);
  }

//--- Slopes over the last so many lanes that end at one; false where the members never move. ones: as many ones
bool RgSlopes(RG_IN(double,said),RG_IN(double,came),RG_IN(double,ones),const int lanes,const int members,const int latest,const int phase,const int lookback,const int count,RG_OUT(double,slopes))
  {
   RG_ARRAY(double,gram);
   RG_ARRAY(double,sums);
   ArrayResize(gram,members*members);
   ArrayResize(sums,members);
   ArrayResize(slopes,members);
   double total=1.0*count;
   double outcome=RgWindow(came,0,ones,0,latest,phase,lookback)/total;
   double trace=0.0;
   double plain=0.0;
   for(int k=0; k<members; k++)
     {
      sums[k]=RgWindow(said,k*lanes,ones,0,latest,phase,lookback);
      double mean=sums[k]/total;
      slopes[k]=RgWindow(said,k*lanes,came,0,latest,phase,lookback)-sums[k]*outcome;
      double squares=0.0;
      for(int j=0; j<=k; j++)
        {
         squares=RgWindow(said,k*lanes,said,j*lanes,latest,phase,lookback);
         gram[k*members+j]=squares-mean*sums[j];
        }
      trace=trace+gram[k*members+k];
      plain=plain+squares;
     }
   if(!(trace>0.000000000001*plain))
      return(false);
   if(!RgSolve(gram,slopes,members,trace/(1.0*members)))
      return(false);
   for(int k=0; k<members; k++)
      if(!RgIsNumber(slopes[k]))
         return(false);
   return(true);
  }

//--- One forecast of those of the members, per lane; phase: lanes of the span before the first one here
void RgCombine(RG_IN(double,said),RG_IN(double,came),const int lanes,const int phase,RG_IN(double,numbers),RG_OUT(double,out))
  {
   int members=(int)${at('members')};
   int ensemble=(int)${at('ensemble')};
   int horizon=(int)${at('horizon')};
   int lookback=(int)${at('lookback')};
   RG_ARRAY(double,weights);
   RG_ARRAY(double,slopes);
   RG_ARRAY(double,ones);
   RG_ARRAY(double,errors);
   ArrayResize(weights,members);
   ArrayResize(slopes,members);
   ArrayResize(ones,lanes);
   ArrayResize(errors,members*lanes);
   for(int i=0; i<lanes; i++)
     {
      ones[i]=1.0;
      for(int k=0; k<members; k++)
         errors[k*lanes+i]=said[k*lanes+i]-came[i];
     }
   RgBlank(out,lanes);
   bool fitted=false;
   for(int i=0; i<lanes; i++)
     {
      for(int k=0; k<members; k++)
         weights[k]=1.0/(1.0*members);
      int known=i-horizon;
      if(ensemble==1)
        {
         if(lookback<20 || i+phase<horizon+20 || known<1)
            continue;
         double average=0.0;
         for(int k=0; k<members; k++)
           {
            slopes[k]=RgWindow(errors,k*lanes,errors,k*lanes,known-1,phase,lookback);
            average=average+slopes[k]/(1.0*members);
           }
         double total=0.0;
         bool told=true;
         for(int k=0; k<members; k++)
           {
            slopes[k]=RgLarger(slopes[k],0.000000000001*average);
            if(slopes[k]==0.0 || !RgIsNumber(slopes[k]))
               told=false;
            else
               total=total+1.0/slopes[k];
           }
         if(told && total>0.0 && RgIsNumber(total))
            for(int k=0; k<members; k++)
               weights[k]=RgDivide(RgDivide(1.0,slopes[k]),total);
        }
      if(ensemble==2)
        {
         int whole=known+phase;
         if((i+phase)%10==0 && 2*whole>=lookback)
            fitted=(known>0 && RgSlopes(said,came,ones,lanes,members,known-1,phase,lookback,whole<lookback ? whole : lookback,slopes));
         if(fitted)
            for(int k=0; k<members; k++)
               weights[k]=slopes[k];
        }
      double sum=0.0;
      for(int k=0; k<members; k++)
         sum=sum+weights[k]*said[k*lanes+i];
      out[i]=sum;
     }
  }

//--- What a long and a short model say together
double RgJoin(const double up,const double down)
  {
   if(up>down)
      return(up>0.0 ? up : 0.0);
   if(down>up)
      return(down>0.0 ? -down : 0.0);
   return(up==down ? 0.0 : RgNaN());
  }

int RgSign(const double x)
  {
   if(x>0.0)
      return(1);
   return(x<0.0 ? -1 : 0);
  }

//--- Rank of the newest of values among the last so many, strictly between 0 and 1
double RgRank(RG_IN(double,values),const int start,const int lane,const int lookback)
  {
   int oldest=lane-lookback+1;
   if(oldest<start)
      oldest=start;
   double smaller=0.0;
   double equal=0.0;
   for(int i=oldest; i<=lane; i++)
     {
      if(values[i]<values[lane])
         smaller=smaller+1.0;
      if(values[i]==values[lane])
         equal=equal+1.0;
     }
   return((smaller+equal/2.0)/(1.0*(lane-oldest+1)));
  }

//--- 0.4 magnitude + 0.4 consistency + 0.2 calm, per lane
void RgConfidence(const RgBars &base,const int first,RG_IN(double,p),RG_IN(double,votes),const int members,const int lanes,const int lookback,RG_OUT(double,out))
  {
   RG_ARRAY(double,size);
   RG_ARRAY(double,volatility);
   RgBlank(out,lanes);
   RgBlank(size,lanes);
   RgBlank(volatility,lanes);
   int start=0;
   while(start<lanes && !RgIsNumber(p[start]))
      start=start+1;
   for(int i=0; i<lanes; i++)
     {
      int oldest=first+i-20+1;
      double mean=0.0;
      for(int k=0; k<20; k++)
         mean=mean+MathLog(RgDivide(base.close[oldest+k],base.close[oldest+k-1]))/20.0;
      double squares=0.0;
      for(int k=0; k<20; k++)
        {
         double d=MathLog(RgDivide(base.close[oldest+k],base.close[oldest+k-1]))-mean;
         squares=squares+d*d;
        }
      volatility[i]=MathSqrt(squares/20.0);
      if(i>=start)
         size[i]=MathAbs(p[i]);
     }
   if(lookback<20)
      return;
   for(int i=start+19; i<lanes; i++)
     {
      int sign=RgSign(p[i]);
      int recent=0;
      for(int k=i-9; k<=i; k++)
         if(k>=start && RgSign(p[k])==sign)
            recent=recent+1;
      int agreeing=0;
      for(int k=0; k<members; k++)
         if(RgSign(votes[k*lanes+i])==sign)
            agreeing=agreeing+1;
      double consistency=(recent/10.0+agreeing/(1.0*members))/2.0;
      double calm=1.0-RgRank(volatility,0,i,lookback);
      out[i]=0.4*RgRank(size,start,i,lookback)+0.4*consistency+0.2*calm;
     }
  }
`;

export const EVALUATE = `
struct RgResult
  {
   //--- per bar, RG_FEATURES columns
   RG_ARRAY(double,x);
   //--- per lane
   RG_ARRAY(double,forecast);
   RG_ARRAY(double,confidence);
   RG_ARRAY(double,cost);
   RG_ARRAY(int,regime);
   RG_ARRAY(int,signal);
  };

//--- What each member of a side says of the lanes: member k of lane i at k * lanes + i
void RgSay(const RgBars &base,RG_IN(RgBars,higher),const int first,RG_IN(double,x),RG_IN(double,unit),const int side,RG_IN(double,numbers),RG_IN(int,nodes),RG_IN(float,leaves),RG_OUT(double,said))
  {
   int members=(int)${at('members')};
   int horizon=(int)${at('horizon')};
   int method=(int)${at('method')};
   int lanes=ArraySize(base.close)-first;
   bool scaled=(${at('sides')}==2.0);
   RG_ARRAY(double,direct);
   ArrayResize(direct,members*lanes);
   ArrayResize(said,members*lanes);
   for(int k=0; k<members; k++)
     {
      int start=(int)numbers[${SETTINGS.starts}+side*members+k];
      for(int i=0; i<lanes; i++)
        {
         double value=RgMember(numbers,start,nodes,leaves,x,(first+i)*RG_FEATURES);
         direct[k*lanes+i]=(scaled ? value*unit[first+i] : value);
        }
      for(int i=0; i<lanes; i++)
        {
         said[k*lanes+i]=direct[k*lanes+i];
         if(method==1)
           {
            int from=(i-horizon+1<0 ? 0 : i-horizon+1);
            double sum=0.0;
            for(int j=from; j<=i; j++)
               sum=sum+direct[k*lanes+j];
            said[k*lanes+i]=sum/(1.0*(i-from+1));
           }
         if(method==2)
           {
            double value=0.0;
            if(!RgRecall(side*members+k,base.time[first+i],value))
               value=RgRecursive(base,higher,first+i,direct[k*lanes+i],start,numbers,nodes,leaves);
            RgRemember(side*members+k,base.time[first+i],value);
            said[k*lanes+i]=value;
           }
        }
     }
  }

//--- What trades of a side, or returns, came to: log return per lane, missing where it is not known yet
void RgOutcomes(const RgBars &base,const int first,RG_IN(double,range),const int side,RG_IN(double,numbers),RG_OUT(double,came))
  {
   int n=ArraySize(base.close);
   int horizon=(int)${at('horizon')};
   RgBlank(came,n-first);
   if(${at('ensemble')}==0.0)
      return;
   for(int t=first; t+1+horizon<n; t++)
     {
      if(${at('sides')}==2.0)
         came[t-first]=RgTrade(base,numbers,t,range[t],side==0 ? 1 : -1);
      else
         came[t-first]=MathLog(RgDivide(base.open[t+1+horizon],base.open[t+1]));
     }
  }

//--- Everything, of the bars from first on. phase: bars of the span before that one
void RgEvaluate(const RgBars &base,RG_IN(RgBars,higher),const int first,const int phase,RG_IN(double,numbers),RG_IN(int,nodes),RG_IN(float,leaves),RgResult &out)
  {
   int n=ArraySize(base.close);
   int lanes=n-first;
   int members=(int)${at('members')};
   RgFeatures(base,higher,out.x);
   RG_ARRAY(double,moves);
   RG_ARRAY(double,range);
   RG_ARRAY(double,unit);
   RgTrueRange(base.high,base.low,base.close,moves);
   RgWilderAverage(moves,14,0,range);
   RgBlank(unit,n);
   for(int t=0; t<n; t++)
      unit[t]=RgDivide(range[t],base.close[t]);
   RG_ARRAY(double,votes);
   RG_ARRAY(double,came);
   RgSay(base,higher,first,out.x,unit,0,numbers,nodes,leaves,votes);
   RgOutcomes(base,first,range,0,numbers,came);
   RgCombine(votes,came,lanes,phase,numbers,out.forecast);
   if(${at('sides')}==2.0)
     {
      RG_ARRAY(double,other);
      RG_ARRAY(double,short_forecast);
      RgSay(base,higher,first,out.x,unit,1,numbers,nodes,leaves,other);
      RgOutcomes(base,first,range,1,numbers,came);
      RgCombine(other,came,lanes,phase,numbers,short_forecast);
      for(int i=0; i<lanes; i++)
         out.forecast[i]=RgJoin(out.forecast[i],short_forecast[i]);
      for(int i=0; i<members*lanes; i++)
         votes[i]=RgJoin(votes[i],other[i]);
     }
   RgKeepNew();
   RgConfidence(base,first,out.forecast,votes,members,lanes,(int)${at('lookback')},out.confidence);
   RgLabel(base,first,out.regime);
   ArrayResize(out.signal,lanes);
   ArrayResize(out.cost,lanes);
   for(int i=0; i<lanes; i++)
     {
      out.cost[i]=RgRoundTrip(base,numbers,first+i);
      out.signal[i]=0;
      if(out.confidence[i]>=${at('threshold')})
        {
         if(out.forecast[i]>out.cost[i])
            out.signal[i]=1;
         if(out.forecast[i]<-out.cost[i])
            out.signal[i]=-1;
        }
     }
  }
`;
