/** Short notices of what was done, for what has no place of its own on the page. */
import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { createContext, use, useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import type { Problem } from '../session/index.ts'
import { Button } from './button.tsx'

export interface Notice {
  readonly title: string
  readonly text?: string
  readonly tone?: 'plain' | 'bad'
}

/** The notice of a request that has failed; `title` says what was not done. */
export const badNews = (title: string, { message, advice }: Problem): Notice => ({
  title,
  text: `${message} ${advice}`,
  tone: 'bad',
})

interface Shown extends Notice {
  readonly id: number
}

const Notify = createContext<(notice: Notice) => void>(() => {
  throw new RangeError('a notice outside <Toasts>')
})

/** Shows a notice; screen readers hear it. Good news goes after 6 s, bad news stays for 20 s. */
export const useNotify = () => use(Notify)

/** Holds the notices of everything inside it. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const notify = useCallback((notice: Notice) => {
    setShown((before) => [...before, { ...notice, id: (before.at(-1)?.id ?? 0) + 1 }])
  }, [])
  const remove = (id: number) => setShown((before) => before.filter((one) => one.id !== id))
  return (
    <Toast.Provider label="Notice">
      <Notify value={notify}>{children}</Notify>
      {shown.map(({ id, title, text, tone = 'plain' }) => (
        <Toast.Root
          key={id}
          className="toast"
          data-tone={tone}
          type={tone === 'bad' ? 'foreground' : 'background'}
          duration={tone === 'bad' ? 20_000 : 6000}
          onOpenChange={(open) => {
            if (!open) remove(id)
          }}
        >
          <Toast.Title className="toast-title">{title}</Toast.Title>
          {text && <Toast.Description className="toast-text">{text}</Toast.Description>}
          <Toast.Close asChild>
            <Button kind="quiet" aria-label="Dismiss">
              <X aria-hidden="true" />
            </Button>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  )
}
