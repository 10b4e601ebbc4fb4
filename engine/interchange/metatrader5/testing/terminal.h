// A terminal for tests: what an expert of Regimen calls of MQL5, each name with the types that the language's reference gives it, on a market of stored
// bars and an account that fills at the first price of a bar. Bars of higher timeframes are cut by the clock of the server, as a broker cuts them.
#pragma once
#include <map>
#include "regimen_stand_in.h"

typedef long datetime;
typedef unsigned int uint;
typedef unsigned long ulong;

// Each kind of identifier is a type of its own: one that is asked of the wrong function does not compile.
enum ENUM_TIMEFRAMES { PERIOD_M1=60, PERIOD_M5=300, PERIOD_M15=900, PERIOD_M30=1800, PERIOD_H1=3600, PERIOD_H4=14400, PERIOD_D1=86400, PERIOD_W1=604800 };
enum ENUM_SERIES_INFO_INTEGER { SERIES_SYNCHRONIZED };
enum ENUM_SYMBOL_INFO_DOUBLE { SYMBOL_POINT, SYMBOL_VOLUME_MIN, SYMBOL_VOLUME_STEP, SYMBOL_VOLUME_MAX, SYMBOL_VOLUME_LIMIT, SYMBOL_TRADE_TICK_SIZE };
enum ENUM_SYMBOL_INFO_INTEGER { SYMBOL_TRADE_MODE, SYMBOL_DIGITS, SYMBOL_TRADE_STOPS_LEVEL, SYMBOL_TRADE_FREEZE_LEVEL };
enum ENUM_SYMBOL_INFO_STRING { SYMBOL_CURRENCY_BASE, SYMBOL_CURRENCY_PROFIT };
enum ENUM_SYMBOL_TRADE_MODE { SYMBOL_TRADE_MODE_DISABLED, SYMBOL_TRADE_MODE_LONGONLY, SYMBOL_TRADE_MODE_SHORTONLY, SYMBOL_TRADE_MODE_CLOSEONLY, SYMBOL_TRADE_MODE_FULL };
enum ENUM_MQL_INFO_INTEGER { MQL_TESTER, MQL_OPTIMIZATION, MQL_TRADE_ALLOWED };
enum ENUM_TERMINAL_INFO_INTEGER { TERMINAL_CONNECTED, TERMINAL_TRADE_ALLOWED };
enum ENUM_ACCOUNT_INFO_INTEGER { ACCOUNT_MARGIN_MODE, ACCOUNT_TRADE_ALLOWED, ACCOUNT_TRADE_EXPERT };
enum ENUM_ACCOUNT_INFO_DOUBLE { ACCOUNT_EQUITY, ACCOUNT_MARGIN_FREE };
enum ENUM_ACCOUNT_MARGIN_MODE { ACCOUNT_MARGIN_MODE_RETAIL_NETTING, ACCOUNT_MARGIN_MODE_EXCHANGE, ACCOUNT_MARGIN_MODE_RETAIL_HEDGING };
enum ENUM_POSITION_PROPERTY_INTEGER { POSITION_MAGIC, POSITION_TIME, POSITION_TYPE };
enum ENUM_POSITION_PROPERTY_DOUBLE { POSITION_SL, POSITION_TP };
enum ENUM_POSITION_PROPERTY_STRING { POSITION_SYMBOL };
enum ENUM_POSITION_TYPE { POSITION_TYPE_BUY, POSITION_TYPE_SELL };
enum ENUM_ORDER_TYPE { ORDER_TYPE_BUY, ORDER_TYPE_SELL };
enum ENUM_DAY_OF_WEEK { SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY };
enum ENUM_INIT_RETCODE { INIT_SUCCEEDED, INIT_FAILED, INIT_PARAMETERS_INCORRECT };
const uint TRADE_RETCODE_REQUOTE=10004, TRADE_RETCODE_PLACED=10008, TRADE_RETCODE_DONE=10009, TRADE_RETCODE_DONE_PARTIAL=10010, TRADE_RETCODE_INVALID_VOLUME=10014,
           TRADE_RETCODE_PRICE_CHANGED=10020, TRADE_RETCODE_PRICE_OFF=10021, TRADE_RETCODE_TOO_MANY_REQUESTS=10024, TRADE_RETCODE_CONNECTION=10031;

