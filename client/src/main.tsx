import { createRoot } from 'react-dom/client'
import { App } from './pages/app.tsx'
import { NewVersion } from './pages/new-version.tsx'
import { Shell } from './session/index.ts'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/dialog.css'
import './pages/home.css'
import './pages/people.css'
import './pages/draft.css'
import './pages/library.css'
import './pages/import.css'
import './pages/history.css'
import './panels/panel.css'
import './pages/print.css'
import { Toasts } from './ui/toasts.tsx'

const root = document.getElementById('root')
if (!root) throw new RangeError('index.html has no #root')

const shell = new Shell()
// `pnpm dev` serves no built files to keep.
if (import.meta.env.PROD) {
  void shell.keep(navigator.serviceWorker, () => window.location.reload())
}

createRoot(root).render(
  <Toasts>
    <App />
    <NewVersion shell={shell} />
  </Toasts>,
)
