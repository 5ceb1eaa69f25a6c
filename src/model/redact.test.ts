import { expect, it } from 'vitest'
import { operationNamed, operationNames, type Shape, shapeNamed } from './model.ts'
import { redact, secretShapes } from './redact.ts'

const inputOf = (name: string): Shape => {
  const operation = operationNamed(name)
  if (operation === undefined) throw new Error(name)
  return operation.input
}

it('keeps what a log may say and nothing else', () => {
  const input = {
    ClientId: 'client',
    Username: 'ana',
    Password: 'Passw0rd!',
    SecretHash: 'hash',
    UserAttributes: [{ Name: 'email', Value: 'ana@example.com' }],
    ClientMetadata: { token: 'x' },
    Unknown: 'x',
    UserContextData: { IpAddress: '10.0.0.1' },
  }
  expect(redact(inputOf('SignUp'), input)).toEqual({ UserAttributes: [{ Name: 'email' }] })
  expect(redact(inputOf('AdminGetUser'), { UserPoolId: 'us-east-1_a', Username: 'ana' })).toEqual({ UserPoolId: 'us-east-1_a' })
})

it('lets no canary through where secrets travel', () => {
  const secretMembers =
    /Password(?!Hashing)|Secret(?!Id)|Code$|Token$|^Session$|AuthParameters|ChallengeResponses|ProviderDetails|Credential$|Verifier/
  const plant = (shape: Shape, secret: boolean): unknown => {
    switch (shape.type) {
      case 'structure':
        return Object.fromEntries([...shape.members].map(([name, member]) => [name, plant(member, secretMembers.test(name))]))
      case 'list':
        return [plant(shape.member, secret)]
      case 'map':
        return { key: plant(shape.value, secret) }
      case 'string':
        // the name of a unit or a method is no secret
        return secret && shape.values === undefined ? 'canary' : 'text'
      case 'document':
        return 'canary'
      default:
        return 1
    }
  }
  // not secrets: keyset positions, and the id of a secret
  const harmless = new Set(['PaginationToken', 'NextToken'])
  for (const name of operationNames) {
    for (const shape of [operationNamed(name)?.input, operationNamed(name)?.output]) {
      if (shape === undefined) continue
      const planted = plant(shape, false) as Record<string, unknown>
      for (const member of harmless) delete planted[member]
      expect(JSON.stringify(redact(shape, planted)), `${name} ${shape.name}`).not.toContain('canary')
    }
  }
})

it('names only shapes of the model', () => {
  for (const name of secretShapes) expect(shapeNamed(name).name).toBe(name)
})
