/** `1 bar`, `2,499 bars`: a number with its noun, as every sentence of engine and hosts has it. */
export function counted(n: number, noun: string, many = `${noun}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : many}`;
}