struct MqlRates { datetime time; double open,high,low,close; long tick_volume; int spread; long real_volume; };
struct MqlTick { datetime time; double bid,ask,last; };
struct MqlDateTime { int year,mon,day,hour,min,sec,day_of_week,day_of_year; };

// Words are printed to stderr, so that what was traded stands alone on stdout.
inline const char *Raw(const string &text) { return text.c_str(); }
template <typename T> T Raw(const T &value) { return value; }
inline string Word(const string &text) { return text; }
inline string Word(const char *text) { return text; }
template <typename T> string Word(const T &value) { return std::to_string(value); }
template <typename... A> void Print(const A &...words) { std::fprintf(stderr,"%s\n",(Word(words)+...).c_str()); }
template <typename... A> string StringFormat(const char *format,const A &...words)
  {
   char text[1000];
   std::snprintf(text,sizeof(text),format,Raw(words)...);
   return text;
  }
template <typename... A> void PrintFormat(const char *format,const A &...words) { std::fprintf(stderr,"%s\n",StringFormat(format,words...).c_str()); }

inline double MathRound(double x) { return std::round(x); }
inline double MathLog10(double x) { return std::log10(x); }
inline long MathMax(long a,long b) { return std::max(a,b); }
inline double NormalizeDouble(double x,int digits) { double scale=std::pow(10.0,digits); return std::round(x*scale)/scale; }
template <typename T> bool ArraySetAsSeries(RgChecked<T> &,bool) { return true; }
inline void Sleep(int) {}

// The market: bars with the time of the server, and the one that has just opened.
struct Market
  {
   std::vector<MqlRates> bars;
   int open=0;
   // Small, so that a spread in whole points is that of the bars to 9 digits.
   double point=0.000000001,spread=0.0;
   datetime now=0;
   datetime (*utc)(datetime)=nullptr;
  };
inline Market market;

// The account, and everything that happens to it.
struct Position { ulong ticket; long magic; int direction; datetime since; double stop,target,lots; };
struct Trade { datetime entry,exit; int direction; };
struct Account
  {
   bool hedging=false;
   int refusals=0; // of so many orders to come
   bool drops_stops=false;
   std::vector<Position> positions;
   std::vector<Trade> trades;
   ulong selected=0;
   ulong next=1;
  };
inline Account account;
inline string _Symbol="EURUSD";

inline int PeriodSeconds(ENUM_TIMEFRAMES period) { return (int)period; }
inline string EnumToString(ENUM_TIMEFRAMES period) { return "PERIOD "+std::to_string((int)period); }
inline ENUM_TIMEFRAMES Period() { return PERIOD_H1; }

// Bars of a timeframe up to the one that is open: of that only its first price is known.
inline const std::vector<MqlRates> &BarsOf(ENUM_TIMEFRAMES period)
  {
   struct Made { int open=-1; std::vector<MqlRates> bars; };
   static std::map<ENUM_TIMEFRAMES,Made> known;
   Made &cache=known[period];
   if(cache.open==market.open)
      return cache.bars;
   cache.open=market.open;
   std::vector<MqlRates> &made=cache.bars;
   made.clear();
   for(int i=0; i<=market.open; i++)
     {
      MqlRates bar=market.bars[i];
      if(i==market.open)
        {
         bar.high=bar.low=bar.close=bar.open;
         bar.tick_volume=1;
        }
      datetime start=bar.time-bar.time%(datetime)period;
      if(made.empty() || made.back().time!=start)
        {
         made.push_back(bar);
         made.back().time=start;
         continue;
        }
      MqlRates &last=made.back();
      last.high=std::max(last.high,bar.high);
      last.low=std::min(last.low,bar.low);
      last.close=bar.close;
      last.tick_volume+=bar.tick_volume;
     }
   return made;
  }

