import type { Dispatcher } from '../api/dispatch.ts'
import type { Clock } from '../clock.ts'
import type { Metrics } from './metrics.ts'

/** The same dispatcher, whose answers are timed for the metrics by a monotonic clock, the time that requests stood in line included. */
export const timedDispatch =
  (dispatch: Dispatcher, metrics: Pick<Metrics, 'observe'>, clock: Clock): Dispatcher =>
  async (request) => {
    const began = clock.now()
    const reply = await dispatch(request)
    metrics.observe((clock.now() - began + (request.waited ?? 0)) / 1000)
    return reply
  }
