import { allowedFlows } from '../domain/app-client-config.ts'
import { apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import type { PlannedUser } from './planned-user.ts'
import type { PostmanTarget } from './target.ts'

const keeps = { access_token: 'AuthenticationResult.AccessToken', id_token: 'AuthenticationResult.IdToken' }

const byFlow = (target: PostmanTarget, { person, kind }: PlannedUser): Item => {
  // Developer guide, "Computing secret hash values": the sub where people sign in with an address.
  const proof = secretProof(target, kind === 'username' ? person.name : 'user_sub')
  const device = target.pool.DeviceConfiguration === undefined ? {} : { DEVICE_KEY: '{{device_key}}' }
  const AuthParameters = { REFRESH_TOKEN: '{{refresh_token}}', ...device, ...proof.parameter }
  const input = exampleInput('InitiateAuth', { ClientId: '{{client_id}}' }, { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters })
  return apiItem(target, 'InitiateAuth', input, { title: 'refresh', before: proof.before, keeps })
}

const byOperation = (target: PostmanTarget): Item => {
  const input = exampleInput(
    'GetTokensFromRefreshToken',
    { ClientId: '{{client_id}}', RefreshToken: '{{refresh_token}}' },
    {
      ...(target.client.ClientSecret === undefined ? {} : { ClientSecret: '{{client_secret}}' }),
      ...(target.pool.DeviceConfiguration === undefined ? {} : { DeviceKey: '{{device_key}}' }),
    },
  )
  const turns = target.client.RefreshTokenRotation?.Feature === 'ENABLED'
  return apiItem(target, 'GetTokensFromRefreshToken', input, {
    keeps: turns ? { ...keeps, refresh_token: 'AuthenticationResult.RefreshToken' } : keeps,
  })
}

/** New tokens for `refresh_token`, by every way that the app client has. */
export const refreshItems = (target: PostmanTarget, planned: PlannedUser): Item[] => [
  ...(allowedFlows(target.client).has('REFRESH_TOKEN_AUTH') ? [byFlow(target, planned)] : []),
  byOperation(target),
]

/** Ends the sign-in that `refresh_token` belongs to; nothing where the app client's tokens can't be revoked. */
export const revokeItems = (target: PostmanTarget): Item[] => {
  if (target.client.EnableTokenRevocation === false) return []
  const secret = target.client.ClientSecret === undefined ? {} : { ClientSecret: '{{client_secret}}' }
  const known = { ClientId: '{{client_id}}', Token: '{{refresh_token}}' }
  return [apiItem(target, 'RevokeToken', exampleInput('RevokeToken', known, secret))]
}
