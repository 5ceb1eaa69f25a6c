import type { Context } from '../context.ts'

/** guess: a feedback token is good once and for a week. */
const lifetime = 7 * 86_400_000

interface Named {
  readonly poolUid: string
  readonly userId: string
  readonly eventId: string
}

const entity = ({ userId, eventId }: Named): string => `feedback/${userId}/${eventId}`

/** A token that lets whoever has it judge the event, and nothing else. */
export const sealFeedbackToken = async (ctx: Context, event: Named): Promise<string> => {
  const plain = Buffer.from(JSON.stringify({ expiresAt: ctx.clock.now() + lifetime }), 'utf8')
  return Buffer.from(await ctx.keyring.seal('codes', event.poolUid, entity(event), plain), 'base64').toString('base64url')
}

/** Uses a token for the event up; false for one that was made for another, is too old or was used. */
export const spendFeedbackToken = async (ctx: Context, event: Named, token: string): Promise<boolean> => {
  const sealed = Buffer.from(token, 'base64url').toString('base64')
  const plain = await ctx.keyring.open('codes', event.poolUid, entity(event), sealed)
  if (plain === undefined) return false
  const { expiresAt } = JSON.parse(Buffer.from(plain).toString('utf8')) as { readonly expiresAt: number }
  if (ctx.clock.now() >= expiresAt) return false
  return (await ctx.store.spent.spend(ctx.by(), event.poolUid, entity(event), expiresAt)) === 'first'
}
