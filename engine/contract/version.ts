/** Of this Regimen, as in package.json. */
export const VERSION = '0.1.0';

/** https://semver.org, without build metadata. */
export const VERSION_PATTERN =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Below 0 where `a` comes before `b`, 0 where both are the same: precedence of semver.org, section 11. */
export function compareVersions(a: string, b: string): number {
  const [, ...ofA] = VERSION_PATTERN.exec(a) ?? [];
  const [, ...ofB] = VERSION_PATTERN.exec(b) ?? [];
  for (let i = 0; i < 3; i++) {
    const difference = Number(ofA[i]) - Number(ofB[i]);
    if (difference !== 0) return difference;
  }
  const [preA, preB] = [ofA[3]?.split('.'), ofB[3]?.split('.')];
  // What comes before a release is not yet it.
  if (preA === undefined || preB === undefined)
    return Number(preA === undefined) - Number(preB === undefined);
  for (const [i, part] of preA.entries()) {
    const other = preB[i];
    if (other === undefined) return 1;
    if (part !== other) return compareParts(part, other);
  }
  return preA.length - preB.length;
}

/** Numbers by their size, and before words. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOther) return Number(a) - Number(b);
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
