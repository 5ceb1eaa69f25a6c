import type { Dispatcher } from '../../src/api/dispatch.ts'
import { signRequest } from '../../src/crypto/sign-request.ts'
import { serverUid } from '../../src/domain/server-uid.ts'
import type { OperationName } from '../../src/model/types.gen.ts'
import { type Harness, testRegion } from './harness.ts'

const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

/** Callers with access keys whose signatures and policies are checked. */
export const createKeyHolders = (server: Harness, verifying: Dispatcher) => ({
  /** Makes an access key that carries a policy. */
  addKey: async (id: string, policy: object): Promise<void> => {
    const by = { actor: 'operator', requestId: 'test', action: 'CreateAccessKey', at: server.clock.now() }
    const sealedSecret = await server.keyring.seal('access-keys', serverUid, id, Buffer.from(secretKey))
    const row = { id, userName: id.toLowerCase(), sealedSecret, policy: JSON.stringify(policy), enabled: true, createdAt: by.at }
    await server.store.accessKeys.create(by, row)
  },
  callAs: (accessKeyId: string, operation: OperationName, input: unknown) => {
    const headers = {
      host: 'localhost:9339',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    }
    const body = Buffer.from(JSON.stringify(input), 'utf8')
    const request = { method: 'POST', path: '/', query: '', headers, body }
    const scope = { region: testRegion, service: 'cognito-idp' }
    return verifying({
      ...request,
      headers: signRequest(request, { accessKeyId, secretKey }, scope, server.clock.now()),
      remoteAddress: '127.0.0.1',
    })
  },
})

/** What `createKeyHolders` answers. */
export type KeyHolders = ReturnType<typeof createKeyHolders>
