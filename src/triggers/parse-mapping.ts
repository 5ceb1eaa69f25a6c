/** Where an operator says that a function is. */
export type TriggerAddress =
  | { readonly kind: 'webhook'; readonly url: string }
  /** A JavaScript or TypeScript file, and which of its exports; undefined: the usual one. */
  | { readonly kind: 'module'; readonly file: string; readonly exportName: string | undefined }
  /** An endpoint of the Lambda API without a path, the function's name or ARN there, and the region of signatures. */
  | { readonly kind: 'lambda'; readonly endpoint: string; readonly functionName: string; readonly region: string }

/** A function that pools may name in LambdaConfig. */
export interface TriggerMapping {
  readonly arn: string
  readonly address: TriggerAddress
}

interface Fault {
  readonly fault: string
}

// API_LambdaConfigType: what the members of LambdaConfig may be.
const arnPattern = /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:[\w+=/,.@-]*:\d+:[\w+=/,.@-]+(?::[\w+=/,.@-]+){0,2}$/
const lambdaArnPattern = /^arn:(aws[a-z-]*):lambda:([a-z0-9-]+):\d+:function:/
const codePattern = /\.[cm]?[jt]s$/

const example = 'arn:aws:lambda:us-east-1:000000000000:function:pre-sign-up'

const readUrl = (text: string): URL | Fault => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return { fault: `"${text}" is no http or https URL.` }
  if (url.username || url.password || url.hash) return { fault: `The URL for ${url.host} may have neither a user name nor a fragment.` }
  return url
}

const webhook = (text: string): TriggerAddress | Fault => {
  const url = readUrl(text)
  return 'fault' in url ? url : { kind: 'webhook', url: url.href }
}

const lambda = (arn: string, text: string): TriggerAddress | Fault => {
  const [, partition, region] = lambdaArnPattern.exec(arn) ?? []
  if (partition === undefined || region === undefined) return { fault: `${arn} is not the ARN of a Lambda function, such as ${example}.` }
  const url = readUrl(text || `https://lambda.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`)
  if ('fault' in url) return url
  const name = url.pathname.slice(1)
  if (url.search || !/^[\w$:-]*$/.test(name))
    return { fault: `After the host of a Lambda endpoint only the function's name may follow, as in lambda:${url.origin}/pre-sign-up.` }
  return { kind: 'lambda', endpoint: url.origin, functionName: name || arn, region }
}

const module = (text: string): TriggerAddress | Fault => {
  const [, file = '', exportName] = /^(.*?)(?:#([\p{ID_Start}$_][\p{ID_Continue}$]*))?$/u.exec(text) ?? []
  if (!codePattern.test(file))
    return { fault: `"${text}" is neither a URL nor a JavaScript or TypeScript file such as ./pre-sign-up.ts or ./auth.mjs#verify.` }
  return { kind: 'module', file, exportName }
}

/** Reads `ARN=https://...`, `ARN=lambda:https://endpoint/name` or `ARN=FILE#export`; a file's path stays as it was written. */
export const parseMapping = (text: string): TriggerMapping | Fault => {
  const at = text.indexOf('=')
  if (at < 0) return { fault: `"${text}" maps no function. Write ARN=URL or ARN=FILE, as in ${example}=./pre-sign-up.ts.` }
  const arn = text.slice(0, at).trim()
  const target = text.slice(at + 1).trim()
  if (!arnPattern.test(arn)) return { fault: `"${arn}" is no ARN; one looks like ${example}.` }
  const address = target.startsWith('lambda:')
    ? lambda(arn, target.slice('lambda:'.length))
    : /^[a-z]+:\/\//i.test(target)
      ? webhook(target)
      : module(target)
  return 'fault' in address ? address : { arn, address }
}