inline long SeriesInfoInteger(const string &,ENUM_TIMEFRAMES,ENUM_SERIES_INFO_INTEGER) { return 1; }
inline int CopyRates(const string &,ENUM_TIMEFRAMES period,int start,int count,RgChecked<MqlRates> &out)
  {
   const std::vector<MqlRates> &bars=BarsOf(period);
   int end=(int)bars.size()-start;
   int from=std::max(0,end-count);
   if(end<=0)
      return -1;
   out.All().assign(bars.begin()+from,bars.begin()+end);
   return end-from;
  }
inline datetime iTime(const string &,ENUM_TIMEFRAMES period,int shift)
  {
   const std::vector<MqlRates> &bars=BarsOf(period);
   return shift<(int)bars.size() ? bars[bars.size()-1-shift].time : 0;
  }
inline int iBarShift(const string &,ENUM_TIMEFRAMES period,datetime time,bool)
  {
   const std::vector<MqlRates> &bars=BarsOf(period);
   for(int i=(int)bars.size()-1; i>=0; i--)
      if(bars[i].time<=time)
         return (int)bars.size()-1-i;
   return -1;
  }
inline int Bars(const string &,ENUM_TIMEFRAMES period,datetime from,datetime to)
  {
   int count=0;
   for(const MqlRates &bar : BarsOf(period))
      count+=(bar.time>=from && bar.time<=to);
   return count;
  }
inline datetime TimeTradeServer() { return market.now; }
inline datetime TimeGMT() { return market.utc(market.now); }
inline void TimeToStruct(datetime time,MqlDateTime &out)
  {
   out=MqlDateTime();
   out.hour=(int)(time/3600%24);
   out.min=(int)(time/60%60);
   out.sec=(int)(time%60);
   out.day_of_week=(int)((time/86400+4)%7);
  }

inline double SymbolInfoDouble(const string &,ENUM_SYMBOL_INFO_DOUBLE what)
  {
   switch(what)
     {
      case SYMBOL_POINT:
      case SYMBOL_TRADE_TICK_SIZE:
         return market.point;
      case SYMBOL_VOLUME_MIN:
      case SYMBOL_VOLUME_STEP:
         return 0.01;
      case SYMBOL_VOLUME_MAX:
         return 100.0;
      default:
         return 0.0;
     }
  }
inline long SymbolInfoInteger(const string &,ENUM_SYMBOL_INFO_INTEGER what)
  {
   return what==SYMBOL_TRADE_MODE ? SYMBOL_TRADE_MODE_FULL : what==SYMBOL_DIGITS ? 9 : 0;
  }
inline string SymbolInfoString(const string &,ENUM_SYMBOL_INFO_STRING what) { return what==SYMBOL_CURRENCY_BASE ? "EUR" : "USD"; }
inline bool SymbolInfoTick(const string &,MqlTick &tick)
  {
   double price=market.bars[market.open].open;
   tick.time=market.now;
   tick.bid=price-market.spread/2.0;
   tick.ask=price+market.spread/2.0;
   return true;
  }
inline bool SymbolInfoSessionTrade(const string &,ENUM_DAY_OF_WEEK,uint index,datetime &from,datetime &to)
  {
   from=0;
   to=86400;
   return index==0;
  }
inline long MQLInfoInteger(ENUM_MQL_INFO_INTEGER what) { return what==MQL_TRADE_ALLOWED ? 1 : 0; }
inline long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER) { return 1; }
inline long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER what)
  {
   return what!=ACCOUNT_MARGIN_MODE ? 1 : account.hedging ? ACCOUNT_MARGIN_MODE_RETAIL_HEDGING : ACCOUNT_MARGIN_MODE_RETAIL_NETTING;
  }
