/** The max level: `tuned` with what is in this folder. */
import { features } from '../features.js'
import { serve } from '../tuned/serve.js'
import { UsersModule } from '../users/users.module.js'
import { BatchedWorldRows } from './batched-world-rows.js'
import { KeptUsersModule } from './kept-users.module.js'
import { rememberUserTexts } from './user-texts.js'

await serve(
  {
    // However many cores there are: another process would keep users that this one has changed.
    processes: 1,
    worldRows: BatchedWorldRows,
    features: features.map((feature) => (feature === UsersModule ? KeptUsersModule : feature)),
  },
  rememberUserTexts,
)
