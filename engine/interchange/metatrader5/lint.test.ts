import { describe, expect, test } from 'vitest';
import { lintMql5, missingFiles } from './lint.ts';
import { exactLiteral } from './mql5/literal.ts';

test.each([
  ['double caf\u00e9=1.0;', /no character of ASCII/],
  ['double input=1.0;', /input is a word of MQL5/],
  ['void RgX(RG_IN(double,color))', /color is a word of MQL5/],
  [`int ${'a'.repeat(64)}=0;`, /longer than 63 characters/],
  ['double x=0.1234567890123456;', /more than 15 digits/],
  [`#resource "${'a'.repeat(64)}.bin" as double X[]`, /path of the resource has 68 characters/],
  [`input double InpX=1.0; // ${'a'.repeat(64)}`, /text of an input is longer than 63/],
  [`input group "${'a'.repeat(64)}"`, /text of an input is longer than 63/],
  ['#include <Regimen\\$id\\A.mqh>', /a character that is none of MQL5/],
])('finds what no C++ compiler does: %s', (line, found) => {
  expect(lintMql5('a.mqh', `int x=0;\n${line}`)).toEqual([expect.stringMatching(found)]);
  expect(lintMql5('a.mqh', `int x=0;\n${line}`)[0]).toMatch(/^a\.mqh, line 2: /);
});

test('lets pass what a text or a comment says, and zeros around a literal', () => {
  const fine = 'Print("input color: 0.12345678901234567"); // double input, 0.12345678901234567';
  expect(lintMql5('a.mqh', `${fine}\ndouble y=0.000000000001;\ndouble z=86400000.0;`)).toEqual([]);
});

test('finds what code asks for and its archive has not', () => {
  const code = new Map([
    [
      'MQL5/Scripts/R/a.mq5',
      '#include <Trade\\Trade.mqh>\n#include <R\\b.mqh>\n#resource "\\\\Include\\\\R\\\\m.onnx" as uchar M[]',
    ],
    ['MQL5/Include/R/b.mqh', '#include "c.mqh"\n#resource "n.bin" as double N[]'],
  ]);
  const all = [
    'MQL5/Include/R/b.mqh',
    'MQL5/Include/R/c.mqh',
    'MQL5/Include/R/m.onnx',
    'MQL5/Include/R/n.bin',
  ];
  expect(missingFiles(code, all)).toEqual([]);
  for (const gone of all) {
    const found = missingFiles(
      code,
      all.filter((name) => name !== gone),
    );
    expect(found).toEqual([expect.stringContaining(gone)]);
  }
});

describe('a literal', () => {
  test('has all bits of its number as C++ and MQL5 read it', () => {
    const values = [
      0,
      1,
      -2.5,
      0.7,
      75,
      1e-12,
      0.1 + 0.2,
      -Math.PI,
      1 / 3,
      2 ** 60 + 2 ** 9,
      1.2345678901234566e-7,
    ];
    for (const value of values) {
      const text = exactLiteral(value);
      expect(lintMql5('a.mqh', `double x=${text};`)).toEqual([]);
      // The same grammar, but for the power.
      const read = new Function(`return ${text.replaceAll('MathPow', 'Math.pow')};`) as () => number;
      expect(read(), text).toBe(value);
    }
  });
});
