import { createRoot } from 'react-dom/client'
import { App } from './pages/app.tsx'
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

createRoot(root).render(
  <Toasts>
    <App />
  </Toasts>,
)
