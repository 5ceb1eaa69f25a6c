/** One number of Prometheus's text format. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark))

/** The numbers in a text of Prometheus's format 0.0.4; lines that are none are passed over. */
export const parseMetrics = (text: string): readonly Sample[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', inner = '', number = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
    const value = number === '' ? Number.NaN : Number(number)
    if (name === '' || Number.isNaN(value)) return []
    const labels = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, label = '', quoted = '']) => [label, unescaped(quoted)] as const,
    )
    return [{ name, labels: Object.fromEntries(labels), value }]
  })
