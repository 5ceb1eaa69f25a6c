/** A request that the tester sends, as it stands on the wire. */
export type TestRequest =
  | { readonly kind: 'operation'; readonly operation: string; readonly input: Readonly<Record<string, unknown>>; readonly signed: boolean }
  | {
      readonly kind: 'form'
      readonly path: string
      readonly form: Readonly<Record<string, string>>
      /** `client:secret` for Authorization: Basic. */
      readonly basic: string | undefined
    }

/** What came back. */
export interface TestAnswer {
  readonly status: number
  /** The body; JSON where the server sent some. */
  readonly text: string
  readonly requestId: string | undefined
  readonly milliseconds: number
}

/** A server as programs reach it. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly region: string
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The request as one command of curl. */
export const curlOf = (request: TestRequest, { endpoint, region }: Target): string => {
  if (request.kind === 'form') {
    const lines = [`curl -sS ${quoted(endpoint + request.path)}`]
    if (request.basic !== undefined) lines.push(`--user ${quoted(request.basic)}`)
    for (const [name, value] of Object.entries(request.form)) lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`)
    return lines.join(' \\\n  ')
  }
  return [
    `curl -sS ${quoted(`${endpoint}/`)}`,
    // Any pair of keys will do for `poolhouse dev`.
    ...(request.signed
      ? [`--aws-sigv4 ${quoted(`aws:amz:${region}:cognito-idp`)}`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"']
      : []),
    `-H 'Content-Type: application/x-amz-json-1.1'`,
    `-H 'X-Amz-Target: AWSCognitoIdentityProviderService.${request.operation}'`,
    `--data ${quoted(JSON.stringify(request.input))}`,
  ].join(' \\\n  ')
}

const textLiteral = (text: string): string => {
  // Line separators, which end a line for some readers of programs.
  const json = JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`)
  return text.includes("'") || text.includes('"') ? json : `'${json.slice(1, -1)}'`
}

const literal = (value: unknown, indent = ''): string => {
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((one) => `${inner}${literal(one, inner)}`)
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => `${inner}${/^[A-Za-z_]\w*$/.test(name) ? name : textLiteral(name)}: ${literal(one, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** The request as JavaScript: with the AWS SDK, and with fetch for what the SDK has no part in. */
export const codeOf = (request: TestRequest, { endpoint, region }: Target): string => {
  if (request.kind === 'form') {
    const headers = request.basic === undefined ? '' : `  headers: { authorization: 'Basic ' + btoa(${JSON.stringify(request.basic)}) },\n`
    return `const answer = await fetch(${JSON.stringify(endpoint + request.path)}, {
  method: 'POST',
${headers}  body: new URLSearchParams(${literal(request.form, '  ')}),
})
console.log(await answer.json())
`
  }
  const { operation, input, signed } = request
  return `import { CognitoIdentityProviderClient, ${operation}Command } from '@aws-sdk/client-cognito-identity-provider'

const client = new CognitoIdentityProviderClient({ region: ${JSON.stringify(region)}, endpoint: ${JSON.stringify(endpoint)} })${signed ? '' : ' // needs no credentials'}
const answer = await client.send(
  new ${operation}Command(${literal(input, '  ')}),
)
console.log(answer)
`
}

/** JSON with line breaks; any other text as it is. */
export const shownJson = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
