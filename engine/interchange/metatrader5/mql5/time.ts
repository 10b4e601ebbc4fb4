/** Clocks: New York's, and that of a trading server, which bars are stamped by as if it were UTC. */
export const TIME = `
#define RG_HOUR 3600000.0
#define RG_DAY 86400000.0

//--- Days since 1970-01-01 of a date
double RgDayNumber(const int year,const int month,const int day)
  {
   int y=(month<=2 ? year-1 : year);
   int era=y/400;
   int yoe=y-era*400;
   int shifted=(month>2 ? month-3 : month+9);
   int doy=(153*shifted+2)/5+day-1;
   int doe=yoe*365+yoe/4-yoe/100+doy;
   return(1.0*era*146097.0+doe-719468.0);
  }

int RgYear(const double ms)
  {
   int year=1970+(int)MathFloor(ms/RG_DAY/365.2425);
   while(RgDayNumber(year+1,1,1)*RG_DAY<=ms)
      year=year+1;
   while(RgDayNumber(year,1,1)*RG_DAY>ms)
      year=year-1;
   return(year);
  }

//--- The n-th Sunday of a month, and the last one for n 0, as a number of days
double RgSunday(const int year,const int month,const int n)
  {
   double day=(n==0 ? RgDayNumber(year,month,31) : RgDayNumber(year,month,1));
   double weekday=MathMod(day+4.0,7.0);
   if(n==0)
      return(day-weekday);
   return(day+MathMod(7.0-weekday,7.0)+7.0*(n-1));
  }

//--- Milliseconds that New York is ahead of UTC (below 0), by the rule that has held since 2007
double RgNewYork(const double utc)
  {
   int year=RgYear(utc);
   double from=RgSunday(year,3,2)*RG_DAY+7.0*RG_HOUR;
   double to=RgSunday(year,11,1)*RG_DAY+6.0*RG_HOUR;
   return(utc>=from && utc<to ? -4.0*RG_HOUR : -5.0*RG_HOUR);
  }

bool RgEuropeanSummer(const double utc)
  {
   int year=RgYear(utc);
   double from=RgSunday(year,3,0)*RG_DAY+RG_HOUR;
   double to=RgSunday(year,10,0)*RG_DAY+RG_HOUR;
   return(utc>=from && utc<to);
  }

//--- Milliseconds that a server is ahead of UTC. Rule 0: New York + 7 hours; 1: two hours, three in Europe's summer; 2: always the same
double RgServerOffset(const double utc,const int rule,const double hours)
  {
   if(rule==0)
      return(RgNewYork(utc)+7.0*RG_HOUR);
   if(rule==1)
      return(RgEuropeanSummer(utc) ? 3.0*RG_HOUR : 2.0*RG_HOUR);
   return(hours*RG_HOUR);
  }

//--- UTC of a server's time, both in milliseconds; in the hour that a clock has twice, the earlier one
double RgServerToUtc(const double server,const int rule,const double hours)
  {
   double guess=server-RgServerOffset(server,rule,hours);
   double earlier=server-RgServerOffset(guess-2.0*RG_HOUR,rule,hours);
   if(earlier+RgServerOffset(earlier,rule,hours)==server)
      return(earlier);
   return(server-RgServerOffset(guess+2.0*RG_HOUR,rule,hours));
  }

//--- The trading day of an instant: the date, in days since 1970-01-01, on which it ends at 17:00 in New York
double RgTradingDay(const double utc)
  {
   return(MathFloor((utc+RgNewYork(utc)+7.0*RG_HOUR)/RG_DAY));
  }

//--- Hours since the day began: at 17:00 in New York, or at 00:00 UTC
int RgHourOfDay(const double utc,const bool fromUtc)
  {
   double clock=(fromUtc ? utc : utc+RgNewYork(utc)+7.0*RG_HOUR);
   double day=MathFloor(clock/RG_DAY)*RG_DAY;
   double start=day;
   if(!fromUtc)
     {
      start=day-7.0*RG_HOUR-RgNewYork(day);
      start=day-7.0*RG_HOUR-RgNewYork(start);
     }
   int hour=(int)MathFloor((utc-start)/RG_HOUR);
   return(hour>23 ? 23 : (hour<0 ? 0 : hour));
  }

//--- Nights of swap from one instant to another: Wednesday's counts three times
double RgNightsUpTo(const double day)
  {
   double week=MathFloor((day+3.0)/7.0);
   int weekday=(int)(day+3.0-week*7.0);
   double nights=1.0*weekday;
   if(weekday>=3)
      nights=nights+2.0;
   if(nights>7.0)
      nights=7.0;
   return(week*7.0+nights);
  }

double RgNights(const double from,const double to,const bool continuous)
  {
   if(continuous)
      return(MathFloor(to/RG_DAY)-MathFloor(from/RG_DAY));
   return(RgNightsUpTo(RgTradingDay(to))-RgNightsUpTo(RgTradingDay(from)));
  }
`;
