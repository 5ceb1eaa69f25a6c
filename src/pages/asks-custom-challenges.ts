import { runsCustomAuth } from '../domain/runs-custom-auth.ts'
import type { Visit } from './visit.ts'

/** Whether the application's users sign in by the pool's own challenges instead of by a password (setting `custom-auth-pages`). */
export const asksCustomChallenges = ({ ctx, version, authorization: { pool, client } }: Visit): boolean =>
  ctx.policy.customAuthPages && version === 2 && runsCustomAuth(pool, client)
