import LineChart from '@cloudscape-design/components/line-chart'
import type { Line } from './charted.ts'

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })

/** A chart of lines over time. */
export const Chart = ({ title, unit, lines }: { readonly title: string; readonly unit: string; readonly lines: readonly Line[] }) => {
  const points = lines.flatMap((line) => line.points)
  const times = points.map(({ at }) => at)
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0))
  return (
    <LineChart
      ariaLabel={title}
      height={180}
      hideFilter
      xScaleType="time"
      xDomain={[new Date(Math.min(...times, Date.now() - 60_000)), new Date(Math.max(...times, 0) || Date.now())]}
      yDomain={[0, Math.ceil(most * 1.1)]}
      xTitle="Time"
      yTitle={unit}
      series={lines.map((line) => ({
        title: line.title,
        type: 'line' as const,
        data: line.points.flatMap(({ at, value }) => (value === undefined ? [] : [{ x: new Date(at), y: value }])),
      }))}
      i18nStrings={{
        xTickFormatter: (at) => clock.format(at),
        detailPopoverDismissAriaLabel: 'Close',
        legendAriaLabel: `Lines of ${title}`,
        chartAriaRoleDescription: 'line chart',
        xAxisAriaRoleDescription: 'time',
        yAxisAriaRoleDescription: unit,
      }}
      empty="Nothing happened in this time."
    />
  )
}
