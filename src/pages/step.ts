import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import type { Challenge } from '../flows/attempt.ts'
import type { Visit } from './visit.ts'

/** A sign-in that waits on a page for an answer; the form carries it, sealed. */
export interface Step {
  /** The name as it was typed. */
  readonly username: string
  readonly challenge: Challenge
}

/** Good in the browser that it was shown in alone. */
const entity = ({ uid }: AppClient, { csrf }: Pick<Visit, 'csrf'>) => `step/${uid}/${csrf.token}`

/** The name of the hidden field. */
export const stepField = 'step'

/** The step as the form carries it. */
export const sealStep = (ctx: Context, visit: Visit, step: Step): Promise<string> => {
  const { client, pool } = visit.authorization
  return ctx.keyring.seal('sessions', pool.uid, entity(client, visit), Buffer.from(JSON.stringify(step), 'utf8'))
}

/** The step that the form brings; undefined when there is none, or none of this browser and client. */
export const openStep = async (ctx: Context, visit: Visit): Promise<Step | undefined> => {
  const { client, pool } = visit.authorization
  const sealed = visit.request.form.get(stepField)
  const plain = sealed && (await ctx.keyring.open('sessions', pool.uid, entity(client, visit), sealed))
  return plain ? (JSON.parse(Buffer.from(plain).toString('utf8')) as Step) : undefined
}
