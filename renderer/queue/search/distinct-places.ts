/**
 * What tells places apart: of `Ridge EURUSD H1, 180 days, 12 bars ahead, barrier 2:1, normalized` the model, and those parts that not all
 * places have. Of a single place nothing.
 */
export function distinctPlaces(places: readonly string[]): ReadonlyMap<string, string> {
  const parts = places.map((place) => place.split(', '));
  const isCommon = (part: string) => parts.every((of) => of.includes(part));
  return new Map(
    places.map((place, i) => {
      const [first = '', ...others] = parts[i]!;
      const own = others.filter((part) => !isCommon(part));
      return [place, places.length === 1 ? '' : [first, ...own].join(', ')];
    }),
  );
}
