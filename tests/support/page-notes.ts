import type { SeenPage } from './page-browser.ts'

/** What a page says above its form where nothing went wrong, without its marks. */
export const notesOf = ({ html }: SeenPage): string[] =>
  [...html.matchAll(/<div class="alert[^>]*role="status">([\s\S]*?)<\/div><\/div>/g)].map(([, text = '']) =>
    text
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )

/** The fields that a person sees, as `name type autocomplete required value`. */
export const fieldsOf = ({ html }: SeenPage): Record<string, { type: string; autocomplete: string; required: boolean; value: string }> =>
  Object.fromEntries(
    [...html.matchAll(/<input class="input[^>]*>/g)].map(([tag]) => {
      const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
      return [of('name'), { type: of('type'), autocomplete: of('autocomplete'), required: / required/.test(tag), value: of('value') }]
    }),
  )
