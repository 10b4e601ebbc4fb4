/**
 * regimen_stand_in.h: what RegimenCore.mqh needs of MQL5, for a C++17 compiler. As in a terminal a bad index ends the program; so does a division by
 * zero, where the program asks for it (`rg_trap`). Arrays are handed over by reference alone, as MQL5 does it.
 */
export const STAND_IN = String.raw`
#pragma once
#include <algorithm>
#include <cfenv>
#include <cfloat>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

template <typename T> class RgChecked
  {
   std::vector<T> values;
   static void Stop(long index,size_t size)
     {
      std::fprintf(stderr,"array out of range: index %ld of %zu\n",index,size);
      std::abort();
     }
public:
   RgChecked() {}
   RgChecked(const RgChecked &)=delete;
   RgChecked &operator=(const RgChecked &)=delete;
   RgChecked(RgChecked &&)=default;
   T &operator[](int i)
     {
      if(i<0 || (size_t)i>=values.size())
         Stop(i,values.size());
      return values[i];
     }
   const T &operator[](int i) const
     {
      if(i<0 || (size_t)i>=values.size())
         Stop(i,values.size());
      return values[i];
     }
   std::vector<T> &All() { return values; }
   const std::vector<T> &All() const { return values; }
  };

#define RG_IN(T,n) const RgChecked<T> &n
#define RG_OUT(T,n) RgChecked<T> &n
#define RG_ARRAY(T,n) RgChecked<T> n

typedef std::string string;

template <typename T> int ArraySize(const RgChecked<T> &a) { return (int)a.All().size(); }
template <typename T> int ArrayResize(RgChecked<T> &a,int size) { a.All().resize(size); return size; }
template <typename T> bool ArraySort(RgChecked<T> &a) { std::sort(a.All().begin(),a.All().end()); return true; }
inline bool MathIsValidNumber(double x) { return std::isfinite(x); }
inline double MathAbs(double x) { return std::fabs(x); }
inline double MathSqrt(double x) { return std::sqrt(x); }
inline double MathLog(double x) { return std::log(x); }
inline double MathExp(double x) { return std::exp(x); }
inline double MathPow(double x,double y) { return std::pow(x,y); }
inline double MathSin(double x) { return std::sin(x); }
inline double MathCos(double x) { return std::cos(x); }
inline double MathFloor(double x) { return std::floor(x); }
inline double MathMod(double x,double y) { return std::fmod(x,y); }
inline void rg_trap() { feenableexcept(FE_DIVBYZERO); }
`;

/** parity.cpp: the embedded check as a program: folder of the three files of the model, and the file of rows. */
export const PARITY_PROGRAM = String.raw`
#include "RegimenCore.mqh"

template <typename T> static void Read(const std::string &name,RgChecked<T> &out)
  {
   FILE *file=std::fopen(name.c_str(),"rb");
   if(file==nullptr)
     {
      std::fprintf(stderr,"%s can't be opened\n",name.c_str());
      std::exit(2);
     }
   T value;
   while(std::fread(&value,sizeof(T),1,file)==1)
      out.All().push_back(value);
   std::fclose(file);
  }

int main(int count,char **words)
  {
   if(count<2)
     {
      std::fprintf(stderr,"usage: parity FOLDER [ROWS [LANES LEFT OUT]]\n");
      return 2;
     }
   std::string folder=words[1];
   RgChecked<double> rows,numbers;
   RgChecked<int> nodes;
   RgChecked<float> leaves;
   Read(folder+"/parity.bin",rows);
   Read(folder+"/numbers.bin",numbers);
   Read(folder+"/nodes.bin",nodes);
   Read(folder+"/leaves.bin",leaves);
   rg_trap();
   RgParity found;
   RgCheckParity(rows,count>2 ? std::atoi(words[2]) : 0,count>3 ? std::atoi(words[3]) : 0,numbers,nodes,leaves,found);
   std::printf("{\"rows\":%d,\"features\":%.3g,\"worst\":%d,\"forecasts\":%.3g,\"confidences\":%.3g,\"costs\":%.3g,\"regimes\":%d,\"signals\":%d,\"passed\":%s}\n",
      found.rows,found.features,found.worst_feature,found.forecasts,found.confidences,found.costs,found.regimes,found.signals,found.passed ? "true" : "false");
   return found.passed ? 0 : 1;
  }
`;
