import { SETTINGS } from '../numbers.ts';

/** Orders: only on a new bar, only where it is flat or the position is its own, never more than three tries. */
export const TRADE_SHELL = `
//--- The expert's own position: 1 long, -1 short, 0 none; 2 where somebody else's is in the way
int RgPosition(ulong &ticket,datetime &since)
  {
   bool hedging=(AccountInfoInteger(ACCOUNT_MARGIN_MODE)==ACCOUNT_MARGIN_MODE_RETAIL_HEDGING);
   ticket=0;
   int found=0;
   for(int i=PositionsTotal()-1; i>=0; i--)
     {
      ulong one=PositionGetTicket(i);
      if(one==0 || PositionGetString(POSITION_SYMBOL)!=RgSymbol())
         continue;
      if(PositionGetInteger(POSITION_MAGIC)!=InpMagic)
        {
         if(!hedging)
            return(2);
         continue;
        }
      ticket=one;
      since=(datetime)PositionGetInteger(POSITION_TIME);
      found=(PositionGetInteger(POSITION_TYPE)==POSITION_TYPE_BUY ? 1 : -1);
     }
   return(found);
  }

bool RgMarketOpen()
  {
   MqlDateTime now;
   TimeToStruct(TimeTradeServer(),now);
   long second=now.hour*3600+now.min*60+now.sec;
   datetime from=0;
   datetime to=0;
   for(uint k=0; k<10; k++)
     {
      if(!SymbolInfoSessionTrade(RgSymbol(),(ENUM_DAY_OF_WEEK)now.day_of_week,k,from,to))
         return(false);
      if(second>=(long)from && second<(long)to)
         return(true);
     }
   return(false);
  }

//--- Whether the terminal, the account and the symbol let it trade now
bool RgMayTrade(const int direction,string &why)
  {
   if(!TerminalInfoInteger(TERMINAL_CONNECTED))
      why="the terminal is not connected";
   else if(!TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) || !MQLInfoInteger(MQL_TRADE_ALLOWED))
      why="algorithmic trading is switched off";
   else if(!AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) || !AccountInfoInteger(ACCOUNT_TRADE_EXPERT))
      why="the account does not let experts trade";
   else
     {
      long mode=SymbolInfoInteger(RgSymbol(),SYMBOL_TRADE_MODE);
      if(mode==SYMBOL_TRADE_MODE_DISABLED || mode==SYMBOL_TRADE_MODE_CLOSEONLY
         || (mode==SYMBOL_TRADE_MODE_LONGONLY && direction<0) || (mode==SYMBOL_TRADE_MODE_SHORTONLY && direction>0))
         why="the symbol does not let it open such a position";
      else if(!RgMarketOpen())
         why="the market is closed";
      else
         return(true);
     }
   return(false);
  }

//--- Lots that lose the risk over a distance; 0 where that is below the least volume
double RgLots(const int direction,const double price,const double distance,string &why)
  {
   double loss=0.0;
   ENUM_ORDER_TYPE type=(direction>0 ? ORDER_TYPE_BUY : ORDER_TYPE_SELL);
   if(!OrderCalcProfit(type,RgSymbol(),1.0,price,price-direction*distance,loss) || loss>=0.0)
     {
      why="the loss of a lot could not be computed";
      return(0.0);
     }
   double lots=AccountInfoDouble(ACCOUNT_EQUITY)*InpRiskPercent/100.0/(-loss);
   double least=SymbolInfoDouble(RgSymbol(),SYMBOL_VOLUME_MIN);
   double step=SymbolInfoDouble(RgSymbol(),SYMBOL_VOLUME_STEP);
   double most=RgSmaller(InpMaxLots,SymbolInfoDouble(RgSymbol(),SYMBOL_VOLUME_MAX));
   double limit=SymbolInfoDouble(RgSymbol(),SYMBOL_VOLUME_LIMIT);
   if(limit>0.0)
      most=RgSmaller(most,limit);
   lots=RgSmaller(lots,most);
   if(lots<least || step<=0.0)
     {
      why=StringFormat("the risk allows %.4f lots, the least volume is %.4f",lots,least);
      return(0.0);
     }
   lots=least+MathFloor((lots-least)/step+0.0000001)*step;
   int digits=(int)MathRound(-MathLog10(step));
   lots=NormalizeDouble(lots,digits<0 ? 0 : (digits>8 ? 8 : digits));
   double margin=0.0;
   if(!OrderCalcMargin(type,RgSymbol(),lots,price,margin) || margin>AccountInfoDouble(ACCOUNT_MARGIN_FREE))
     {
      why=StringFormat("%.4f lots need more margin than is free",lots);
      return(0.0);
     }
   return(lots);
  }

double RgTickPrice(const double price)
  {
   double tick=SymbolInfoDouble(RgSymbol(),SYMBOL_TRADE_TICK_SIZE);
   int digits=(int)SymbolInfoInteger(RgSymbol(),SYMBOL_DIGITS);
   if(tick<=0.0)
      return(NormalizeDouble(price,digits));
   return(NormalizeDouble(MathRound(price/tick)*tick,digits));
  }

bool RgRetry(const uint code)
  {
   return(code==TRADE_RETCODE_REQUOTE || code==TRADE_RETCODE_PRICE_CHANGED || code==TRADE_RETCODE_PRICE_OFF
          || code==TRADE_RETCODE_CONNECTION || code==TRADE_RETCODE_TOO_MANY_REQUESTS);
  }

bool RgDone(const uint code)
  {
   return(code==TRADE_RETCODE_DONE || code==TRADE_RETCODE_DONE_PARTIAL || code==TRADE_RETCODE_PLACED);
  }

bool RgLeave(const string reason)
  {
   for(int attempt=0; attempt<3; attempt++)
     {
      ulong ticket=0;
      datetime since=0;
      int position=RgPosition(ticket,since);
      if(position!=1 && position!=-1)
         return(true);
      bool sent=g_trade.PositionClose(ticket,(ulong)InpDeviation);
      uint code=g_trade.ResultRetcode();
      if(sent && RgDone(code))
        {
         PrintFormat("%s: left (%s)",RG_ID,reason);
         return(true);
        }
      PrintFormat("%s: could not leave: %u %s",RG_ID,code,g_trade.ResultRetcodeDescription());
      if(!RgRetry(code))
         return(false);
      Sleep(250);
     }
   return(false);
  }

void RgEnter(const int direction,const double range)
  {
   string why="";
   if(!RgMayTrade(direction,why))
     {
      RgTell("no trade: "+why);
      return;
     }
   for(int attempt=0; attempt<3; attempt++)
     {
      ulong ticket=0;
      datetime since=0;
      if(RgPosition(ticket,since)!=0)
         return;
      MqlTick tick;
      if(!SymbolInfoTick(RgSymbol(),tick) || tick.ask<=0.0 || tick.bid<=0.0)
        {
         RgTell("no trade: there is no price");
         return;
        }
      double price=(direction>0 ? tick.ask : tick.bid);
      double cost=RgDivide(tick.ask-tick.bid+2.0*RgSlippage(RgNumbers,price),price)+2.0*RgNumbers[${SETTINGS.commission}];
      if(10000.0*cost>InpMaxCost)
        {
         RgTell(StringFormat("no trade: a round trip costs %.2f hundredths of a percent, the limit is %.2f",10000.0*cost,InpMaxCost));
         return;
        }
      double stops=(RG_STOP_LOSS>0.0 ? RG_STOP_LOSS : InpSafetyStop)*range;
      double distance=(stops>0.0 ? stops : range);
      double lots=RgLots(direction,price,distance+tick.ask-tick.bid,why);
      if(lots<=0.0)
        {
         RgTell("no trade: "+why);
         return;
        }
      double stop=(stops>0.0 ? RgTickPrice(price-direction*stops) : 0.0);
      double target=(RG_TAKE_PROFIT>0.0 ? RgTickPrice(price+direction*RG_TAKE_PROFIT*range) : 0.0);
      double point=SymbolInfoDouble(RgSymbol(),SYMBOL_POINT);
      double least=point*(double)MathMax(SymbolInfoInteger(RgSymbol(),SYMBOL_TRADE_STOPS_LEVEL),SymbolInfoInteger(RgSymbol(),SYMBOL_TRADE_FREEZE_LEVEL));
      least=RgLarger(least,2.0*(tick.ask-tick.bid));
      double reference=(direction>0 ? tick.bid : tick.ask);
      if((stop>0.0 && direction*(reference-stop)<least) || (target>0.0 && direction*(target-reference)<least))
        {
         RgTell("no trade: stop or take-profit is nearer than the broker allows");
         return;
        }
      g_trade.SetTypeFillingBySymbol(RgSymbol());
      bool sent=(direction>0 ? g_trade.Buy(lots,RgSymbol(),tick.ask,stop,target,RG_ID) : g_trade.Sell(lots,RgSymbol(),tick.bid,stop,target,RG_ID));
      uint code=g_trade.ResultRetcode();
      if(sent && RgDone(code))
        {
         PrintFormat("%s: %s %.4f lots at %.5f",RG_ID,direction>0 ? "bought" : "sold",lots,g_trade.ResultPrice());
         RgEnsureStops(stop,target);
         return;
        }
      PrintFormat("%s: the order was refused: %u %s",RG_ID,code,g_trade.ResultRetcodeDescription());
      if(!RgRetry(code))
         return;
      Sleep(250);
     }
  }

//--- Some brokers drop stops at opening: set them once more, and leave where that fails
void RgEnsureStops(const double stop,const double target)
  {
   ulong ticket=0;
   datetime since=0;
   int position=RgPosition(ticket,since);
   if((position!=1 && position!=-1) || (stop<=0.0 && target<=0.0) || !PositionSelectByTicket(ticket))
      return;
   bool missing=((stop>0.0 && PositionGetDouble(POSITION_SL)==0.0) || (target>0.0 && PositionGetDouble(POSITION_TP)==0.0));
   if(!missing)
      return;
   if(!g_trade.PositionModify(ticket,stop,target) || !RgDone(g_trade.ResultRetcode()))
      RgLeave("its stop could not be set");
  }
`;
