// How many of something there are: `1 rule`, `2 rules`.

export function amountOf(many: number, one: string): string {
  return `${many} ${one}${many === 1 ? '' : 's'}`
}