inline double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE) { return 10000.0; }
inline bool OrderCalcProfit(ENUM_ORDER_TYPE type,const string &,double lots,double from,double to,double &profit)
  {
   profit=(type==ORDER_TYPE_BUY ? to-from : from-to)*lots*100000.0;
   return true;
  }
inline bool OrderCalcMargin(ENUM_ORDER_TYPE,const string &,double lots,double price,double &margin)
  {
   margin=lots*100000.0*price/100.0;
   return true;
  }

inline int PositionsTotal() { return (int)account.positions.size(); }
inline Position &Selected()
  {
   for(Position &one : account.positions)
      if(one.ticket==account.selected)
         return one;
   std::fprintf(stderr,"no position is selected\n");
   std::abort();
  }
inline ulong PositionGetTicket(int index) { return account.selected=account.positions[index].ticket; }
inline bool PositionSelectByTicket(ulong ticket)
  {
   account.selected=ticket;
   return std::any_of(account.positions.begin(),account.positions.end(),[&](const Position &one) { return one.ticket==ticket; });
  }
inline string PositionGetString(ENUM_POSITION_PROPERTY_STRING) { Selected(); return _Symbol; }
inline long PositionGetInteger(ENUM_POSITION_PROPERTY_INTEGER what)
  {
   const Position &one=Selected();
   return what==POSITION_MAGIC ? one.magic : what==POSITION_TIME ? one.since : (long)(one.direction>0 ? POSITION_TYPE_BUY : POSITION_TYPE_SELL);
  }
inline double PositionGetDouble(ENUM_POSITION_PROPERTY_DOUBLE what) { return what==POSITION_SL ? Selected().stop : Selected().target; }

// Include/Trade/Trade.mqh.
class CTrade
  {
   ulong magic=0;
   uint code=0;
   double price=0.0;
   bool Refused()
     {
      if(account.refusals==0)
         return false;
      account.refusals--;
      code=TRADE_RETCODE_REQUOTE;
      return true;
     }
   bool Open(int direction,double lots,double at,double stop,double target)
     {
      if(Refused())
         return false;
      if(lots<0.01)
        {
         code=TRADE_RETCODE_INVALID_VOLUME;
         return false;
        }
      bool keeps=!account.drops_stops;
      account.positions.push_back({account.next++,(long)magic,direction,market.now,keeps ? stop : 0.0,keeps ? target : 0.0,lots});
      code=TRADE_RETCODE_DONE;
      price=at;
      return true;
     }
public:
   void SetExpertMagicNumber(const ulong number) { magic=number; }
   void SetDeviationInPoints(const ulong) {}
   void SetMarginMode() {}
   bool SetTypeFillingBySymbol(const string &) { return true; }
   uint ResultRetcode() const { return code; }
   string ResultRetcodeDescription() const { return code==TRADE_RETCODE_DONE ? "done" : "refused"; }
   double ResultPrice() const { return price; }
   bool Buy(const double lots,const string &,double at,const double stop,const double target,const string &) { return Open(1,lots,at,stop,target); }
   bool Sell(const double lots,const string &,double at,const double stop,const double target,const string &) { return Open(-1,lots,at,stop,target); }
   bool PositionClose(const ulong ticket,const ulong)
     {
      if(Refused())
         return false;
      for(size_t i=0; i<account.positions.size(); i++)
         if(account.positions[i].ticket==ticket)
           {
            const Position &one=account.positions[i];
            account.trades.push_back({one.since,market.now,one.direction});
            account.positions.erase(account.positions.begin()+i);
            code=TRADE_RETCODE_DONE;
            return true;
           }
      return false;
     }
   bool PositionModify(const ulong ticket,const double stop,const double target)
     {
      for(Position &one : account.positions)
         if(one.ticket==ticket)
           {
            one.stop=stop;
            one.target=target;
           }
      code=TRADE_RETCODE_DONE;
      return true;
     }
  };
