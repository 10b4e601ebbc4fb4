import { columnFor, plainName } from './column-names.ts';
import type { Cells, TextSample } from './sample.ts';

/** A table that holds several instruments side by side, each with columns of its own. */
export interface WideTable {
  /** The instruments, as the table writes them, in the order of their first columns. */
  readonly symbols: readonly string[];
  /** The table as it would be with the columns of one of them alone. */
  only(symbol: string): TextSample;
}

const ROLES = ['open', 'high', 'low', 'close', 'volume', 'spread'] as const;
type Role = (typeof ROLES)[number];
const PRICES: readonly Role[] = ['open', 'high', 'low', 'close'];
/** What stands beside a price in the header of one instrument. */
const NO_SYMBOL =
  /^(bid|ask|mid|adj|adjusted|tick|real|base|quote|price|prices|last|trade|avg|day|prev|previous|ha|heikin|ashi|raw|unadjusted|of)$/i;
/** A name for columns that are not asked for. */
const PASSED_OVER = 'passed over';

/** Of each column, whose it is and what it holds; undefined for those that are of none, such as the stamp. */
type Owner = { readonly symbol: string; readonly role: Role } | undefined;

/** Undefined for a table of one instrument whose header says so in the usual way. */
export function wideTable(sample: TextSample): WideTable | undefined {
  const { header } = sample;
  if (header === undefined) return undefined;
  const [below] = sample.subHeaders;
  const named = [
    { roles: header, names: below },
    { roles: header, names: sample.titles.at(-1) },
    { roles: below, names: header },
  ]
    .map(({ roles, names }) => (roles === undefined || names === undefined ? [] : byTwoLines(roles, names)))
    .find((found) => wholeSymbols(found).length > 1);
  const owners = named ?? byNames(header);
  const symbols = wholeSymbols(owners);
  if (symbols.length < (named === undefined && columnFor('open', header) === undefined ? 1 : 2))
    return undefined;
  return {
    symbols,
    only: (symbol) => ({
      ...sample,
      header: header.map((name, column) => {
        const owner = owners[column];
        if (owner === undefined) return stampName(sample, column) ?? name;
        return owner.symbol === symbol ? owner.role : PASSED_OVER;
      }) as unknown as Cells,
      subHeaders: [],
    }),
  };
}

/** Whether columns of prices stand there twice, and nothing says whose they are. */
export function isNamelessWide({ header = [] as unknown as Cells }: Partial<TextSample>): boolean {
  return PRICES.every((role) => header.filter((name) => roleOf(name) === role).length > 1);
}

/** One line has what the columns hold, another whose they are: pandas writes both orders. */
function byTwoLines(roles: Cells, names: Cells): Owner[] {
  return roles.map((text, column) => {
    const role = roleOf(text);
    const symbol = names[column] ?? '';
    return role === undefined || symbol === '' ? undefined : { symbol, role };
  });
}

/** `EURUSD_open`, `Close GBPUSD`, `('High', 'EURUSD=X')`. */
function byNames(header: Cells): Owner[] {
  return header.map((name) => {
    const words = name.split(/[\s_,:|()'"[\]]+|\.(?=\D)/).filter((word) => word !== '');
    if (words.length < 2) return undefined;
    for (const at of [0, words.length - 1]) {
      const role = roleOf(words[at]!);
      const rest = words.toSpliced(at, 1);
      if (role !== undefined && !rest.some((word) => NO_SYMBOL.test(word) || roleOf(word) !== undefined)) {
        return { symbol: rest.join('_'), role };
      }
    }
    return undefined;
  });
}

/** Those that have all four prices. */
function wholeSymbols(owners: readonly Owner[]): string[] {
  const roles = new Map<string, Set<Role>>();
  for (const owner of owners) {
    if (owner === undefined) continue;
    const own = roles.get(owner.symbol) ?? new Set();
    roles.set(owner.symbol, own.add(owner.role));
  }
  return [...roles].filter(([, own]) => PRICES.every((role) => own.has(role))).map(([symbol]) => symbol);
}

function roleOf(name: string): Role | undefined {
  const plain = plainName(name);
  return ROLES.find((role) => plain === role || (plain === 'vol' && role === 'volume'));
}

/** The name of a column that its own line leaves empty or gives to the levels: `Price`, `Ticker`, `Datetime` below each other. */
function stampName({ header, subHeaders, titles }: TextSample, column: number): string | undefined {
  const lines = [header, ...subHeaders, ...titles];
  return lines
    .map((line) => line?.[column] ?? '')
    .find((name) => name !== '' && columnFor('stamp', [name]) === 0);
}
