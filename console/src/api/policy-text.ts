import { parsePolicy } from '../../../src/domain/iam-policy.ts'

/** A policy that was typed or pasted, or what is wrong with it, as a sentence. */
export type ReadPolicy = { readonly document: object } | { readonly fault: string }

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

const jsonFault = (text: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  const at = /position (\d+)/.exec(message)?.[1]
  // Browsers name the place in different ways, and not every one of them does.
  const line = /line (\d+)/.exec(message)?.[1] ?? (at === undefined ? undefined : String(lineOf(text, Number(at))))
  const isOpen = /unexpected (?:end|eof)|unterminated|end of (?:JSON|data)/i.test(message) || Number(at) >= text.trimEnd().length
  if (isOpen) return 'The JSON ends too early: a bracket or a quotation mark is not closed. Was all of it copied?'
  return `This is not JSON yet${line === undefined ? '' : `: line ${line} is the first that can't be read`}. A missing or superfluous comma or quotation mark is the usual reason.`
}

const isTable = (text: string): boolean => {
  const lines = text.trim().split(/\r?\n/)
  const columns = lines.map((line) => line.split(/[,;\t]/).length)
  return !/^\s*[[{]/.test(text) && (columns[0] ?? 0) > 1 && columns.every((count) => count === columns[0])
}

/** Reads the JSON text of an IAM policy; what the server would refuse is refused here in the same words. */
export const readPolicy = (text: string): ReadPolicy => {
  if (text.trim() === '') return { fault: 'Enter a policy, or paste one.' }
  if (isTable(text)) return { fault: 'This looks like a table (CSV). A policy is JSON text that begins with a brace: {' }
  if (!/^\s*\{/.test(text)) return { fault: 'A policy is JSON text that begins with a brace: {' }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    return { fault: jsonFault(text, error) }
  }
  const policy = parsePolicy(document)
  return 'fault' in policy ? { fault: policy.fault } : { document: document as object }
}
