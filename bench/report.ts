import type { Chapter, Table } from './chapter.ts'
import { columns } from './columns.ts'
import type { Finding } from './finding.ts'
import type { Machine } from './machine.ts'
import { short, two } from './numbers.ts'

/** Everything that a run found out, by the name of the part. */
export interface Report {
  readonly machine: Machine
  readonly chapters: Readonly<Record<string, Chapter>>
}

const heads = ['', 'measured', 'beside', 'figure', 'by CPU', 'aim', 'met']

const findingRow = ({ figure, aim, measured, against, unit, value, byCpu, met, missing }: Finding): string[] => {
  const bound = aim === undefined ? '-' : `${aim.is} ${aim.bound}`
  if (value === undefined) return [figure, '-', '-', '-', '-', bound, `not measured: ${missing ?? ''}`]
  const inUnit = (number: number | undefined) => (number === undefined ? '' : `${short(number)}${unit === '/s' ? '' : ' '}${unit ?? ''}`)
  const ratio = against === undefined ? inUnit(value) : two(value)
  const verdict = typeof met === 'string' ? met : met === true ? 'yes' : 'no'
  return [figure, inUnit(measured), inUnit(against), ratio, byCpu === undefined ? '' : two(byCpu), bound, verdict]
}

/** The tables of a report, the one with the aims first. */
const tablesOf = ({ chapters }: Report): Table[] => {
  const all = Object.values(chapters)
  const findings = all.flatMap((chapter) => chapter.findings).map(findingRow)
  return [{ title: 'What it shows', rows: [heads, ...findings] }, ...all.flatMap((chapter) => chapter.tables)]
}

const machineLine = ({ machine }: Report): string =>
  `${machine.date}: ${machine.cores} cores (${machine.cpu}), ${machine.memory} GB, Node.js ${machine.node}, load before the run ${two(machine.loadBefore)}`

/** The report as a person reads it in a terminal. */
export const reportText = (report: Report): string =>
  [
    `${machineLine(report)}\n`,
    ...tablesOf(report).map(({ title, rows }) => `\n${title}\n\n${columns(rows, rows[0]?.indexOf('met'))}`),
  ].join('')

const markdownTable = ([head = [], ...rows]: Table['rows']): string => {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('')
}

/** The report for a page of documentation. */
export const reportMarkdown = (report: Report): string =>
  [`${machineLine(report)}.\n`, ...tablesOf(report).map(({ title, rows }) => `\n${title}:\n\n${markdownTable(rows)}`)].join('')
