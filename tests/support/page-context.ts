import { contextOf } from '../../src/api/context-of.ts'
import type { Context } from '../../src/context.ts'
import { type Harness, testRegion } from './harness.ts'

/** What a page gets: a call from a browser that nobody signed. */
export const pageContext = (harness: Harness): Context =>
  contextOf(harness, {
    requestId: 'a-request',
    operation: 'page',
    region: testRegion,
    actor: 'anonymous',
    ip: '192.0.2.1',
    mayChooseIds: false,
  })
