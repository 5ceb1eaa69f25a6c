/**
 * Writes the documents that are made from the program's own tables. `node scripts/generate-docs.ts --check` writes nothing and
 * fails when a committed one is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { compatibilityPage, readmePage } from './compatibility-page.ts'
import { configurationPage } from './configuration-page.ts'
import { metricsPage } from './metrics-page.ts'
import { oidcConformancePage } from './oidc-conformance-page.ts'

const pages: Readonly<Record<string, () => string>> = {
  'README.md': readmePage,
  'docs/compatibility.md': compatibilityPage,
  'docs/configuration.md': configurationPage,
  'docs/metrics.md': metricsPage,
  'docs/oidc-conformance.md': oidcConformancePage,
}

const check = process.argv.includes('--check')
for (const [path, make] of Object.entries(pages)) {
  const file = new URL(`../${path}`, import.meta.url)
  const text = make()
  if (!check) {
    writeFileSync(file, text)
    continue
  }
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    // A page that is not there is out of date.
  }
  if (committed !== text) {
    console.error(`${path} is out of date. Run: npm run generate`)
    process.exitCode = 1
  }
}
