import './base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyColours } from './shell/colours.ts'

applyColours()
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no place for the console')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
// The design system's font, which nobody has to wait for.
void import('@cloudscape-design/global-styles/index.css')
