import type { CollectionEvent } from './collection-format.ts'

/**
 * JavaScript for Postman's sandbox, which has `pm` and `require('crypto-js')`; each piece stands in a block of its own, so that it
 * may use the names of the others and of Postman's globals. Undefined without any.
 */
export const scriptEvent = (listen: CollectionEvent['listen'], pieces: readonly string[]): CollectionEvent | undefined => {
  if (pieces.length === 0) return undefined
  const blocks = pieces.map((piece) => [
    '{',
    ...piece
      .trim()
      .split('\n')
      .map((line) => (line === '' ? line : `  ${line}`)),
    '}',
  ])
  return { listen, script: { type: 'text/javascript', exec: blocks.flat() } }
}
