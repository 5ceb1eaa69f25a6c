import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { operationNames } from '../src/model/model.ts'
import { operations } from '../src/operations/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.gen.ts') ? [path] : []
  })

/** A comment's sentence about a guess: from the word to the end of the comment, over its lines. */
const guessesIn = (path: string): string[] => {
  const text = readFileSync(path, 'utf8').replace(/\n[ \t]*(?:\*(?!\/)|\/\/)[ \t]?/g, ' ')
  return [...text.matchAll(/\b[Gg]uess: ([^\n]*?)(?=\s*(?:\*\/|\n|$))/g)].map(([, sentence = '']) => sentence.replace(/\s+/g, ' ').trim())
}

const guesses = (): string[] =>
  sources(join(root, 'src'))
    .sort()
    .flatMap((path) => guessesIn(path).map((sentence) => `- \`${relative(root, path)}\`: ${sentence}`))

/** docs/compatibility.md: what is built, what is not, what differs, and where AWS's behaviour is guessed. */
export const compatibilityPage = (): string => {
  const built = operationNames.filter((name) => name in operations)
  const missing = operationNames.filter((name) => !(name in operations))
  return `# Compatibility with Amazon Cognito user pools

Made by \`npm run generate\` from the operation table, docs/deviations.md and the comments in the code. Do not edit.

${built.length} of ${operationNames.length} API operations are built. One that is not answers \`NotImplementedException\` with its name.

## Built

${built.map((name) => `\`${name}\``).join(', ')}

## Not built yet

${missing.map((name) => `\`${name}\``).join(', ')}

## What differs

${readFileSync(join(root, 'docs/deviations.md'), 'utf8').trim()}

## Where AWS's behaviour is a guess

Neither documented nor seen in a public capture; reports are welcome.

${guesses().join('\n')}
`
}
