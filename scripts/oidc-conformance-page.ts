import { type Outcome, type Profile, type Row, table } from '../tests/oidc/table.ts'

const outcome = (value: Outcome): string => (value === 'pass' ? 'pass' : 'deviation')

const reasonOf = ({ usual, strict }: Row): string => {
  const reasons = [usual, strict].flatMap((value) => (value === 'pass' ? [] : [value.deviates]))
  return [...new Set(reasons)].join(' ')
}

const summary = (rows: readonly Row[], mode: 'usual' | 'strict'): string =>
  `${rows.filter((row) => row[mode] === 'pass').length} of ${rows.length}`

const section = (profile: Profile, rows: readonly Row[]): string => {
  const lines = rows.map((row) => `| \`${row.id}\` | ${row.demands} | ${outcome(row.usual)} | ${outcome(row.strict)} | ${reasonOf(row)} |`)
  return [
    `## ${profile}`,
    '',
    `By default ${summary(rows, 'usual')} pass, with \`strict-oidc\` ${summary(rows, 'strict')}.`,
    '',
    '| check | what it demands | default | strict-oidc | why it deviates |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

/** docs/oidc-conformance.md: the checks of the certification profiles, and how each ends. */
export const oidcConformancePage = (): string => {
  const profiles = [...Map.groupBy(table, ({ profile }) => profile)]
  return `# OpenID Connect conformance

Made by \`npm run generate\` from the table in \`tests/oidc/table.ts\`. Do not edit.

The OpenID Foundation certifies providers by profiles, each a list of checks of its conformance suite. This page has the same checks as our
own tests: every row is run in both modes by \`tests/oidc/conformance.test.ts\`, and a row that deviates asserts the deviating answer. It is
no certification. Cognito deviates from OpenID Connect in some places, and so does this server, because applications rely on what Cognito
answers. The setting \`strict-oidc\` closes these deviations for all user pools of the server.

The tests run on managed login (version 2) with an app client that has a secret, both OAuth flows and the scopes \`openid\`, \`email\`,
\`phone\` and \`profile\`. Classic pages (version 1) ignore \`prompt\`, as on AWS; with \`strict-oidc\` they obey it.

${profiles.map(([profile, rows]) => section(profile, rows)).join('\n\n')}
`
}
