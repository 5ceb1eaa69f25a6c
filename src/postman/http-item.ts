import type { Auth, Item, KeyValue } from './collection-format.ts'
import { scriptEvent } from './script.ts'

/** A request that is none of the API. */
export interface HttpItem {
  readonly name: string
  readonly url: string
  readonly description?: string
  /** Sent as a form by POST; without one it is a GET. */
  readonly form?: Readonly<Record<string, string>>
  /** The same as one text, which is encoded already. */
  readonly encodedForm?: string
  readonly auth?: Auth
  readonly before?: readonly string[]
  /** Lines of the test. */
  readonly tests: readonly string[]
  /** Redirects are the answer, and lead nowhere. */
  readonly keepsRedirect?: true
}

const formHeader: KeyValue = { key: 'Content-Type', value: 'application/x-www-form-urlencoded' }

/** A request for a page, a token or a document. */
export const httpItem = (given: HttpItem): Item => {
  const { name, url, description, form, encodedForm, auth = { type: 'noauth' }, before = [], tests, keepsRedirect } = given
  const events = [scriptEvent('prerequest', before), scriptEvent('test', [tests.join('\n')])]
  const fields = form && Object.entries(form).map(([key, value]) => ({ key, value }))
  return {
    name,
    request: {
      method: form === undefined && encodedForm === undefined ? 'GET' : 'POST',
      url,
      header: encodedForm === undefined ? [] : [formHeader],
      auth,
      ...(fields && { body: { mode: 'urlencoded', urlencoded: fields } }),
      ...(encodedForm !== undefined && { body: { mode: 'raw', raw: encodedForm } }),
      ...(description === undefined ? {} : { description }),
    },
    event: events.filter((event) => event !== undefined),
    ...(keepsRedirect && { protocolProfileBehavior: { followRedirects: false } }),
  }
}
