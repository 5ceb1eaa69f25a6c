import { type Html, html } from '../html.ts'

/** Values that a form sends without showing them, written as AWS's pages write them; undefined ones are left out. */
export const hiddenFields = (values: Readonly<Record<string, string | undefined>>): Html =>
  html`${Object.entries(values).map(([name, value]) =>
    value === undefined ? undefined : html`<input type="hidden" name="${name}" value="${value}"/>`,
  )}`
