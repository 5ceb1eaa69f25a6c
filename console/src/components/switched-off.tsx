import Alert from '@cloudscape-design/components/alert'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'

/** Codes of refusals that say no more than that a feature of the pool is off. */
const offCodes: readonly string[] = [
  'OperationNotEnabledException',
  'UserPoolAddOnNotEnabledException',
  // Of the operations about devices: the pool tracks none.
  'InvalidUserPoolConfigurationException',
]

/** Whether a refusal says that a feature of the pool is off. */
export const isSwitchedOff = ({ code }: ApiError): boolean => offCodes.includes(code)

/** Says in the API's words that a feature is off, and what switches it on. */
export const SwitchedOff = ({ error, remedy }: { readonly error: ApiError; readonly remedy: ReactNode }) => (
  <Alert type="info" header={error.message}>
    {remedy}
  </Alert>
)
