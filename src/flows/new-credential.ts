import type { Context } from '../context.ts'
import { privateKey } from '../crypto/srp.ts'
import type { Credential, User } from '../domain/user.ts'
import { poolName, type UserPool } from '../domain/user-pool.ts'

/** The SRP verifier g^x of a password (behaviour of Cognito's SRP: x binds pool name and user name); 384 bytes. */
export const passwordVerifier = (ctx: Context, pool: UserPool, username: string, password: string, salt: Uint8Array): Promise<Uint8Array> =>
  ctx.compute.generatorPower(privateKey(poolName(pool.Id), username, password, salt))

/** A credential with a fresh salt; the verifier is sealed. */
export const newCredential = async (ctx: Context, pool: UserPool, user: User, password: string): Promise<Credential> => {
  const salt = ctx.random.bytes(16)
  const verifier = await passwordVerifier(ctx, pool, user.username, password, salt)
  return {
    scheme: 'srp',
    salt: Buffer.from(salt).toString('hex'),
    sealedVerifier: await ctx.keyring.seal('verifiers', pool.uid, user.id, verifier),
    setAt: ctx.clock.now(),
  }
}

/** The verifier of a stored credential; a credential that does not open is a fault of the store, not of the caller. */
export const openVerifier = async (ctx: Context, pool: UserPool, userId: string, credential: Credential): Promise<Uint8Array> => {
  const verifier = await ctx.keyring.open('verifiers', pool.uid, userId, credential.sealedVerifier)
  if (verifier === undefined) throw new Error(`the password verifier of user ${userId} does not open`)
  return verifier
}
