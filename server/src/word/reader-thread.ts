/** The thread that reads Word files from anybody, so that none of them keeps the server from its rooms. */
import { parentPort } from 'node:worker_threads'
import { serve } from '../thread.ts'
import { takeContribution } from './taking.ts'
import type { TakingTask } from './taking.ts'

serve<TakingTask>(parentPort!, { reply: takeContribution, close: () => {} })
