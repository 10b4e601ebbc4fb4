/** `bull_trending` -> `Bull trending`: names of the engine as a heading shows them. */
export function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
