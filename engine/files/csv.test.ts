import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

describe('csvLine', () => {
  it('quotes what RFC 4180 asks for and ends with CRLF', () => {
    expect(csvLine(['a', 1.5, null, 'b,c', 'say "no"', 'two\nlines'])).toBe(
      'a,1.5,,"b,c","say ""no""","two\nlines"\r\n',
    );
  });

  it('keeps a spreadsheet from running text, and leaves negative numbers alone', () => {
    expect(csvLine(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', -1])).toBe("'=1+1,'+1,'-1,'@SUM(A1),'\tx,-1\r\n");
    expect(csvLine(['=HYPERLINK("http://x","y")'])).toBe('"\'=HYPERLINK(""http://x"",""y"")"\r\n');
  });

  it('writes what a spreadsheet with decimal commas expects', () => {
    const dialect = { separator: ';', decimal: ',' } as const;
    expect(csvLine([1.5, -0.25, 1e-7, 3, 'a,b', 'c;d', '=1+1', null], dialect)).toBe(
      '1,5;-0,25;1e-7;3;a,b;"c;d";\'=1+1;\r\n',
    );
    expect(csvLine([1.5, 'a\tb'], { separator: '\t', decimal: ',' })).toBe('1,5\t"a\tb"\r\n');
  });
});
