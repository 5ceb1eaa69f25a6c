import type { Services } from '../context.ts'
import { everyRow } from '../domain/every-row.ts'
import { findCode } from '../flows/authorization-code.ts'

/** What an application has to know of itself to redeem a code. */
export interface CodeRedeemer {
  readonly clientId: string
  readonly hasSecret: boolean
  /** The code was asked for with PKCE, so its verifier is wanted. */
  readonly needsVerifier: boolean
}

/** Who may redeem an authorization code, which stays good; undefined for what is none. Looks through all pools, as only a development server may. */
export const codeRedeemer = async (services: Pick<Services, 'store' | 'keyring'>, text: string): Promise<CodeRedeemer | undefined> => {
  const { pools, clients } = services.store
  for await (const pool of everyRow((page) => pools.list(undefined, page))) {
    const code = (await findCode(services, pool, text))?.code
    if (code === undefined) continue
    for await (const client of everyRow((page) => clients.list(pool.uid, page)))
      if (client.uid === code.grant.clientUid)
        return { clientId: client.ClientId, hasSecret: client.secrets.length > 0, needsVerifier: code.codeChallenge !== undefined }
  }
  return undefined
}
