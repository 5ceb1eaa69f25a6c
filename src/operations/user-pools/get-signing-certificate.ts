import type { Context } from '../../context.ts'
import { selfSignedCertificate } from '../../crypto/self-signed-certificate.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { tooManyRequests } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

const tenYears = 3_652 * 86_400_000

const newCertificate = async (ctx: Context, pool: UserPool): Promise<NonNullable<UserPool['samlSigning']>> => {
  const from = ctx.clock.now()
  // The first bit is clear and the byte is not zero: a serial number is a positive number.
  const serialNumber = Uint8Array.of(0x40, ...ctx.random.bytes(15))
  const { certificate, privateKey } = await selfSignedCertificate(pool.Id, { from, until: from + tenYears }, serialNumber)
  return { certificate, sealedKey: await ctx.keyring.seal('signing-keys', pool.uid, 'saml', privateKey) }
}

const triesAtMost = 5

/** The certificate (base64 DER) with which SAML identity providers check the pool's signed requests; made at first need. */
export const getSigningCertificate: Operation<'GetSigningCertificate'> = async (ctx, input) => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const pool = await openPool(ctx, input.UserPoolId)
    if (pool.samlSigning !== undefined) return { Certificate: pool.samlSigning.certificate }
    const samlSigning = await newCertificate(ctx, pool)
    // Of two who make one at once the first to save wins, and the other finds it at the next try.
    if ((await ctx.store.pools.update(ctx.by(), { ...pool, samlSigning })) === 'updated') return { Certificate: samlSigning.certificate }
  }
  throw tooManyRequests()
}
