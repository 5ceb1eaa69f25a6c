import { DoorFrame } from './door-frame.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** What whoever is not signed in sees at every address of the console; the address stays, and shows what it names afterwards. */
export const SignInScreen = ({ onDone }: { readonly onDone: () => unknown }) => (
  <DoorFrame
    title="Sign in"
    description="For operators of this server."
    footer={
      <>
        Lost your password or authenticator? A new set-up link comes from the operator who made you, or from{' '}
        <code>poolhouse operator reset NAME</code> on the server.
      </>
    }
  >
    <SignInForm onDone={onDone} />
  </DoorFrame>
)
