/** Where one is signed in, and signing out there. */
import { browsersSchema } from '@revmark/shared/wire'
import type { Browser } from '@revmark/shared/wire'
import { ask, take } from './http.ts'
import type { Result } from './problem.ts'

/** The browsers that hold a seat of this one, the latest seen first. */
export const list = (): Promise<Result<{ browsers: Browser[] }>> =>
  ask(browsersSchema, '/api/browsers')

/** Gives the seats back that this browser and that one both hold. */
export const signOut = (browser: string): Promise<Result<null>> =>
  take(`/api/browsers/${encodeURIComponent(browser)}`)

/** Gives the seats of this browser back everywhere but here. */
export const signOutElsewhere = (): Promise<Result<null>> => take('/api/browsers')
