import { targetPrefix } from '../model/model.ts'
import type { OperationName } from '../model/types.gen.ts'
import { type ApiItemOptions, apiItem } from './api-item.ts'
import { awsSignature, type SignatureMember } from './aws-signature.ts'
import type { Item, KeyValue } from './collection-format.ts'
import { type ExampleInput, exampleInput } from './example-input.ts'
import { scriptEvent } from './script.ts'
import type { PostmanTarget } from './target.ts'

interface Mistake {
  readonly name: string
  readonly code: string
  /** What is wrong with the signature. */
  readonly members: Readonly<Partial<Record<SignatureMember, string>>>
}

const mistakes: readonly Mistake[] = [
  {
    name: 'unknown access key',
    code: 'UnrecognizedClientException',
    members: { accessKey: 'AKIAUNKNOWNUNKNOWN77', secretKey: 'wrong', sessionToken: '' },
  },
  { name: 'wrong secret key', code: 'InvalidSignatureException', members: { secretKey: 'wrong' } },
  { name: 'wrong region', code: 'InvalidSignatureException', members: { region: 'NOWHERE' } },
  { name: 'wrong service name', code: 'InvalidSignatureException', members: { service: 'cognito-identity' } },
]

const refusal = (target: PostmanTarget, operation: OperationName, input: ExampleInput, name: string, options: ApiItemOptions): Item => ({
  ...apiItem(target, operation, input, options),
  name: `Refused: ${name}`,
})

/** Requests whose signature is missing, or wrong where the server looks at it; the last one is of a public operation, which needs none. */
export const signatureRefusals = (target: PostmanTarget): Item[] => {
  const { checksSignatures = target.credentials === 'vault' } = target
  const pool = exampleInput('DescribeUserPool', { UserPoolId: '{{pool_id}}' })
  const signedWrong = mistakes.map(({ name, code, members }) =>
    refusal(target, 'DescribeUserPool', pool, name, { auth: awsSignature(target, members), refused: { code } }),
  )
  const onPublic = refusal(target, 'GetUser', exampleInput('GetUser', { AccessToken: 'any' }), 'wrong secret key on a public operation', {
    auth: awsSignature(target, { secretKey: 'wrong' }),
    refused: { code: 'InvalidSignatureException' },
  })
  return [
    refusal(target, 'DescribeUserPool', pool, 'administrative operation without a signature', {
      auth: { type: 'noauth' },
      refused: { code: 'MissingAuthenticationTokenException' },
    }),
    ...(checksSignatures ? [...signedWrong, onPublic] : []),
  ]
}

const lostTarget = (name: string, header: readonly KeyValue[]): Item => ({
  name: `Refused: ${name}`,
  request: {
    method: 'POST',
    url: '{{endpoint}}/',
    header: [{ key: 'Content-Type', value: 'application/x-amz-json-1.1' }, ...header],
    auth: { type: 'noauth' },
    body: { mode: 'raw', raw: '{}', options: { raw: { language: 'json' } } },
  },
  event: [
    scriptEvent('test', [
      `pm.test('${name}: refused in JSON, as AWS does', () => {
  pm.expect(pm.response.code, pm.response.text()).to.be.within(400, 499)
  pm.expect(pm.response.json()).to.include.any.keys('__type', 'message')
})`,
    ]),
  ].filter((event) => event !== undefined),
})

/** Requests that name no operation, or none that there is. */
export const lostTargetItems = (): Item[] => [
  lostTarget('X-Amz-Target is missing', []),
  lostTarget('X-Amz-Target is wrong', [{ key: 'X-Amz-Target', value: `${targetPrefix}.SignMeUp` }]),
]
