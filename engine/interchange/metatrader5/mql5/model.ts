/**
 * What members say, walked as the engine does: features as float32 where trees compare them, sums in double. A member is a record in `numbers`; the
 * nodes of trees are two integers each in `nodes`: feature (-1: a leaf), and twice the left child plus 1 where a missing value goes there;
 * `leaves` has their cuts and values.
 */
export const MODEL = `
double RgLogOdds(const double probability)
  {
   double q=probability;
   if(q<0.000001)
      q=0.000001;
   if(q>1.0-0.000001)
      q=1.0-0.000001;
   return(MathLog(RgDivide(q,1.0-q)));
  }

double RgLogistic(const double z)
  {
   return(1.0/(1.0+MathExp(-z)));
  }

double RgLinear(RG_IN(double,numbers),const int at,RG_IN(double,x),const int row,int &next)
  {
   bool classes=(numbers[at]==1.0);
   double sum=numbers[at+1];
   int terms=(int)numbers[at+2];
   next=at+3;
   for(int k=0; k<terms; k++)
     {
      sum=sum+numbers[next+1]*(x[row+(int)numbers[next]]-numbers[next+2]);
      next=next+3;
     }
   return(classes ? RgLogistic(sum) : sum);
  }

double RgTrees(RG_IN(double,numbers),const int at,RG_IN(int,nodes),RG_IN(float,leaves),RG_IN(double,x),const int row,int &next)
  {
   int link=(int)numbers[at];
   double scale=numbers[at+1];
   double sum=numbers[at+2];
   int trees=(int)numbers[at+3];
   next=at+4;
   for(int k=0; k<trees; k++)
     {
      int node=(int)numbers[next];
      next=next+1;
      while(nodes[2*node]>=0)
        {
         double value=x[row+nodes[2*node]];
         int way=nodes[2*node+1];
         int child=way/2;
         bool left=((float)value<leaves[node]);
         if(!RgIsNumber(value) && value!=value)
            left=((way%2)==1);
         node=(left ? child : child+1);
        }
      sum=sum+(double)leaves[node];
     }
   if(link==1)
      return(scale*(2.0/(1.0+MathExp(-sum))-1.0));
   if(link==2)
      return(RgLogistic(sum));
   if(link==3)
      return(sum<0.0 ? 0.0 : (sum>1.0 ? 1.0 : sum));
   return(sum);
  }

double RgSingle(RG_IN(double,numbers),const int at,RG_IN(int,nodes),RG_IN(float,leaves),RG_IN(double,x),const int row,int &next)
  {
   if(numbers[at]==0.0)
      return(RgLinear(numbers,at+1,x,row,next));
   return(RgTrees(numbers,at+1,nodes,leaves,x,row,next));
  }

//--- What a member says, calibrated and scaled
double RgMember(RG_IN(double,numbers),const int start,RG_IN(int,nodes),RG_IN(float,leaves),RG_IN(double,x),const int row)
  {
   int at=start;
   double offset=numbers[at];
   double slope=numbers[at+1];
   int calibration=(int)numbers[at+2];
   int steps=(int)numbers[at+3];
   int curve=at+4;
   at=curve+2*steps;
   int next=at;
   double said=0.0;
   if(numbers[at]==2.0)
     {
      bool classes=(numbers[at+1]==1.0);
      double center=numbers[at+2];
      int parts=(int)numbers[at+3];
      said=center;
      at=at+4;
      for(int p=0; p<parts; p++)
        {
         double weight=numbers[at];
         double own=RgSingle(numbers,at+1,nodes,leaves,x,row,next);
         if(classes)
            own=RgLogOdds(own);
         said=said+weight*(own-center);
         at=next;
        }
      if(classes)
         said=RgLogistic(said);
     }
   else
      said=RgSingle(numbers,at,nodes,leaves,x,row,next);
   if(calibration==1)
      said=RgLogistic(numbers[curve]*RgLogOdds(said)+numbers[curve+1]);
   if(calibration==2)
      said=RgSteps(numbers,curve,steps,RgLogOdds(said));
   return(offset+slope*said);
  }
`;

/** Stands before `MODEL`: straight lines between scores and probabilities. */
export const CALIBRATION = `
double RgSteps(RG_IN(double,numbers),const int at,const int steps,const double score)
  {
   int values=at+steps;
   if(!(score>numbers[at]))
      return(numbers[values]);
   if(score>=numbers[at+steps-1])
      return(numbers[values+steps-1]);
   int low=0;
   int high=steps-1;
   while(high-low>1)
     {
      int middle=(low+high)/2;
      if(numbers[at+middle]<=score)
         low=middle;
      else
         high=middle;
     }
   double part=RgDivide(score-numbers[at+low],numbers[at+high]-numbers[at+low]);
   return(numbers[values+low]+part*(numbers[values+high]-numbers[values+low]));
  }
`;
