import { operationNamed, targetPrefix } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import { awsSignature } from './aws-signature.ts'
import type { Auth, Item } from './collection-format.ts'
import type { ExampleInput } from './example-input.ts'
import { scriptEvent } from './script.ts'
import { keepFunction } from './scripts/keep.ts'
import type { PostmanTarget } from './target.ts'

/** A request of the API, beyond operation and body. */
export interface ApiItemOptions {
  /** What it is for, where an operation is there more than once. */
  readonly title?: string
  readonly description?: string
  /** Pieces of the script before it. */
  readonly before?: readonly string[]
  /** Members of the answer that go into variables: variable to path, such as `AuthenticationResult.AccessToken`. */
  readonly keeps?: Readonly<Record<string, string>>
  /** Further lines of the test; `body` is the answer. */
  readonly tests?: readonly string[]
  /** What the request proves itself with, where that is not what the operation wants. */
  readonly auth?: Auth
  /** It has to be refused, with this error and these words among its own. */
  readonly refused?: { readonly code: string; readonly words?: string }
}

/** Within a body, a text that stands for the JSON which a variable holds. */
export const jsonRef = (variable: string): string => `{{json:${variable}}}`

/** A body as Postman sends it, with `{{variables}}` in it. */
export const bodyText = (input: ExampleInput): string => JSON.stringify(input, null, 2).replace(/"\{\{json:(\w+)\}\}"/g, '{{$1}}')

const keepLine = ([variable, path]: readonly [string, string]): string => {
  const value = `body.${path.replaceAll('.', '?.').replaceAll('[', '?.[')}`
  return `keep('${variable}', ${value})`
}

const refusalTest = (operation: string, { code, words }: NonNullable<ApiItemOptions['refused']>): string =>
  [
    `pm.test('${operation} is refused with ${code}', () => {`,
    '  pm.expect(pm.response.code, pm.response.text()).to.equal(400)',
    '  const body = pm.response.json()',
    `  pm.expect(body.__type).to.match(/(^|#)${code}$/)`,
    ...(words === undefined ? [] : [`  pm.expect(body.message).to.include(${JSON.stringify(words)})`]),
    '})',
  ].join('\n')

const testScript = (operation: string, { keeps = {}, tests = [], refused }: ApiItemOptions): string => {
  if (refused !== undefined) return refusalTest(operation, refused)
  const kept = Object.entries(keeps)
  const lines = [`pm.test('${operation} is answered', () => pm.expect(pm.response.code, pm.response.text()).to.equal(200))`]
  if (kept.length > 0 || tests.length > 0) {
    lines.push(`const body = pm.response.code === 200 ? pm.response.json() : {}`)
  }
  if (kept.length > 0 || tests.some((line) => line.includes('keep('))) lines.push(keepFunction)
  return [...lines, ...kept.map(keepLine), ...tests].join('\n')
}

/** A request of an operation: signed where the operation wants a signature, unsigned where it wants none. */
export const apiItem = (
  target: Pick<PostmanTarget, 'credentials'>,
  operation: OperationName,
  input: ExampleInput,
  options: ApiItemOptions = {},
): Item => {
  const isSigned = operationNamed(operation)?.auth === 'sigv4'
  const events = [scriptEvent('prerequest', options.before ?? []), scriptEvent('test', [testScript(operation, options)])]
  return {
    name: options.title === undefined ? operation : `${operation}: ${options.title}`,
    request: {
      method: 'POST',
      url: '{{endpoint}}/',
      header: [
        { key: 'Content-Type', value: 'application/x-amz-json-1.1' },
        { key: 'X-Amz-Target', value: `${targetPrefix}.${operation}` },
      ],
      auth: options.auth ?? (isSigned ? awsSignature(target) : { type: 'noauth' }),
      body: { mode: 'raw', raw: bodyText(input), options: { raw: { language: 'json' } } },
      ...(options.description === undefined ? {} : { description: options.description }),
    },
    event: events.filter((event) => event !== undefined),
  }
}
