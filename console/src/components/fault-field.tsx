import FormField, { type FormFieldProps } from '@cloudscape-design/components/form-field'
import { createContext, useContext } from 'react'
import type { FieldFault } from '../api/form-fault.ts'

/** The fault of one field that the form shows now. */
export const ShownFault = createContext<FieldFault | undefined>(undefined)

/** A field with its label that says by itself what is wrong with it, once somebody tried to send the form. */
export const FaultField = ({ field, errorText, ...rest }: FormFieldProps & { readonly field: string }) => {
  const fault = useContext(ShownFault)
  return <FormField {...rest} errorText={errorText ?? (fault?.field === field ? fault.says : undefined)} />
}
