import Link from '@cloudscape-design/components/link'
import type { ReactNode } from 'react'
import { follow } from '../router/location.ts'

/** A link to another page of the console. */
export const ConsoleLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <Link href={href} onFollow={follow}>
    {children}
  </Link>
)
