import type { OperationModel, Shape } from './model.ts'

/**
 * An operation's output as JSON carries it: members that the model doesn't describe, undefined and null are left out, epoch
 * milliseconds become seconds with a fraction, bytes become base64.
 */
export const toWire = (operation: Pick<OperationModel, 'output'>, output: unknown): Record<string, unknown> =>
  operation.output === undefined ? {} : (write(operation.output, output ?? {}) as Record<string, unknown>)

const write = (shape: Shape, value: unknown): unknown => {
  switch (shape.type) {
    case 'structure': {
      const from = value as Readonly<Record<string, unknown>>
      const wire: Record<string, unknown> = {}
      for (const [name, member] of shape.members) {
        const own = from[name]
        if (own !== undefined && own !== null) wire[name] = write(member, own)
      }
      return wire
    }
    case 'list':
      return (value as readonly unknown[]).map((element) => write(shape.member, element))
    case 'map': {
      const wire: Record<string, unknown> = Object.create(null)
      for (const [key, own] of Object.entries(value as object)) if (own !== undefined && own !== null) wire[key] = write(shape.value, own)
      return wire
    }
    case 'timestamp':
      return (value as number) / 1000
    case 'blob':
      return bytesToWire(value as Uint8Array)
    default:
      return value
  }
}

const bytesToWire = (bytes: Uint8Array): string => {
  let binary = ''
  // Arguments live on the stack, so many bytes go in pieces.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** The bytes of a base64 text, padded or not; undefined when it is none. */
export const bytesFromWire = (text: string): Uint8Array | undefined => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Epoch milliseconds of a timestamp on the wire, which counts seconds. */
export const millisecondsFromWire = (seconds: number): number => Math.round(seconds * 1000)
