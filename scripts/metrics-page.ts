import { counters } from '../src/domain/counters.ts'
import { durations } from '../src/domain/durations.ts'

const introduction = `# Metrics

<!-- Made from src/domain/counters.ts and durations.ts by \`npm run generate\`; edit those. -->

\`poolhouse serve\` shows its metrics in Prometheus's text format at \`/metrics\` on the operators' listener (\`admin-host\`, \`admin-port\`),
\`poolhouse dev\` at \`/_poolhouse/metrics\`. They count from the start of the server, and all its workers together.

| counter | labels | meaning |
| --- | --- | --- |
`

const row = ({ name, labels, doc }: (typeof counters)[keyof typeof counters]): string =>
  `| \`${name}\` | ${labels.map((label) => `\`${label}\``).join(', ')} | ${doc} |\n`

/** The text of docs/metrics.md. */
export const metricsPage = (): string =>
  `${introduction}${Object.values(counters).map(row).join('')}\nOne histogram, \`${durations.name}\`: ${durations.doc[0]?.toLowerCase()}${durations.doc.slice(1)}\n`
