import type { Context } from '../context.ts'
import { runsCustomAuth } from '../domain/runs-custom-auth.ts'
import type { OpenClient } from '../flows/open-client.ts'

/** Whether the application's users sign in by the pool's own challenges instead of by a password (setting `custom-auth-pages`). */
export const asksCustomChallenges = ({ policy }: Pick<Context, 'policy'>, { pool, client }: OpenClient): boolean =>
  policy.customAuthPages && runsCustomAuth(pool, client)
