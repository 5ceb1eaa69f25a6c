import { type ApiSettings, createDispatcher, type Dispatcher } from '../../src/api/dispatch.ts'
import type { Services } from '../../src/context.ts'
import { operations } from '../../src/operations/index.ts'
import { type Harness, testRegion } from './harness.ts'

/** The same program behind another dispatcher: some services replaced by ones that watch, or other settings. */
export const redispatch = (server: Harness, replaced: Partial<Services> = {}, settings: Partial<ApiSettings> = {}): Dispatcher =>
  createDispatcher({
    services: { ...server, ...replaced },
    operations,
    settings: { auth: 'any', defaultRegion: testRegion, idsChosenBy: 'everybody', strictErrors: true, ...settings },
  })
