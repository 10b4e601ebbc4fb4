/**
 * What every other part of the include rests on. Arrays as parameters are macros: in C++ they are references to checked arrays, which a
 * stand-in header brings. Dividing by zero ends a program of MetaTrader, so that what could be zero is divided by `RgDivide` alone.
 */
export const BASE = `
#ifdef __MQL5__
#define RG_IN(T,n) const T &n[]
#define RG_OUT(T,n) T &n[]
#define RG_ARRAY(T,n) T n[]
#else
#include "regimen_stand_in.h"
#endif

//--- Bars, oldest first; times in milliseconds since 1970-01-01 UTC, spread in price units (0: not known)
struct RgBars
  {
   RG_ARRAY(double,time);
   RG_ARRAY(double,open);
   RG_ARRAY(double,high);
   RG_ARRAY(double,low);
   RG_ARRAY(double,close);
   RG_ARRAY(double,volume);
   RG_ARRAY(double,spread);
   //--- when it closes, by which bars of higher timeframes are looked up
   RG_ARRAY(double,known);
  };

//--- Rows at the end that operations over windows compute, 0: all. Smoothers always begin at the beginning
int RgTail=0;

int RgFrom(const int first,const int size)
  {
   if(RgTail>0 && size-RgTail>first)
      return(size-RgTail);
   return(first);
  }

double RgNaN()
  {
   return(MathLog(-1.0));
  }

bool RgIsNumber(const double x)
  {
   return(MathIsValidNumber(x));
  }

double RgDivide(const double a,const double b)
  {
   if(b==0.0)
      return(RgNaN());
   return(a/b);
  }

//--- As many missing values
void RgBlank(RG_OUT(double,out),const int size)
  {
   ArrayResize(out,size);
   double missing=RgNaN();
   for(int i=0; i<size; i++)
      out[i]=missing;
  }

void RgBlankBefore(RG_OUT(double,out),const int bar)
  {
   double missing=RgNaN();
   int end=ArraySize(out);
   if(bar<end)
      end=bar;
   for(int i=0; i<end; i++)
      out[i]=missing;
  }

double RgLarger(const double a,const double b)
  {
   return(a>b ? a : b);
  }

double RgSmaller(const double a,const double b)
  {
   return(a<b ? a : b);
  }

void RgResizeBars(RgBars &bars,const int size)
  {
   ArrayResize(bars.time,size);
   ArrayResize(bars.open,size);
   ArrayResize(bars.high,size);
   ArrayResize(bars.low,size);
   ArrayResize(bars.close,size);
   ArrayResize(bars.volume,size);
   ArrayResize(bars.spread,size);
   ArrayResize(bars.known,size);
  }
`;
