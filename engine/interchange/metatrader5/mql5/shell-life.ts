/** When it begins, and what it does on the first tick of a bar. */
export const LIFE_SHELL = `
int OnInit()
  {
   if(Period()!=RG_PERIOD)
     {
      Print(RG_ID,": put it on a chart of ",EnumToString(RG_PERIOD));
      return(INIT_PARAMETERS_INCORRECT);
     }
   string pair=SymbolInfoString(RgSymbol(),SYMBOL_CURRENCY_BASE)+SymbolInfoString(RgSymbol(),SYMBOL_CURRENCY_PROFIT);
   if(pair!=RG_SYMBOL && RgSymbol()!=RG_SYMBOL)
     {
      Print(RG_ID,": the model was trained on ",RG_SYMBOL,", the symbol is ",RgSymbol());
      return(INIT_PARAMETERS_INCORRECT);
     }
   if(InpRiskPercent<=0.0 || InpRiskPercent>10.0 || InpMaxLots<=0.0 || InpMaxCost<=0.0 || InpSafetyStop<0.0)
     {
      Print(RG_ID,": risk must lie above 0 and at most at 10 percent; lots and cost above 0; the stop not below 0");
      return(INIT_PARAMETERS_INCORRECT);
     }
   g_trade.SetExpertMagicNumber((ulong)InpMagic);
   g_trade.SetDeviationInPoints((ulong)InpDeviation);
   g_trade.SetMarginMode();
   RgParity found;
   RgCheckParity(RgParityRows,MQLInfoInteger(MQL_OPTIMIZATION)!=0 ? 20 : 0,0,RgNumbers,RgNodes,RgLeaves,found);
   g_ready=found.passed;
   PrintFormat("%s: parity %s over %d rows (features %.2g, forecasts %.2g, regimes %d, signals %d)",RG_ID,found.passed ? "PASS" : "FAIL: it does not trade",
               found.rows,found.features,found.forecasts,found.regimes,found.signals);
   string why="";
   if(!RgClockFits(why))
     {
      Print(RG_ID,": ",why,": it does not trade");
      g_ready=false;
     }
   if(MQLInfoInteger(MQL_TESTER)==0)
      g_bar=iTime(RgSymbol(),RG_PERIOD,0);
   return(INIT_SUCCEEDED);
  }

void OnTick()
  {
   datetime opened=iTime(RgSymbol(),RG_PERIOD,0);
   if(opened==0 || opened==g_bar)
      return;
   ulong ticket=0;
   datetime since=0;
   int position=RgPosition(ticket,since);
   //--- what is held leaves after the horizon, whatever is said now, and also where nothing may be opened
   if(position==1 || position==-1)
     {
      int held=iBarShift(RgSymbol(),RG_PERIOD,since,false);
      if(held>=RG_HORIZON && InpTrade)
        {
         RgLeave("its horizon is over");
         position=RgPosition(ticket,since);
        }
     }
   if(!g_ready)
      return;
   int signal=0;
   int regime=0;
   double forecast=0.0;
   double confidence=0.0;
   double range=0.0;
   string why="";
   if(!RgAsk(signal,regime,forecast,confidence,range,why))
     {
      RgTell("no trade: "+why);
      return;
     }
   g_bar=opened;
   if(RG_ALONE>=0 && regime!=RG_ALONE)
     {
      RgTell("nobody is in charge of "+RgRegimeName(regime));
      return;
     }
   PrintFormat("%s: %s, forecast %.3g, confidence %.3f, signal %d",RG_ID,RgRegimeName(regime),forecast,confidence,signal);
   if(signal==0 || !InpTrade)
      return;
   if(position==-signal)
     {
      if(!RgLeave("the signal turned"))
         return;
      position=RgPosition(ticket,since);
     }
   if(position==2)
     {
      RgTell("no trade: the account is netting, and the position is not its own");
      return;
     }
   if(position!=0)
      return;
   if(RgUtc(TimeTradeServer())>=1000.0*(double)InpExpiry)
     {
      RgTell("the model has expired: it opens no more trades");
      return;
     }
   RgEnter(signal,range);
  }
`;
