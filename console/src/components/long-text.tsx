import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { Copyable } from './copyable.tsx'

const most = 200

/** A text to copy that goes on below, the beginning of it where it is long. */
export const LongText = ({ text, what }: { readonly text: string | undefined; readonly what: string }) => {
  const [isWhole, setIsWhole] = useState(false)
  const isLong = text !== undefined && text.length > most
  return (
    <div className="wrapping">
      <Copyable text={text} what={what} {...(isLong && !isWhole && { shown: `${text.slice(0, most)}…` })} />
      {isLong && ' '}
      {isLong && (
        <Button variant="inline-link" ariaLabel={`Show ${isWhole ? 'less' : 'all'} of ${what}`} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'Show less' : 'Show all'}
        </Button>
      )}
    </div>
  )
}
