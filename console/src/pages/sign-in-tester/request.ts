/** Who asks the token endpoint: a client with its secret for Authorization: Basic. */
export interface ClientPair {
  readonly clientId: string
  readonly clientSecret: string
}

/** A request that the tester sends, as it stands on the wire; a `page` is an address that a browser opens. */
export type TestRequest =
  | { readonly kind: 'operation'; readonly operation: string; readonly input: Readonly<Record<string, unknown>>; readonly signed: boolean }
  | {
      readonly kind: 'form'
      readonly path: string
      readonly form: Readonly<Record<string, string>>
      readonly basic: ClientPair | undefined
    }
  | { readonly kind: 'page'; readonly url: string; readonly verifier: string | undefined }

/** What came back. */
export interface TestAnswer {
  readonly status: number
  /** The body; JSON where the server sent some. */
  readonly text: string
  readonly requestId: string | undefined
  /** Undefined where a person took that time. */
  readonly milliseconds: number | undefined
}

/** A server as programs reach it. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly region: string
}

/** What stands for the client secret wherever a request is shown: it lives longer than a password and need not be on any screen. */
const hidden = '$CLIENT_SECRET'

const bodyOf = (form: Readonly<Record<string, string>>): string => new URLSearchParams(form).toString().replaceAll('&', '\n&')

/** What a request is called in a list. */
export const nameOf = (request: TestRequest): string =>
  request.kind === 'operation' ? request.operation : request.kind === 'form' ? request.path : new URL(request.url).pathname

/** The request as it stands on the wire, without the client secret. */
export const wireOf = (request: TestRequest): string => {
  if (request.kind === 'form') {
    const basic = request.basic === undefined ? '' : `Authorization: Basic base64(${request.basic.clientId}:${hidden})\n`
    return `POST ${request.path}\n${basic}Content-Type: application/x-www-form-urlencoded\n\n${bodyOf(request.form)}`
  }
  if (request.kind === 'page') {
    const { origin, pathname, searchParams } = new URL(request.url)
    return `GET ${origin}${pathname}\n  ?${bodyOf(Object.fromEntries(searchParams)).replaceAll('\n', '\n  ')}`
  }
  return JSON.stringify(request.input, (name, value: unknown) => (name === 'ClientSecret' ? hidden : value), 2)
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const quotedInput = ({ ClientSecret, ...input }: Readonly<Record<string, unknown>>): string => {
  const json = JSON.stringify(input)
  return ClientSecret === undefined ? quoted(json) : `${quoted(`${json.slice(0, -1)},"ClientSecret":"`)}"${hidden}"${quoted('"}')}`
}

const curlOfForm = ({ path, form, basic }: Extract<TestRequest, { kind: 'form' }>, endpoint: string): string => {
  const lines = [`curl -sS ${quoted(endpoint + path)}`]
  if (basic !== undefined) lines.push(`--user "${basic.clientId}:${hidden}"`)
  for (const [name, value] of Object.entries(form)) lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`)
  return lines.join(' \\\n  ')
}

/** The request as one command of curl; the client secret stands in the variable CLIENT_SECRET. */
export const curlOf = (request: TestRequest, { endpoint, region }: Target): string => {
  if (request.kind === 'form') return curlOfForm(request, endpoint)
  if (request.kind === 'page') {
    // What the server answers is a login page: curl can show the redirect to it, and a browser has to go on.
    return `curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' ${quoted(request.url)}`
  }
  return [
    `curl -sS ${quoted(`${endpoint}/`)}`,
    // Any pair of keys will do for `poolhouse dev`.
    ...(request.signed
      ? [`--aws-sigv4 ${quoted(`aws:amz:${region}:cognito-idp`)}`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"']
      : []),
    `-H 'Content-Type: application/x-amz-json-1.1'`,
    `-H 'X-Amz-Target: AWSCognitoIdentityProviderService.${request.operation}'`,
    `--data ${quotedInput(request.input)}`,
  ].join(' \\\n  ')
}

const textLiteral = (text: string): string => {
  // Line separators, which end a line for some readers of programs.
  const json = JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`)
  return text.includes("'") || text.includes('"') ? json : `'${json.slice(1, -1)}'`
}

const memberOf = (name: string, value: unknown, indent: string): string =>
  name === 'ClientSecret'
    ? `${name}: process.env.CLIENT_SECRET`
    : `${/^[A-Za-z_]\w*$/.test(name) ? name : textLiteral(name)}: ${literal(value, indent)}`

const literal = (value: unknown, indent = ''): string => {
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((one) => `${inner}${literal(one, inner)}`)
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => inner + memberOf(name, one, inner))
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

const codeOfForm = ({ path, form, basic }: Extract<TestRequest, { kind: 'form' }>, endpoint: string): string => {
  const headers =
    basic === undefined
      ? ''
      : `  headers: { authorization: 'Basic ' + btoa(${textLiteral(`${basic.clientId}:`)} + process.env.CLIENT_SECRET) },\n`
  return `const answer = await fetch(${JSON.stringify(endpoint + path)}, {
  method: 'POST',
${headers}  body: new URLSearchParams(${literal(form, '  ')}),
})
console.log(await answer.json())
`
}

const codeOfPage = ({ url, verifier }: Extract<TestRequest, { kind: 'page' }>): string => {
  const { origin, pathname, searchParams } = new URL(url)
  const parameters = Object.fromEntries(searchParams)
  const keep = `// Keep for the answer: state${verifier === undefined ? '' : ', and the verifier of which code_challenge is the SHA-256'}.\n`
  const secret = verifier === undefined ? '' : `const verifier = ${textLiteral(verifier)}\n`
  return `${keep}${secret}const parameters = new URLSearchParams(${literal(parameters)})
location.assign(\`${origin}${pathname}?\${parameters}\`)
`
}

/** The request as JavaScript: with the AWS SDK, and with the web's own means for what the SDK has no part in. */
export const codeOf = (request: TestRequest, { endpoint, region }: Target): string => {
  if (request.kind === 'form') return codeOfForm(request, endpoint)
  if (request.kind === 'page') return codeOfPage(request)
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
